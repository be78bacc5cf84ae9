package searchweb_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"beenthere/forum"
	"beenthere/search"
	"beenthere/search/searchweb"
	"beenthere/workers"
)

func told(h *house) (chair, bus forum.Place) {
	chair = h.tell(forum.Draft{Topic: "grief-and-loss", Title: "The empty chair", Body: "My father died in March. I lie awake until four and then it is morning again."})
	bus = h.tell(forum.Draft{Topic: "anxiety-and-panic", Title: "Off the bus", Wants: "listening", Notes: []string{}, Body: "I could not breathe on the bus and walked home. The driver was kind. <script>alert(1)</script> & so on."})
	return chair, bus
}

// The form works without a script: it is sent whole and the page comes back
// with the words still in it.
func TestPage(t *testing.T) {
	h := open(t)
	chair, _ := told(h)
	res, body := h.ask("GET", "/search", "", "text/html", "")
	if res.StatusCode != http.StatusOK {
		t.Fatalf("status %d", res.StatusCode)
	}
	has(t, body, []string{`<form action="/search" method="post"`, `name="q"`, `name="topic"`, `name="hide"`, `formaction="/search#answer"`, `id="answer"`}, "<li class=\"card\"")
	has(t, h.page(words("lost my dad, cannot sleep")), []string{`value="lost my dad, cannot sleep"`, "/threads/" + string(chair.Thread), "<mark>"}, "Off the bus")
}

func TestJSON(t *testing.T) {
	h := open(t)
	chair, _ := told(h)
	res, body := h.ask("POST", "/search", "application/json", "application/json", `{"q": "father"}`)
	var found struct {
		Results []struct{ Thread, Post, Title, Excerpt string }
		Total   int
		More    bool
		Help    bool
	}
	if err := json.Unmarshal([]byte(body), &found); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("status %d, %v: %s", res.StatusCode, err, body)
	}
	if len(found.Results) != 1 || found.Total != 1 || found.More || found.Help || found.Results[0].Thread != string(chair.Thread) ||
		found.Results[0].Title != "The empty chair" || !strings.Contains(found.Results[0].Excerpt, "father died") {
		t.Errorf("got %s", body)
	}
}

// What narrows a search down, and what is hidden in this browser.
func TestNarrow(t *testing.T) {
	h := open(t)
	told(h)
	h.tell(forum.Draft{Topic: "health-and-body", Title: "Four in the morning", Body: "Awake again, my father snores.", Wants: "similar", Notes: []string{"suicide"}})
	const chair, bus, four = "The empty chair", "Off the bus", "Four in the morning"
	const leftOut = "are left out, as you chose"
	for _, try := range []struct {
		form      url.Values
		cookie    *http.Cookie
		want, not []string
	}{
		{words("father"), nil, []string{chair, four}, []string{bus, leftOut}},
		{url.Values{"q": {"father"}, "topic": {"health-and-body"}}, nil, []string{four}, []string{chair}},
		{url.Values{"topic": {"grief-and-loss"}}, nil, []string{chair}, []string{four, bus}},
		{url.Values{"q": {"father"}, "hide": {"suicide"}}, nil, []string{chair}, []string{four}},
		{url.Values{"q": {"father"}, "answered": {"yes"}}, nil, nil, []string{chair, four}},
		{url.Values{"q": {"father"}, "answered": {"no"}}, nil, []string{chair, four}, nil},
		{words("father"), &http.Cookie{Name: "topics", Value: "health-and-body"}, []string{chair}, []string{four}},
		{words("father"), &http.Cookie{Name: "notes", Value: "suicide"}, []string{chair, leftOut}, []string{four}},
		{url.Values{"q": {"father"}, "topic": {"health-and-body"}}, &http.Cookie{Name: "topics", Value: "health-and-body"}, []string{four}, []string{chair, leftOut}},
		{words("father"), &http.Cookie{Name: "topics", Value: "grief-and-loss"}, []string{four, leftOut}, []string{chair}},
		{words(`"father died"`), nil, []string{"empty"}, []string{four}},
		{words("father -snores"), nil, []string{"empty"}, []string{four}},
		{words("fathre morming"), nil, []string{"empty"}, nil},
	} {
		var cookies []*http.Cookie
		if try.cookie != nil {
			cookies = append(cookies, try.cookie)
		}
		has(t, unmarked(h.page(try.form, cookies...)), try.want, try.not...)
	}
}

