package forumweb_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"beenthere/forum/forumweb"
	"beenthere/forum/identity"
	"beenthere/forum/shell"
)

// The phrase typed on a second browser finds exactly the own threads; after
// sign out everywhere the first one is out.
func TestReturn(t *testing.T) {
	h := open(t)
	one, other := h.browser(), h.browser()
	r := one.write("Six months without him", story)
	h.browser().write("Somebody else's story", story)
	form := other.page("/return").want(200).fields("/return")
	form.Set("phrase", "  "+strings.ToUpper(strings.ReplaceAll(r.Phrase, " ", "\n"))+" ")
	other.form("/return", form).want(303)
	other.page("/mine").want(200).holds("Six months without him").lacks("Somebody else")
	other.page(r.StatusURL).want(200)

	signOut := other.page("/mine").fields("/mine/sign-out")
	other.form("/mine/sign-out", signOut).want(200).holds("has forgotten it")
	one.page(r.StatusURL).want(404).lacks("his plate")
	form = other.page("/return").fields("/return")
	form.Set("phrase", r.Phrase)
	other.form("/return", form).want(303)
	other.page(r.StatusURL).want(200).holds("his plate")
}

// What does not fit together says where to look, and keeps what was typed.
func TestWrongPhrases(t *testing.T) {
	h := open(t)
	b := h.browser()
	words := strings.Fields(identity.NewSecret().Phrase())
	misspelt := append([]string{}, words...)
	misspelt[4] = "qqqqqqq"
	for name, c := range map[string]struct{ typed, says string }{
		"empty":            {"", "enter your recovery phrase"},
		"too few":          {strings.Join(words[:10], " "), "eleven words"},
		"misspelt":         {strings.Join(misspelt, " "), "Word 5"},
		"foreign alphabet": {"пароль " + strings.Join(words[1:], " "), "another alphabet"},
		"very long":        {strings.Repeat("word ", 400), "only those"},
	} {
		t.Run(name, func(t *testing.T) {
			b.form("/return", url.Values{"phrase": {c.typed}}).want(422).holds(c.says, c.typed)
		})
	}
	short := make([]string, len(words))
	for i, w := range words {
		short[i] = w[:min(5, len(w))]
	}
	b.form("/return", url.Values{"phrase": {strings.Join(short, "-")}}).want(303)
}

// Phrases cannot be tried in bulk.
func TestReturnIsLimited(t *testing.T) {
	h := open(t, func(front *shell.Config, _ *forumweb.Config) { front.Limits = true })
	b := h.browser()
	for range 50 {
		a := b.form("/return", url.Values{"phrase": {identity.NewSecret().Phrase()}})
		if a.status == 429 {
			a.holds("wait a moment", "id=\"phrase\"")
			return
		}
		a.want(303)
	}
	t.Fatal("fifty phrases were tried in no time")
}

// A phrase that was never used opens an empty list with the status and shape
// of one that was.
func TestNoUnknownPhrase(t *testing.T) {
	h := open(t)
	used, unused := h.browser(), h.browser()
	used.write("Six months without him", story)
	unused.post("/return", map[string]any{"phrase": identity.NewSecret().Phrase()}).want(200)
	full, empty := used.page("/mine").want(200), unused.page("/mine").want(200).holds("There are 0 posts")
	if len(full.body) != len(empty.body) {
		t.Fatalf("an observer of lengths sees %d and %d", len(full.body), len(empty.body))
	}
}

// Every cookie that does not open leads to one and the same page.
func TestBadCookies(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := b.write("Six months without him", story)
	good := b.cookies["__Host-s"]
	if good == "" {
		t.Fatalf("cookies: %v", b.cookies)
	}
	stranger := h.browser().page(r.StatusURL).want(404)
	check := func(name, value string) {
		b.cookies["__Host-s"] = value
		if a := b.page(r.StatusURL).want(404); a.body != stranger.body {
			t.Errorf("%s: another page", name)
		}
	}
	check("bit flip", good[:20]+flip(good[20:21])+good[21:])
	check("cut", good[:len(good)-1])
	check("nonsense", "nonsense")
	h.pass(36 * 24 * time.Hour)
	stranger = h.browser().page(r.StatusURL).want(404)
	check("old", good)
}

