package main

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"beenthere/forum/identity"
	"beenthere/forum/shell"
)

// crowd is a house with three authors, two threads each, who have replied to
// one another and met every kind of decision.
type crowd struct {
	*house
	t       testing.TB
	clock   *clock
	desk    *visitor
	other   *visitor // a second moderator, for appeals
	authors []*author
}

// author is somebody with a browser, and what they were told on sending.
type author struct {
	*visitor
	name    string
	phrase  string
	threads []receipt
	replies []receipt
}

// rule is a guideline that decisions in tests go by.
const rule = "unclear"

// aLine is what a moderator says to an author in them.
const aLine = "Could you say a little more about that?"

func gather(t testing.TB) *crowd {
	t.Helper()
	at := newClock()
	c := &crowd{house: openAt(t, t.TempDir(), at, nil), t: t, clock: at}
	c.desk, c.other = c.moderator(t, "maren", "lead"), c.moderator(t, "jonas", "lead")
	for _, name := range []string{"ana", "ben", "cleo"} {
		a := &author{visitor: c.visitor(t), name: name}
		for i := range 2 {
			r := a.write(fmt.Sprintf("Night %d of %s", i, name), fmt.Sprintf("This is what %s wrote down about night %d, word for word.", name, i))
			a.threads = append(a.threads, r)
			c.reads("approve")
		}
		a.phrase = a.threads[0].Phrase
		c.authors = append(c.authors, a)
	}
	for i, a := range c.authors {
		c.meets(a, c.authors[(i+1)%3], c.authors[(i+2)%3])
	}
	return c
}

// reads lets some time pass and the desk decide about what waits.
func (c *crowd) reads(decision string) {
	c.t.Helper()
	c.clock.pass(7*time.Minute + 13*time.Millisecond)
	more := map[string]any{}
	if decision != "approve" {
		more = map[string]any{"reason": rule, "words": aLine, "title": "A gentler title", "body": "A gentler wording of the same night."}
	}
	c.desk.decide(c.desk.next(), decision, more).want(c.t, 200)
	c.clock.pass(31*time.Second + 7*time.Millisecond) // until then it is not told
}

// meets lets an author do a little of everything in threads of two others and
// in their own.
func (c *crowd) meets(a, one, other *author) {
	c.t.Helper()
	for i, of := range []*author{one, other} {
		var r receipt
		a.post("/threads/"+of.threads[i].Thread+"/replies", map[string]any{"body": fmt.Sprintf("%s knows this kind of night as well, for the %d. time.", a.name, i)}).want(c.t, 201).into(c.t, &r)
		a.replies = append(a.replies, r)
		c.reads([]string{"approve", "return"}[i])
	}
	a.post("/posts/"+c.public(other.threads[0])+"/reactions", map[string]any{"kind": "with-you"}).want(c.t, 200)
	c.clock.pass(time.Hour)
	a.post(a.threads[1].StatusURL+"/revise", map[string]any{"revision": 1, "title": "Night 1 of " + a.name, "body": a.name + " looked at it again and changed the end of it."}).want(c.t, 201)
	c.reads("decline")
	c.clock.pass(time.Hour)
	a.post(a.replies[1].StatusURL+"/revise", map[string]any{"revision": 1, "body": a.name + " says it from their own experience now."}).want(c.t, 201)
	c.reads("suggest")
	a.post(a.replies[1].StatusURL+"/accept", map[string]any{"revision": 3}).want(c.t, 200)
}

// public gives the public id of a thread's opening post.
func (c *crowd) public(r receipt) string {
	c.t.Helper()
	var page struct {
		Posts []struct {
			Post string `json:"post"`
		} `json:"posts"`
	}
	c.visitor(c.t).get("/threads/"+r.Thread).want(c.t, 200).into(c.t, &page)
	return page.Posts[0].Post
}

// people gives the tags of everybody, for the eyes of the test alone.
func (c *crowd) people(d dump) map[string][]string {
	tags := map[string][]string{}
	for _, a := range c.authors {
		tags[a.name] = c.tagsOf(c.t, a.phrase, d)
	}
	return tags
}

