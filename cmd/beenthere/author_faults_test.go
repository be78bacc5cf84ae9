package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// What people mistype is told from what they shortened: a sentence says where
// to look, what was typed stays in the form, and no door opens.
func TestMistypedPhrases(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	r := h.visitor(t).write("Six months without him", "I still set the table for two, some evenings.")
	words := strings.Fields(r.Phrase)
	with := func(place int, word string) string {
		return strings.Join(append(append(append([]string{}, words[:place]...), word), words[place+1:]...), " ")
	}
	wrong, right := h.visitor(t), h.visitor(t)
	for name, c := range map[string]struct{ typed, says string }{
		"misspelt":         {with(3, "qqqqqq"), "Word 4"},
		"too short":        {with(6, words[6][:2]), "Word 7"},
		"foreign alphabet": {with(0, "сафари"), "another alphabet"},
		"one foreign twin": {with(2, strings.Replace(words[2], words[2][:1], "а", 1)), "another alphabet"},
		"one missing":      {strings.Join(words[1:], " "), "here we read 10"},
		"one too many":     {r.Phrase + " " + words[0], "here we read 12"},
		"nothing":          {" \n ", "enter your recovery phrase"},
	} {
		t.Run(name, func(t *testing.T) {
			form := hidden(t, wrong.page("/return").want(t, 200), "/return")
			form.Set("phrase", c.typed)
			a := wrong.form("/return", form).want(t, 422)
			if !strings.Contains(a.body, c.says) || !strings.Contains(a.body, strings.TrimSpace(c.typed)) || len(wrong.cookies) != 0 {
				t.Errorf("the page does not say %q and keep what was typed, or opens something: %v %.600s", c.says, wrong.cookies, a.body)
			}
		})
	}
	for name, typed := range map[string]string{"shortened": shortened(r.Phrase, " "), "a list": shortened(strings.ToUpper(r.Phrase), ".\n"), "no spaces at all but marks": shortened(r.Phrase, "·")} {
		if right.post("/return", fields{"phrase": typed}); right.get(r.StatusURL).status != 200 {
			t.Errorf("%s: the phrase %q opens nothing", name, typed)
		}
		right.cookies = map[string]string{}
	}
}

// Two browsers with one phrase change the same post. The slower one is shown
// both texts, and sending its form again from there replaces what stands.
func TestTwoBrowsersReviseOnePost(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	one, other := h.visitor(t), h.visitor(t)
	r := one.write("Six months without him", "I still set the table for two, some evenings.")
	other.post("/return", fields{"phrase": r.Phrase}).want(t, 200)
	path := r.StatusURL + "/revise"
	first, second := hidden(t, one.page(path), path), hidden(t, other.page(path), path)
	first.Set("title", "Half a year")
	first.Set("body", "The first browser was faster than the other one.")
	second.Set("title", "Seven months")
	second.Set("body", "The second browser wrote its own and was slower.")
	one.form(path, first).want(t, 303)
	both := other.form(path, second).want(t, 409)
	for _, words := range []string{"The first browser was faster", "The second browser wrote", "Half a year", "Seven months"} {
		if !strings.Contains(both.body, words) {
			t.Errorf("the page lacks %q: %.2000s", words, both.body)
		}
	}
	again := hidden(t, both, path)
	again.Set("title", "Seven months")
	again.Set("body", "The second browser wrote its own and was slower.")
	other.form(path, again).want(t, 303)
	if page := one.page(r.StatusURL); !strings.Contains(page.body, "The second browser wrote") {
		t.Errorf("what was sent knowingly does not stand: %.1500s", page.body)
	}
}

