package modweb_test

import (
	"strings"
	"testing"

	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// A lead sees how many posts a change would move, and neither the page nor the
// JSON holds a word or an id of one.
func TestTrialTellsCountsAlone(t *testing.T) {
	h := open(t)
	b, jo := h.staff("maren", account.Lead), h.staff("jo", account.Moderator)
	heavy := h.send("Marmalade at midnight", "I want to die and I keep counting turnips.")
	calm := h.send("A long winter", "I still set the table for two.")
	const at = "/desk/lexicon/want-dead/trial?off=1&lane=soon"
	page := b.page(at).want(200).has("Of the last 2 posts, 1 would", "Soon", "Routine", "Nothing has changed yet", "<button>Keep this change</button>")
	program := b.get(at).want(200).has(`"from":"soon","to":"routine","posts":1`, `"read":2`)
	for _, body := range []string{page.body, program.body} {
		for _, secret := range []string{"marmalade", "turnips", "counting", "table for two", "long winter", string(heavy.id), string(calm.id), string(heavy.thread), string(calm.thread)} {
			if strings.Contains(strings.ToLower(body), strings.ToLower(secret)) {
				t.Errorf("%q is in %s", secret, body)
			}
		}
	}
	jo.page(at).want(404)
	if r := h.room.Scan(t.Context(), triage.Text{Body: "I want to die"}); r.Lane != triage.Soon {
		t.Errorf("looking changed something: %s", r.Lane)
	}
}

// Without a script the lead goes from the entry to the trial and from there keeps the change.
func TestTrialComesBeforeTheChange(t *testing.T) {
	h := open(t)
	b := h.staff("maren", account.Lead)
	b.page("/desk/lexicon").want(200).has(`formmethod="get" formaction="/desk/lexicon/want-dead/trial"`)
	b.page("/desk/lexicon/want-dead/trial?lane=now").want(200).has("no posts yet", `name="lane" value="now"`, `action="/desk/lexicon/want-dead"`)
	b.form("/desk/lexicon/want-dead", map[string]string{"lane": "now"}).want(303)
	if r := h.room.Scan(t.Context(), triage.Text{Body: "I want to die"}); r.Lane != triage.Now {
		t.Errorf("kept: %s", r.Lane)
	}
	b.page("/desk/lexicon/want-dead/trial?lane=sideways").want(422).has("Please choose one of the four lanes")
	b.page("/desk/lexicon/no-such-entry/trial?off=1").want(404)
}