// Three authors, six threads: no value in any table, nor in the index, occurs
// in rows of two threads of one author.
func TestDumpHasNoMember(t *testing.T) {
	c := gather(t)
	eventually(t, "everything is indexed", func() bool {
		due, err := c.Forum.Unindexed(t.Context(), 1)
		return err == nil && len(due) == 0
	})
	d := append(takeDump(t, c.database), c.indexDump(t)...)
	people := c.people(d)
	for name, tags := range people {
		if len(tags) != 5 {
			t.Fatalf("%s has written in %d threads, and the test expects 5", name, len(tags))
		}
	}
	for _, found := range d.joins(people) {
		t.Error(found)
	}
	sameNames(t, d, people)
	for _, member := range []string{"0f1e2d3c4b5a69788796a5b4c3d2e1f0", people["ana"][0]} { // a stored list of members would be found
		listed := append(slices.Clone(d), entry{"members", []string{member, people["ana"][0]}}, entry{"members", []string{member, people["ana"][1]}})
		if len(listed.joins(people)) == 0 {
			t.Error("a list of members in the dump is not noticed")
		}
	}
}

// sameNames fails when people have one name in all their threads.
func sameNames(t *testing.T, d dump, people map[string][]string) {
	t.Helper()
	names := map[string]string{}
	for _, e := range d {
		if e.table == "participants" {
			names[e.values[1]] = e.values[2]
		}
	}
	for person, tags := range people {
		different := map[string]bool{}
		for _, tag := range tags {
			different[names[tag]] = true
		}
		if len(different) < len(tags)-1 {
			t.Errorf("%s is called the same in several threads: %v", person, slices.Collect(maps.Keys(different)))
		}
	}
}

// The phrase typed on a second browser finds exactly the own posts; after sign
// out everywhere the first one is out, and the phrase still opens the door.
func TestReturn(t *testing.T) {
	c := gather(t)
	for i, a := range c.authors {
		who, err := identity.ParsePhrase(a.phrase)
		if err != nil {
			t.Fatal(err)
		}
		typed := []string{a.phrase, strings.ToUpper(shortened(a.phrase, "\n")), " " + strings.ToLower(who.Base32()) + "\n"}[i]
		second := c.visitor(t)
		second.post("/return", fields{"phrase": typed}).want(t, 200)
		if got, want := second.own(), a.sent(); !slices.Equal(got, want) {
			t.Fatalf("%s typed %q and found %v, want %v", a.name, typed, got, want)
		}
	}
	ana, second := c.authors[0], c.visitor(t)
	second.post("/return", fields{"phrase": ana.phrase}).want(t, 200)
	second.post("/mine/sign-out", fields{}).want(t, 200)
	stranger := c.visitor(t).page(ana.threads[0].StatusURL).want(t, 404)
	if a := ana.page(ana.threads[0].StatusURL); a.status != 404 || a.body != stranger.body {
		t.Fatalf("after sign out everywhere the first browser is shown %d: %.300s", a.status, a.body)
	}
	second.post("/return", fields{"phrase": ana.phrase}).want(t, 200)
	if got, want := second.own(), ana.sent(); !slices.Equal(got, want) {
		t.Fatalf("coming back after it finds %v, want %v", got, want)
	}
}

// shortened gives a phrase as people write it down in a hurry.
func shortened(phrase, between string) string {
	words := strings.Fields(phrase)
	for i, word := range words {
		words[i] = word[:min(5, len(word))]
	}
	return strings.Join(words, between)
}

// own gives the handles of everything in somebody's list, in order.
func (v *visitor) own() (handles []string) {
	v.t.Helper()
	var page struct {
		Posts []struct {
			Post string `json:"post"`
		} `json:"posts"`
	}
	v.get("/mine").want(v.t, 200).into(v.t, &page)
	for _, post := range page.Posts {
		handles = append(handles, post.Post)
	}
	slices.Sort(handles)
	return handles
}

// sent gives the handles of what an author has sent, in order.
func (a *author) sent() (handles []string) {
	for _, r := range slices.Concat(a.threads, a.replies) {
		handles = append(handles, r.Post)
	}
	slices.Sort(handles)
	return handles
}