// An author takes a post back while a volunteer reads it. Whatever the
// volunteer does next says so, keeps what they wrote, and changes nothing.
func TestWithdrawDuringAClaim(t *testing.T) {
	for name, act := range map[string]func(desk *visitor, i item) answer{
		"approve": func(desk *visitor, i item) answer {
			return desk.form("/desk/items/"+i.Item+"/decide", url.Values{"token": {i.Token}, "revision": {"1"}, "decision": {"approve"}})
		},
		"return": func(desk *visitor, i item) answer {
			return desk.form("/desk/items/"+i.Item+"/decide", url.Values{"token": {i.Token}, "revision": {"1"}, "decision": {"return"}, "reason": {rule}, "words": {aLine}})
		},
		"reload": func(desk *visitor, i item) answer { return desk.page("/desk/items/" + i.Item) },
		"renew": func(desk *visitor, i item) answer {
			return desk.form("/desk/items/"+i.Item+"/renew", url.Values{"token": {i.Token}, "revision": {"1"}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t, t.TempDir(), nil)
			desk, author := h.moderator(t, "maren", "lead"), h.visitor(t)
			r := author.write("Taken back in time", "Somebody is reading this and I want it back.")
			i := desk.next()
			author.post(r.StatusURL+"/withdraw", fields{"what": "post"}).want(t, 200)
			a := act(desk, i)
			told := strings.Contains(a.body, "taken it back") || strings.Contains(a.body, "taken back") || strings.Contains(a.body, "Something changed")
			if a.status != 409 && a.status != 404 || !told {
				t.Errorf("the reader is told %d: %.800s", a.status, a.body)
			}
			if name == "return" && !strings.Contains(a.body, aLine) {
				t.Errorf("what the reader wrote is gone: %.800s", a.body)
			}
			if strings.Contains(a.body, "reading this and I want it back") {
				t.Error("the words that were taken back are shown")
			}
			desk.post("/desk/next", fields{}).want(t, 204)
			author.get("/threads/"+r.Thread).want(t, 404)
			if got := author.status(r); got != "withdrawn" {
				t.Errorf("the author is told %q", got)
			}
		})
	}
}

// A cookie of a key that was retired is no cookie: the same page as for
// strangers, no word lost that was just written, and the phrase opens the door.
func TestCookieOfARetiredKey(t *testing.T) {
	at := newClock()
	h := openAt(t, t.TempDir(), at, nil)
	author := h.visitor(t)
	r := author.write("Six months without him", "I still set the table for two, some evenings.")
	form := hidden(t, author.page("/new").want(t, 200), "/threads")
	old := author.cookies[identity.CookieName]

	at.pass(36 * 24 * time.Hour)
	stranger := h.visitor(t).page(r.StatusURL).want(t, 404)
	if a := author.page(r.StatusURL).want(t, 404); a.body != stranger.body || !strings.Contains(a.body, `href="/return"`) {
		t.Errorf("not the page that strangers get: %.600s", a.body)
	}
	if a := author.page("/mine"); a.status != 303 || a.header.Get("Location") != "/return" {
		t.Errorf("my posts answers %d to %s", a.status, a.header.Get("Location"))
	}
	for name, value := range map[string]string{"topic": "grief-and-loss", "title": "Left open", "body": "This form lay open for more than a month."} {
		form.Set(name, value)
	}
	if a := author.form("/threads", form).want(t, 422); !strings.Contains(a.body, "lay open for more than a month") {
		t.Errorf("the words did not come back: %.600s", a.body)
	}
	author.cookies = map[string]string{identity.CookieName: old}
	author.post("/return", fields{"phrase": r.Phrase}).want(t, 200)
	for range 12 { // whoever keeps coming stays
		author.must(author.do(http.MethodGet, r.StatusURL, "", "text/html", "", map[string]string{"Sec-Fetch-Site": "none"})).want(t, 200)
		at.pass(20 * 24 * time.Hour)
	}
}

