package moderation_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// world is a house in which authors, readers and moderators do whatever comes
// to their minds, and the few numbers that a test can keep beside it.
type world struct {
	*house
	rt       *rapid.T
	posts    []post
	staff    []moderation.Staff
	holds    map[moderation.StaffID]*moderation.Item
	received int
	appealed int
}

// expect lets an act fail only because the world has moved on.
func (w *world) expect(err error, kinds ...fault.Kind) bool {
	w.rt.Helper()
	for _, kind := range append(kinds, fault.Conflict) {
		if fault.Is(err, kind) {
			return false
		}
	}
	if err != nil {
		w.rt.Fatal(err)
	}
	return true
}

func (w *world) anyPost() post {
	if len(w.posts) == 0 {
		w.submits()
	}
	return w.posts[rapid.IntRange(0, len(w.posts)-1).Draw(w.rt, "post")]
}

func (w *world) anyReader() moderation.Staff {
	return w.staff[rapid.IntRange(0, len(w.staff)-1).Draw(w.rt, "who")]
}

func (w *world) submits() {
	p := w.house.submit("grief")
	w.posts = append(w.posts, p)
	w.arrives(p)
}

func (w *world) arrives(p post) {
	if own := p.own(); own.Last().State == forum.Submitted {
		p.arrive(rapid.SampledFrom(triage.Lanes()).Draw(w.rt, "lane"))
		w.received++
	}
}

func (w *world) revises() {
	p := w.anyPost()
	own := p.own()
	_, err := w.forum.Revise(w.t.Context(), p.who, p.id, own.Last().N, forum.Draft{Title: "A long winter", Body: words(rapid.IntRange(1, 9).Draw(w.rt, "words"))})
	if w.expect(err) && rapid.Bool().Draw(w.rt, "sanitized") {
		w.arrives(p)
	}
}

func (w *world) withdraws() {
	p := w.anyPost()
	if rapid.Bool().Draw(w.rt, "edit") {
		w.expect(w.forum.WithdrawEdit(w.t.Context(), p.who, p.id))
		return
	}
	w.expect(w.forum.Withdraw(w.t.Context(), p.who, p.id))
}

func (w *world) accepts() {
	p := w.anyPost()
	w.expect(w.forum.Accept(w.t.Context(), p.who, p.id, p.own().Last().N))
}

func (w *world) reports() {
	reason := rapid.SampledFrom(moderation.ReportReasons).Draw(w.rt, "reason").Slug
	w.expect(w.room.Report(w.t.Context(), w.anyPost().id, reason, ""), fault.NotFound)
}

func (w *world) appeals() {
	if w.expect(w.room.Appeal(w.t.Context(), w.anyPost().own(), "")) {
		w.appealed++
	}
}

func (w *world) asksForNext() { w.gives(w.anyReader()) }

func (w *world) gives(who moderation.Staff) {
	item, err := w.room.Next(w.t.Context(), who, nil)
	if w.expect(err) && item != nil {
		w.holds[who.ID] = item
	}
}

// cover covers a word of what these tests write, if it is not covered yet.
var cover = strings.NewReplacer("long winter", "long [season]", "the days", "the [times]")

func (w *world) decides() {
	who := w.anyReader()
	if w.holds[who.ID] == nil {
		w.gives(who)
	}
	item := w.holds[who.ID]
	if item == nil {
		return
	}
	act := rapid.SampledFrom([]moderation.Act{moderation.Approve, moderation.Approve, moderation.Return, moderation.Decline, moderation.Care,
		moderation.Suggest, moderation.Mask, moderation.Hold, moderation.Escalate, moderation.TakeDown}).Draw(w.rt, "act")
	body := string(item.Raw) + " [more]"
	if act == moderation.Mask {
		body = cover.Replace(string(item.Raw))
	}
	_, err := w.decide(who, item, moderation.Decision{Act: act, Rule: "hostile", Words: "Thank you.", Body: body,
		Reason: rapid.SampledFrom([]string{"", "Nobody else is here."}).Draw(w.rt, "alone")})
	if w.expect(err, fault.Invalid) && act != moderation.TakeDown {
		delete(w.holds, who.ID)
	}
}

func (w *world) passes() {
	who := w.anyReader()
	if item := w.holds[who.ID]; item != nil {
		w.expect(w.room.Pass(w.t.Context(), who, item.ID, item.Token))
		delete(w.holds, who.ID)
	}
}