// An answer to a story under a note is under that note as well: it is veiled,
// and whoever leaves the subject out does not meet it.
func TestAnswersStandUnderTheNotesOfTheirStory(t *testing.T) {
	h := open(t)
	story := h.tell(forum.Draft{Topic: "health-and-body", Title: "Four in the morning", Body: "Awake again.", Wants: "similar", Notes: []string{"suicide"}})
	h.answer(story.Thread, "My marmalade went cold while I read this.")
	has(t, h.page(words("marmalade")), []string{"A reply in “", "Content note: suicide"})
	has(t, h.page(url.Values{"q": {"marmalade"}, "hide": {"suicide"}}), nil, "A reply in")
	has(t, h.page(words("marmalade"), &http.Cookie{Name: "notes", Value: "suicide"}), nil, "A reply in")
}

// Typing errors are read as what was meant, and the page says so.
func TestTypingErrors(t *testing.T) {
	h := open(t)
	told(h)
	cards, err := h.forum.EachPublic(t.Context(), "", 10)
	h.must(err)
	h.must(h.room.Train(t.Context(), func(yield func(search.Doc, error) bool) {
		for _, card := range cards {
			if !yield(workers.Doc(card), nil) {
				return
			}
		}
	}, time.Unix(0, 0), nil))
	has(t, unmarked(h.page(words("greiving for my fathre"))), []string{"Read as", "<em>father</em>", "The empty chair"}, "Nobody has written")
}

// unmarked takes the marks out of a page.
func unmarked(page string) string {
	return strings.NewReplacer("<mark>", "", "</mark>", "").Replace(page)
}

// Nothing found is told kindly, with somewhere to go.
func TestNothingFound(t *testing.T) {
	h := open(t)
	told(h)
	has(t, h.page(words("xylophone quartz")), []string{"Nobody has written about this here yet", `href="/new"`}, `<li class="card">`)
	has(t, h.page(words(`"died father"`)), []string{"Nobody has written", "/topics/grief-and-loss"})
	has(t, h.page(url.Values{}), []string{"The empty chair", "Off the bus"})
}

func TestPages(t *testing.T) {
	h := open(t)
	for i := range 23 {
		h.tell(forum.Draft{Topic: "health-and-body", Title: fmt.Sprintf("Night %02d", i), Body: "The lighthouse turns and I count."})
	}
	seen := map[string]bool{}
	for page := 1; page <= 3; page++ {
		body := h.page(url.Values{"q": {"lighthouse"}, "page": {fmt.Sprint(page)}})
		has(t, body, nil, "?q=", "lighthouse&", "q=lighthouse")
		if more, earlier := strings.Contains(body, "More results"), strings.Contains(body, "Earlier results"); more != (page < 3) || earlier != (page > 1) {
			t.Errorf("page %d: more %v, earlier %v", page, more, earlier)
		}
		for i := range 23 {
			if title := fmt.Sprintf("Night %02d", i); strings.Contains(body, title) {
				if seen[title] {
					t.Errorf("%s is on two pages", title)
				}
				seen[title] = true
			}
		}
	}
	if len(seen) != 23 {
		t.Errorf("the pages hold %d stories, want 23", len(seen))
	}
	for _, page := range []string{"0", "-3", "99", "9223372036854775807"} {
		h.page(url.Values{"q": {"lighthouse"}, "page": {page}})
	}
}

// Heavy words bring help, before the stories and never in their place.
func TestHeavyWords(t *testing.T) {
	h := open(t)
	h.tell(forum.Draft{Topic: "low-mood", Title: "Still here", Body: "I wanted to die last winter. I am writing this in my kitchen."})
	body := h.page(words("I want to die"))
	help, story := strings.Index(body, `href="/help">find help`), strings.Index(body, "Still here")
	if help < 0 || story < help {
		t.Errorf("help is at %d and the story at %d, want help first", help, story)
	}
	has(t, h.page(words("kitchen")), nil, "If tonight feels unsafe")
}

// Nothing that was written or asked becomes a part of the page itself.
func TestEscaped(t *testing.T) {
	h := open(t)
	told(h)
	body := h.page(words(`breathe "><script>alert(2)</script>`))
	has(t, body, []string{"<mark>breathe</mark>"}, "<script>alert")
}