// Somebody who was paused under one name tries to write everywhere. The desk,
// as every moderator sees it, is the same to the byte as if they had not, and
// so is the database.
func TestSanctionsAreInvisible(t *testing.T) {
	c := gather(t)
	ana, ben := c.authors[0], c.authors[1]
	var waits receipt
	ben.post("/threads/"+ana.threads[0].Thread+"/replies", fields{"body": "This one waits to be read while all of it happens."}).want(t, 201).into(t, &waits)
	c.desk.next()
	c.other = c.moderator(t, "nora", "lead") // jonas has been away for so long that he is signed out
	c.desk.post("/desk/posts/"+c.public(ana.threads[0])+"/pause", fields{"days": 3}).want(t, 204)
	c.Belts.Stop(t.Context())

	desk, rows := c.deskJSON(t), takeDump(t, c.database)
	for path, body := range map[string]fields{
		"/threads": {"topic": "grief-and-loss", "title": "Somewhere else", "body": "Nobody should be able to tell that this was me."},
		"/threads/" + ben.threads[0].Thread + "/replies":          {"body": "Nobody should be able to tell that this was me."},
		"/posts/" + c.public(ben.threads[0]) + "/reactions":       {"kind": "been-there"},
		ana.replies[0].StatusURL + "/revise":                      {"revision": 1, "body": "Nobody should be able to tell that this was me."},
		ana.threads[1].StatusURL + "/later":                       {"body": "Nobody should be able to tell that this was me."},
		"/threads/" + c.authors[2].threads[1].Thread + "/replies": {"body": "Nobody should be able to tell that this was me."},
	} {
		if a := ana.post(path, body); a.status != 422 || !strings.Contains(a.body, "paused") {
			t.Errorf("%s answers %d: %.300s", path, a.status, a.body)
		}
	}
	for path, now := range c.deskJSON(t) {
		if now != desk[path] {
			t.Errorf("%s differs:\n%s\n%s", path, desk[path], now)
		}
	}
	if differs := changed(rows, takeDump(t, c.database)); len(differs) != 0 {
		t.Errorf("a refused attempt is in the database: %v", differs)
	}
	ben.post("/threads/"+ana.threads[0].Thread+"/replies", fields{"body": "Somebody who is not paused can be seen to write."}).want(t, 201)
	if len(changed(rows, takeDump(t, c.database))) == 0 {
		t.Error("this test does not see anything")
	}
}

// deskJSON gives everything that the desk answers to each moderator.
func (c *crowd) deskJSON(t *testing.T) map[string]string {
	t.Helper()
	said := map[string]string{}
	for _, route := range c.Shell.Routes() {
		if route.Kind != shell.Desk || route.Method != http.MethodGet || route.Pattern == "/desk/live" || strings.Contains(route.Pattern, ":") {
			continue
		}
		for name, who := range map[string]*visitor{"maren": c.desk, "nora": c.other} {
			said[name+" "+route.Pattern] = who.get(route.Pattern).want(t, 200).body
		}
	}
	if len(said) < 20 {
		t.Fatalf("only %d answers were looked at", len(said))
	}
	return said
}

// Every cookie and every form that is not as it was made is refused with the
// body that a stranger gets: bits turned, letters cut, an old key, one that was
// signed out, one of another house, one sent again after that.
func TestTampering(t *testing.T) {
	at := newClock()
	h := openAt(t, t.TempDir(), at, nil)
	ana := h.visitor(t)
	r := ana.write("Six months", "I still set the table for two, some evenings.")
	good := ana.cookies[identity.CookieName]
	if len(good) < 80 {
		t.Fatalf("the cookie is %q", good)
	}
	refused := func(name, cookie string) {
		t.Helper()
		for _, accept := range []string{"text/html", "application/json"} {
			stranger, tampered := h.visitor(t), h.visitor(t)
			tampered.cookies[identity.CookieName] = cookie
			want := stranger.must(stranger.do(http.MethodGet, r.StatusURL, "", accept, "", nil)).want(t, 404)
			got := tampered.must(tampered.do(http.MethodGet, r.StatusURL, "", accept, "", nil))
			if got.status != 404 || got.body != want.body || got.header.Get("Set-Cookie") != "" {
				t.Errorf("%s: %d, %q: %.200s", name, got.status, got.header.Get("Set-Cookie"), got.body)
			}
		}
	}
	for i := range good {
		for _, bit := range []byte{1, 2, 4, 8, 16, 32} {
			if bent := bend(good, i, bit); i%6 == int(bit)%6 || i > len(good)-3 { // a sixth of them, and the end whole
				refused(fmt.Sprintf("bit %d of letter %d", bit, i), bent)
			}
		}
	}
	refused("cut", good[:len(good)-1])
	refused("longer", good+"A")
	refused("empty", "-")
	elsewhere := openAt(t, t.TempDir(), at, nil).visitor(t)
	elsewhere.write("Another house", "I still set the table for two, some evenings.")
	refused("of another house", elsewhere.cookies[identity.CookieName])

	tickets(t, h, ana, r)
	at.pass(36 * 24 * time.Hour)
	refused("of a key that is gone", good)
	ana.post("/return", fields{"phrase": r.Phrase}).want(t, 200)
	again := ana.cookies[identity.CookieName]
	ana.post("/mine/sign-out", fields{}).want(t, 200)
	refused("signed out everywhere", again)
	ana.post("/return", fields{"phrase": r.Phrase}).want(t, 200)
	refused("signed out, and sent again after the phrase opened a new one", again)
	ana.page(r.StatusURL).want(t, 200)
}