func flip(letter string) string {
	if letter == "A" {
		return "B"
	}
	return "A"
}

// A session lasts while its person keeps coming.
func TestSessionIsRefreshed(t *testing.T) {
	h := open(t)
	b := h.browser()
	b.write("Six months without him", story)
	for range 8 {
		h.pass(10 * 24 * time.Hour)
		b.page("/mine").want(200).holds("Six months without him")
	}
}

func TestPhraseIsShownUntilWrittenDown(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := b.write("Six months without him", story)
	words := strings.Fields(r.Phrase)
	form := b.page("/mine").holds(words[0], "I have written it down").fields("/mine/phrase")
	form.Set("what", "written")
	form.Set("remember", "1")
	if set := b.form("/mine/phrase", form).want(303).header.Get("Set-Cookie"); !strings.Contains(set, "max-age=3024000") {
		t.Fatalf("remembered by %q", set)
	}
	b.page("/mine").lacks(">" + words[0] + "<")
	b.page(r.StatusURL).lacks(">" + words[0] + "<")
	var second receipt
	b.post("/threads", map[string]any{"topic": "grief-and-loss", "title": "Another one", "body": story}).want(201).json(&second)
	if second.Phrase != "" {
		t.Fatal("the phrase is given away after it was written down")
	}
	show := func(typed string) answer {
		form := b.page("/mine").fields("/mine/phrase")
		form.Set("what", "show")
		form.Set("phrase", typed)
		return b.form("/mine/phrase", form)
	}
	show("one two three").want(422).holds("not three words")
	show(words[2] + " " + words[2] + " " + words[2]).want(422)
	show(strings.Join(words[2:6], " ")).want(422)
	show(words[0] + ", " + words[6] + ",\n" + words[3] + ".").want(200)
	show(words[7]+" "+words[1]+" "+strings.ToUpper(words[4])).want(200).holds(">"+words[0]+"<", ">"+words[10]+"<")

	field := regexp.MustCompile(`<label for="(\w+)">Three words of it`).FindStringSubmatch(b.page("/mine").body)
	typed := url.Values{"what": {"show"}, field[1]: {strings.Join(words[:3], " ")}}
	h.browser().form("/mine/phrase", typed).want(404).lacks("What you wrote") // not even to whoever typed them
}

// A key that a form left behind, and nothing was written with, is not shown to
// somebody who may hold a phrase of their own.
func TestUnusedKeyIsNotShown(t *testing.T) {
	h := open(t)
	b := h.browser()
	b.page("/new").want(200)
	b.page("/mine").want(200).holds("There are 0 posts", "come back with it").lacks(`class="phrase"`)
	b.write("Six months without him", story)
	b.page("/mine").want(200).holds(`class="phrase"`)
}

func TestLeave(t *testing.T) {
	h := open(t)
	b := h.browser()
	b.write("Six months without him", story)
	a := b.form("/leave", b.page("/mine").fields("/leave")).want(200).holds("no longer knows your phrase")
	if len(b.cookies) != 0 || !strings.Contains(a.header.Get("Clear-Site-Data"), "storage") {
		t.Fatalf("still there: %v", b.cookies)
	}
	if at := b.page("/mine").want(303).header.Get("Location"); at != "/return" {
		t.Fatal(at)
	}
}

func TestExport(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := h.published(b, "Six months without him", story)
	b.post(r.StatusURL+"/revise", map[string]any{"revision": 1, "title": "Seven months", "body": "I moved the plate to the back of the cupboard."}).want(201)
	text := b.page("/mine/export").want(200).holds("Six months without him", "his plate", "cupboard", "2026-03-02")
	if !strings.HasPrefix(text.header.Get("Content-Type"), "text/plain") || !strings.Contains(text.header.Get("Content-Disposition"), "attachment") {
		t.Fatal(text.header)
	}
	var all struct {
		Posts []struct {
			Post     string `json:"post"`
			Wordings []struct {
				Words string `json:"words"`
			} `json:"revisions"`
		} `json:"posts"`
	}
	b.get("/mine/export").want(200).json(&all)
	if len(all.Posts) != 1 || len(all.Posts[0].Wordings) != 2 || all.Posts[0].Post != r.Post {
		t.Fatalf("%+v", all)
	}
	b.get("/mine/export").lacks(postOf(t, h, r))
}