// The clock of the machine jumps, a little or by years, forwards and back.
// People can write, be read and come back all the same, and nothing is lost.
func TestClockJumps(t *testing.T) {
	at := newClock()
	h := openAt(t, t.TempDir(), at, nil)
	author := h.visitor(t)
	first := author.write("Before all jumps", "It was written when the clock was right.")
	kept := []receipt{first}
	h.moderator(t, "maren", "lead").next()
	var gone time.Duration
	for i, jump := range []time.Duration{time.Hour, -2 * time.Hour, 400 * 24 * time.Hour, -800 * 24 * time.Hour, -20000 * 24 * time.Hour} {
		at.pass(jump)
		gone += jump
		author.post("/return", fields{"phrase": first.Phrase}).want(t, 200)
		var r receipt
		author.post("/threads", fields{"topic": "grief-and-loss", "title": fmt.Sprintf("After jump %d", i), "body": "The clock says something else than it did a moment ago."}).want(t, 201).into(t, &r)
		kept = append(kept, r)
		desk := h.moderator(t, fmt.Sprintf("reader%d", i), "lead")
		desk.decide(desk.next(), "approve", fields{"alone_reason": "Nobody else is here."}).want(t, 200)
		h.wellAt(t, jump, author, kept)
	}
	at.pass(-gone) // put right again
	author.post("/return", fields{"phrase": first.Phrase}).want(t, 200)
	h.wellAt(t, -gone, author, kept)
	desk := h.moderator(t, "last", "lead")
	eventually(t, "everything is read in the end", func() bool {
		a := desk.post("/desk/next", fields{})
		if a.status == 200 {
			var i item
			a.into(t, &i)
			desk.decide(i, "approve", nil).want(t, 200)
		}
		return a.status == 204
	})
	for i, r := range kept {
		if got := author.status(r); got != "approved" {
			t.Errorf("post %d is %s in the end", i, got)
		}
	}
	if strings.Contains(h.log.String(), "level=ERROR") {
		t.Error("something failed on the way")
	}
}

// negative is a wait that no clock should show.
var negative = regexp.MustCompile(`-\d+ (minute|hour|day|week|month)s?`)

// wellAt looks at what depends on the time of day after a jump.
func (h *house) wellAt(t *testing.T, jump time.Duration, author *visitor, kept []receipt) {
	t.Helper()
	if own := author.own(); len(own) != len(kept) {
		t.Errorf("after a jump of %v there are %d posts, want %d", jump, len(own), len(kept))
	}
	for _, r := range kept {
		if a := author.page(r.StatusURL).want(t, 200); negative.MatchString(a.body) {
			t.Errorf("after a jump of %v a wait is negative: %s", jump, negative.FindString(a.body))
		}
	}
	for _, path := range []string{"/", "/waiting-for-reply", "/transparency", "/mine/export", "/new", "/return", "/topics/grief-and-loss/feed.atom"} {
		if a := author.page(path); a.status != 200 {
			t.Errorf("after a jump of %v %s answers %d", jump, path, a.status)
		}
	}
}