// What was asked is in no address, no header and no log.
func TestWordsAreForgotten(t *testing.T) {
	h := open(t)
	told(h)
	for _, q := range []string{"canaryword", "father canaryword", strings.Repeat("canaryword ", 300)} {
		for _, accept := range []string{"text/html", "application/json"} {
			res, body := h.ask("POST", "/search", "application/x-www-form-urlencoded", accept, words(q).Encode())
			for name, values := range res.Header {
				if strings.Contains(strings.Join(values, " "), "canaryword") {
					t.Errorf("the header %s has the words", name)
				}
			}
			for _, part := range strings.Split(body, "href=")[1:] {
				if address, _, _ := strings.Cut(part, ">"); strings.Contains(address, "canaryword") {
					t.Errorf("an address has the words: %s", address)
				}
			}
		}
	}
	if text := h.log.String(); strings.Contains(text, "canaryword") {
		t.Errorf("the log has the words: %s", text)
	}
}

// A search that is too long comes back with its words and one kind sentence.
func TestTooLong(t *testing.T) {
	h := open(t)
	res, body := h.ask("POST", "/search", "application/x-www-form-urlencoded", "text/html", words(strings.Repeat("night ", 500)).Encode())
	if res.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("status %d, want 422", res.StatusCode)
	}
	has(t, body, []string{"A few words of it will do", "night night"})
}

// When the index is away, the page says so and keeps what was typed.
func TestIndexAway(t *testing.T) {
	h := open(t)
	told(h)
	h.must(h.engine.Close())
	res, body := h.ask("POST", "/search", "application/x-www-form-urlencoded", "text/html", words("father").Encode())
	if res.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("status %d, want 503", res.StatusCode)
	}
	has(t, body, []string{"having a rest", `value="father"`}, "Nobody has written")
}

// Stories like a thread, without its own and those that were taken back.
func TestSimilar(t *testing.T) {
	h := open(t)
	chair, bus := told(h)
	four := h.tell(forum.Draft{Topic: "health-and-body", Title: "Four in the morning", Body: "Since my father died I am awake at four."})
	_, body := h.ask("GET", "/threads/"+string(chair.Thread)+"/similar", "", "application/json", "")
	has(t, body, []string{string(four.Thread)}, `"thread":"`+string(chair.Thread), string(bus.Thread))
	_, body = h.ask("GET", "/threads/"+string(chair.Thread)+"/similar", "", "text/html", "", &http.Cookie{Name: "topics", Value: "health-and-body"})
	has(t, body, nil, string(four.Thread))
	if res, _ := h.ask("GET", "/threads/nothere/similar", "", "text/html", ""); res.StatusCode != http.StatusNotFound {
		t.Errorf("status %d, want 404", res.StatusCode)
	}
}

// Beside a thread and a draft, a story under a note shows its title and the
// note, and none of its words.
func TestStoriesUnderANote(t *testing.T) {
	h := open(t)
	chair, _ := told(h)
	four := h.tell(forum.Draft{Topic: "health-and-body", Title: "Four in the morning", Body: "Since my father died I am awake at four.", Wants: "similar", Notes: []string{"suicide"}})
	like, err := h.door.Like(t.Context(), chair.Thread)
	if err != nil {
		t.Fatal(err)
	}
	for where, stories := range map[string][]searchweb.Story{"a thread": like, "a draft": h.door.Near(t.Context(), "My father died.")} {
		at := slices.IndexFunc(stories, func(s searchweb.Story) bool { return s.Thread == four.Thread })
		if at < 0 || stories[at].Veil == "" || stories[at].Excerpt != "" {
			t.Errorf("beside %s: got %+v, want the story veiled", where, stories)
		}
	}
}

// Whatever is typed, there is a page, and it is whole.
func FuzzQuestion(f *testing.F) {
	h := open(f)
	told(h)
	for _, q := range []string{"", `"`, `-`, `"" -""`, `father "`, "\x00", "\u202e", "<b>", strings.Repeat("a", 1999), "-father -died", `'; DROP TABLE posts; --`, "😀", "%zz"} {
		f.Add(q, "1")
	}
	f.Fuzz(func(t *testing.T, q, page string) {
		here := *h
		here.t = t
		res, body := here.ask("POST", "/search", "application/x-www-form-urlencoded", "text/html", url.Values{"q": {q}, "page": {page}}.Encode())
		if res.StatusCode != http.StatusOK && res.StatusCode != http.StatusUnprocessableEntity && res.StatusCode != http.StatusBadRequest {
			t.Errorf("status %d for %q", res.StatusCode, q)
		}
		if !strings.Contains(body, "</html>") || strings.Contains(body, "<script>alert") {
			t.Errorf("the page for %q is not whole: %.300s", q, body)
		}
	})
}