func TestEraseOneAndLetGo(t *testing.T) {
	h := open(t)
	b := h.browser()
	one := h.published(b, "Six months without him", story)
	other := h.published(b, "Somewhere in spring", "The garden does what it wants without you, and I let it.")
	b.form(one.StatusURL+"/erase", b.page(one.StatusURL).fields(one.StatusURL+"/erase")).want(200).holds("erased")
	b.page(one.StatusURL).want(404)
	h.browser().page("/threads/" + one.Thread).want(410)

	b.form(other.StatusURL+"/let-go", b.page(other.StatusURL).fields(other.StatusURL+"/let-go")).want(200).holds("let go")
	b.page(other.StatusURL).want(404)
	b.page("/mine").holds("There are 0 posts")
	h.browser().page("/threads/" + other.Thread).want(200).holds("The garden does")
}

func TestEraseAllNow(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := h.published(b, "Six months without him", story)
	b.write("Somewhere in spring", "The garden does what it wants without you, and I let it.")
	form := b.page("/mine").fields("/mine/erase")
	b.form("/mine/erase", form).want(422)
	form.Set("how", "now")
	b.form("/mine/erase", form).want(200).holds("Everything is erased")
	h.browser().page("/threads/" + r.Thread).want(410)
	again := h.browser()
	again.post("/return", map[string]any{"phrase": r.Phrase}).want(200)
	again.page("/mine").holds("There are 0 posts")
}

// Quietly: the page counts down, nothing goes at once, a stop of the program
// finishes the rest, and asking twice changes nothing.
func TestEraseAllQuietly(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := b.write("Six months without him", story)
	b.write("Somewhere in spring", "The garden does what it wants without you, and I let it.")
	form := b.page("/mine").fields("/mine/erase")
	form.Set("how", "quietly")
	b.form("/mine/erase", form).want(200).holds("come back tomorrow")
	b.form("/mine/erase", form).want(200)
	b.get("/mine").want(200).holds(`"erasing":2`)
	b.page("/mine").holds("Threads still to be erased: 2")
	for range 2 {
		if err := h.door.Finish(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	b.get("/mine").want(200).lacks("erasing")
	b.page("/mine").holds("There are 0 posts")
	b.page(r.StatusURL).want(404)
}

// What somebody writes after they asked is not part of it, in a thread of their
// own and in another's: there it keeps its words, its name and its author.
func TestQuietlyTakesNothingWrittenLater(t *testing.T) {
	h := open(t)
	b, other := h.browser(), h.browser()
	theirs := h.published(other, "Somewhere in spring", "The garden does what it wants without you, and I let it.")
	first := h.answers(b, theirs.Thread, "I know that garden, and I let mine go as well.")
	form := b.page("/mine").fields("/mine/erase")
	form.Set("how", "quietly")
	b.form("/mine/erase", form).want(200)
	later := h.answers(b, theirs.Thread, "One more thing: the tulips came back by themselves.")
	h.must(h.door.Finish(t.Context()))
	b.page(first.StatusURL).want(404)
	b.page(later.StatusURL).want(200).holds("the tulips came back")
	h.browser().page("/threads/" + theirs.Thread).want(200).holds("the tulips came back").lacks("that garden")
	b.get("/mine").lacks("erasing")
}

// Erasing now leaves nothing to be done later, and asking quietly once more
// takes what was written in between.
func TestAskingToEraseAgain(t *testing.T) {
	h := open(t)
	b := h.browser()
	r := h.published(b, "Six months without him", story)
	form := b.page("/mine").fields("/mine/erase")
	ask := func(how string) {
		form.Set("how", how)
		b.form("/mine/erase", form).want(200)
	}
	ask("quietly")
	later := h.answers(b, r.Thread, "It is seven months now, and there is one plate.")
	ask("quietly")
	b.get("/mine").holds(`"erasing":1`)
	h.must(h.door.Finish(t.Context()))
	b.page(later.StatusURL).want(404)

	b.write("Somewhere in spring", story)
	ask("quietly")
	ask("now")
	b.post("/return", map[string]any{"phrase": r.Phrase}).want(200)
	b.get("/mine").want(200).lacks("erasing")
}