func (w *world) undoes() {
	var id moderation.ItemID
	err := w.db.QueryRow(w.t.Context(), "SELECT id FROM queue WHERE state = 'decided' ORDER BY id LIMIT 1").Scan(&id)
	if err == nil {
		w.expect(w.room.Undo(w.t.Context(), w.staff[0], id)) // a lead
	}
}

func (w *world) reopens() {
	var id string
	var post forum.PostID
	err := w.db.QueryRow(w.t.Context(), "SELECT id, post_id FROM decisions WHERE undone = 0 ORDER BY id LIMIT 1").Scan(&id, &post)
	if err == nil {
		w.expect(w.room.Reopen(w.t.Context(), w.staff[0], id, nil))
	}
}

func (w *world) timePasses() {
	w.pass(rapid.SampledFrom([]time.Duration{time.Second, 25 * time.Second, 11 * time.Minute, 5 * time.Hour}).Draw(w.rt, "time"))
}

func (w *world) tidies() { w.must(w.room.Tidy(w.t.Context())) }

// truth compares every counter with what the rows say, and every row with what
// may be there.
func (w *world) truth() {
	w.rt.Helper()
	same := func(what string, got, want int) {
		w.rt.Helper()
		if got != want {
			w.rt.Fatalf("%s: %d, want %d", what, got, want)
		}
	}
	same("waits", w.count("SELECT COALESCE(sum(n), 0) FROM waits"), w.count("SELECT count(*) FROM decisions WHERE undone = 0 AND act <> 'takedown'"))
	same("received", w.count("SELECT COALESCE(sum(n), 0) FROM tallies WHERE what = 'received'"), w.received)
	same("appealed", w.count("SELECT COALESCE(sum(n), 0) FROM tallies WHERE what = 'appealed'"), w.appealed)
	same("waiting without an item", w.count(`SELECT count(*) FROM revisions v WHERE v.state = 'waiting' AND NOT EXISTS
		(SELECT 1 FROM queue i WHERE i.post_id = v.post_id AND i.revision = v.n AND i.state = 'open' AND i.kind <> 'report')`), 0)
	same("public without a yes", w.count(`SELECT count(*) FROM public_posts p WHERE NOT EXISTS (SELECT 1 FROM decisions d WHERE d.post_id = p.id
		AND d.made = p.public_rev AND d.act IN ('approve', 'mask', 'suggest'))`), 0)
	same("decisions outside of the audit log", w.count("SELECT count(*) FROM decisions d WHERE NOT EXISTS (SELECT 1 FROM audit a WHERE a.seq = d.audit_seq AND a.item = d.item_id)"), 0)
	figures, err := w.room.Figures(w.t.Context())
	w.must(err)
	waiting := 0
	for _, lane := range figures.Lanes {
		waiting += lane.Waiting
	}
	same("figures: waiting", waiting, w.count(`SELECT (SELECT count(*) FROM revisions WHERE state = 'waiting') + (SELECT count(*) FROM queue i WHERE i.state = 'open' AND i.kind = 'report'
		AND EXISTS (SELECT 1 FROM public_posts p WHERE p.id = i.post_id AND p.public_rev = i.revision))`))
}

// TestCountersEqualTheRows does 10,000 random things in one house: rapid makes
// 100 runs, each with people's posts of its own.
func TestCountersEqualTheRows(t *testing.T) {
	const acts = 100 / share
	w := &world{house: open(t), holds: map[moderation.StaffID]*moderation.Item{}}
	for _, name := range []string{"Cleo", "Ana", "Ben"} {
		who := w.house.staff(name, account.Lead)
		who.Limits = tireless
		w.staff = append(w.staff, who)
	}
	all := []func(){w.submits, w.revises, w.withdraws, w.accepts, w.reports, w.appeals, w.asksForNext, w.decides, w.decides, w.decides,
		w.passes, w.undoes, w.reopens, w.timePasses, w.tidies}
	rapid.Check(t, func(rt *rapid.T) {
		w.rt, w.posts = rt, nil
		for n := range acts {
			all[rapid.IntRange(0, len(all)-1).Draw(rt, "act")]()
			if n%20 == 19 || n == acts-1 {
				w.truth()
			}
		}
	})
	w.must(w.room.VerifyAudit(t.Context()))
	if n := w.count("SELECT count(*) FROM decisions"); n < 500/share {
		t.Fatalf("only %d decisions were made", n)
	}
}