// bend turns one bit of the six that a letter stands for.
func bend(sealed string, at int, bit byte) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	letter := letters[byte(strings.IndexByte(letters, sealed[at]))^bit]
	return sealed[:at] + string(letter) + sealed[at+1:]
}

// tickets of forms are refused as well; the words stay in the form.
func tickets(t *testing.T, h *house, ana *visitor, r receipt) {
	t.Helper()
	ben := h.visitor(t)
	ben.write("Somebody else", "I still set the table for two, some evenings.")
	form := hidden(t, ana.page("/new").want(t, 200), "/threads")
	mine := hidden(t, ana.page(r.StatusURL).want(t, 200), r.StatusURL+"/erase")
	for name, ticket := range map[string]string{"bent": bend(form.Get("ticket"), 40, 8), "none": "", "of another action": mine.Get("ticket")} {
		sent := url.Values{"ticket": {ticket}, "topic": {"grief-and-loss"}, "title": {"Words that stay"}, "body": {"These words come back whatever was wrong with the form."}}
		if a := ana.form("/threads", sent); a.status != 422 || !strings.Contains(a.body, "These words come back") {
			t.Errorf("%s: %d: %.300s", name, a.status, a.body)
		}
	}
	sent := url.Values{"ticket": {form.Get("ticket")}, "topic": {"grief-and-loss"}, "title": {"Words that stay"}, "body": {"Words sent with the ticket of somebody else."}}
	if a := ben.form("/threads", sent); a.status != 422 || !strings.Contains(a.body, "ticket of somebody else") {
		t.Errorf("somebody else's ticket: %d: %.300s", a.status, a.body)
	}
	if own := ben.own(); len(own) != 1 {
		t.Errorf("it made a post: %v", own)
	}
}

// The phrase is spelled and read the same for good, and of all single words
// that can be put in the place of another, at least 15 in 16 are caught.
func TestCodec(t *testing.T) {
	for phrase, v := range map[string]struct {
		secret identity.Secret
		code   string
	}{
		"abacus average adult doorway allow ivy annex pectin area social auction": {identity.Secret{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, "000G40R40M30E209185GR38E1WT"},
		"mussel platter safari tiling knight obtain brook apartment aflutter starlet ballroom": {
			identity.Secret{0x8f, 0x5a, 0x63, 0xc0, 0xfe, 0x56, 0x77, 0x29, 0x4d, 0x1e, 0x70, 0xa9, 0x03, 0xfd, 0x6d, 0x12}, "HXD67G7YASVJJK8YE2MG7ZBD2A4"},
	} {
		if v.secret.Phrase() != phrase || v.secret.Base32() != v.code {
			t.Errorf("spelled %q and %q, want %q and %q", v.secret.Phrase(), v.secret.Base32(), phrase, v.code)
		}
		for _, typed := range []string{phrase, v.code, strings.ToUpper(shortened(phrase, " - "))} {
			if got, err := identity.ParsePhrase(typed); err != nil || got != v.secret {
				t.Errorf("%q is read wrongly: %v", typed, err)
			}
		}
	}
	words := make([]string, 4096)
	for i := range words { // the first word stands for the first twelve bits
		words[i], _, _ = strings.Cut(identity.Secret{byte(i >> 4), byte(i << 4)}.Phrase(), " ")
	}
	typed := strings.Fields(identity.NewSecret().Phrase())
	for place, right := range slices.Clone(typed) {
		missed := 0
		for _, typed[place] = range words {
			if _, err := identity.ParsePhrase(strings.Join(typed, " ")); err == nil && typed[place] != right {
				missed++
			}
		}
		typed[place] = right
		if missed*16 > len(words)-1 {
			t.Errorf("place %d: %d of %d wrong words pass", place+1, missed, len(words)-1)
		}
	}
}