// Without the pepper nobody could prove what they wrote, so the program does
// not start: it says which file is missing and where it comes from, and makes
// no new one. Once it is back, everybody is back.
func TestPepperMissing(t *testing.T) {
	dir := t.TempDir()
	h := open(t, dir, nil)
	r := h.visitor(t).write("Six months without him", "I still set the table for two, some evenings.")
	h.stop()
	pepper, apart := filepath.Join(dir, "keys", "pepper"), filepath.Join(t.TempDir(), "pepper")
	for name, c := range map[string]struct {
		breakIt, mend func() error
		says          []string
	}{
		"missing": {func() error { return os.Rename(pepper, apart) }, func() error { return os.Rename(apart, pepper) },
			[]string{pepper + " is missing", "put it back from the copy of the keys"}},
		"cut off": {func() error {
			return errors.Join(os.Rename(pepper, apart), os.WriteFile(pepper, []byte("short"), 0o400))
		},
			func() error { return errors.Join(os.Remove(pepper), os.Rename(apart, pepper)) }, []string{"5 bytes instead of 32", "put it back"}},
		"readable by others": {func() error { return os.Chmod(pepper, 0o444) }, func() error { return os.Chmod(pepper, 0o400) },
			[]string{"can be read by others", "chmod 0400"}},
		"all keys missing": {func() error { return os.Rename(filepath.Dir(pepper), apart) }, func() error {
			return errors.Join(os.RemoveAll(filepath.Dir(pepper)), os.Rename(apart, filepath.Dir(pepper)))
		}, []string{"is missing", "put it back"}},
	} {
		t.Run(name, func(t *testing.T) {
			if err := c.breakIt(); err != nil {
				t.Fatal(err)
			}
			p, err := Open(t.Context(), h.flags, slog.New(slog.DiscardHandler), time.Now)
			if err == nil {
				p.Stop(t.Context())
				t.Fatal("it starts")
			}
			for _, words := range c.says {
				if !fault.Is(err, fault.Unavailable) || !strings.Contains(told(err), words) {
					t.Errorf("the operator is told %q, want %q", told(err), words)
				}
			}
			if err := c.mend(); err != nil {
				t.Fatal(err)
			}
		})
	}
	h = open(t, dir, nil)
	back := h.visitor(t)
	back.post("/return", fields{"phrase": r.Phrase}).want(t, 200)
	back.page(r.StatusURL).want(t, 200)
}

// Whoever asked to be erased quietly is erased before a normal stop ends, and
// not all at once.
// It holds also when somebody else is sending words so slowly that they never
// come to their end.
func TestStopFinishesErasing(t *testing.T) {
	dir := t.TempDir()
	h := open(t, dir, nil)
	author := h.visitor(t)
	r := author.write("Six months without him", "I still set the table for two, some evenings.")
	author.write("Somewhere in spring", "The garden does what it wants without you.")
	author.post("/mine/erase", fields{"how": "quietly"}).want(t, 200)
	if page := author.get("/mine").want(t, 200); len(author.own()) != 2 || !strings.Contains(page.body, `"erasing":2`) {
		t.Fatalf("erased at once, or not counted: %.300s", page.body)
	}
	slow := halfSent(t, h)
	h.stop()
	_ = slow.Close()
	h = open(t, dir, nil)
	back := h.visitor(t)
	back.post("/return", fields{"phrase": r.Phrase}).want(t, 200)
	if own := back.own(); len(own) != 0 {
		t.Errorf("after a stop %d posts are left", len(own))
	}
	for _, e := range takeDump(t, h.database) {
		if strings.Contains(e.String(), "table for two") || strings.Contains(e.String(), "The garden does") || e.table == "participants" {
			t.Errorf("left behind: %v", e)
		}
	}
}

// halfSent is a request under way whose body does not come.
func halfSent(t *testing.T, h *house) net.Conn {
	t.Helper()
	address := strings.TrimPrefix(h.URL(), "http://")
	slow, err := net.Dial("tcp", address)
	if err == nil {
		_, err = fmt.Fprintf(slow, "POST /threads HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nContent-Type: application/json\r\nContent-Length: 900\r\nExpect: 100-continue\r\n\r\n", address, address)
	}
	if err == nil {
		_, err = bufio.NewReader(slow).ReadString('\n') // the program has it and asks for the rest
	}
	if err != nil {
		t.Fatal(err)
	}
	return slow
}

// With every worker standing still, the first page after sending holds the
// help lines, when the words or their author ask for them.
func TestHelpWithoutWorkers(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	h.Belts.Stop(t.Context())
	for name, c := range map[string]struct {
		body   string
		safety string
		box    bool
	}{
		"an even day":     {"The garden does what it wants without you.", "", false},
		"the words say":   {"I don't want to be here any more and I am going to end my life tonight.", "", true},
		"the writer says": {"The garden does what it wants without you.", "1", true},
	} {
		t.Run(name, func(t *testing.T) {
			v := h.visitor(t)
			form := hidden(t, v.page("/new").want(t, 200), "/threads")
			form.Set("topic", "grief-and-loss")
			form.Set("title", "Tonight")
			form.Set("body", c.body)
			form.Set("safety", c.safety)
			page := v.page(v.form("/threads", form).want(t, 303).header.Get("Location")).want(t, 200)
			if box := strings.Contains(page.body, `id="helplines"`); box != c.box || !strings.Contains(page.body, "/help") {
				t.Errorf("the full box is there: %v, want %v", box, c.box)
			}
		})
	}
}

// The answer to a form was lost because the program was killed. Sent again
// after the next start, with a cookie or without, it meets itself: one post,
// one phrase.
func TestSameFormAfterAKill(t *testing.T) {
	dir := t.TempDir()
	p, err := startProcess(t, "--data", dir, "--quiet")
	if err != nil {
		t.Fatal(err)
	}
	keeps, forgets := newVisitor(t, p.url), newVisitor(t, p.url)
	var forms []url.Values
	for _, v := range []*visitor{keeps, forgets} {
		form := hidden(t, v.page("/new").want(t, 200), "/threads")
		form["topic"], form["title"], form["body"] = []string{"grief-and-loss"}, []string{"Sent across a crash"}, []string{"The light went out just as I pressed it."}
		forms = append(forms, form)
	}
	at := keeps.form("/threads", forms[0]).want(t, 303).header.Get("Location")
	phrase := phraseIn(forget(forgets, forms[1]).want(t, 200))
	p.kill()

	if p, err = startProcess(t, "--data", dir, "--quiet"); err != nil {
		t.Fatal(err)
	}
	keeps.base, forgets.base = p.url, p.url
	if again := keeps.form("/threads", forms[0]).want(t, 303).header.Get("Location"); again != at {
		t.Errorf("sent again it is at %s, and was at %s", again, at)
	}
	if again := phraseIn(forget(forgets, forms[1]).want(t, 200)); phrase == "" || again != phrase {
		t.Errorf("sent again it has the phrase %q, and had %q", again, phrase)
	}
	for _, v := range []*visitor{keeps, forgets} {
		if own := v.own(); len(own) != 1 {
			t.Errorf("one form made %d posts", len(own))
		}
	}
}

// A newer version of the pepper that is lost is missed too, though the first
// one is there: the threads of its time would have lost their authors. Doctor
// says the same.
func TestNewerPepperMissing(t *testing.T) {
	dir := t.TempDir()
	open(t, dir, nil).stop()
	second, apart := filepath.Join(dir, "keys", "pepper.2"), filepath.Join(t.TempDir(), "pepper.2")
	if err := os.WriteFile(second, []byte(strings.Repeat("a newer pepper!!", 2)), 0o400); err != nil {
		t.Fatal(err)
	}
	h := open(t, dir, nil)
	r := h.visitor(t).write("Six months without him", "I still set the table for two, some evenings.")
	h.stop()
	if err := os.Rename(second, apart); err != nil {
		t.Fatal(err)
	}
	p, err := Open(t.Context(), h.flags, slog.New(slog.DiscardHandler), time.Now)
	if err == nil {
		p.Stop(t.Context())
		t.Fatal("it starts")
	}
	if !fault.Is(err, fault.Unavailable) || !strings.Contains(told(err), "pepper.2 is missing") {
		t.Errorf("the operator is told %q", told(err))
	}
	var out bytes.Buffer
	doctor := doctorCommand{House: h.flags.houseFlags}
	if err := doctor.Run(t.Context(), terminal{out: &out, err: &out, now: time.Now}); err == nil || !strings.Contains(out.String(), "pepper.2 is missing") {
		t.Errorf("doctor says %v:\n%s", err, out.String())
	}
	if err := os.Rename(apart, second); err != nil {
		t.Fatal(err)
	}
	back := open(t, dir, nil).visitor(t)
	back.post("/return", fields{"phrase": r.Phrase}).want(t, 200)
	back.page(r.StatusURL).want(t, 200)
}
