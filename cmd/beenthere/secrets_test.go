package main

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"beenthere/forum/db/dbtest"
	"beenthere/forum/identity"
)

// Where somebody comes from and what they bring along, unlike anything else.
const (
	anAddress = "203.0.113.77"
	anAgent   = "Lanternfish/9.1 (harbourbell; quillfeather)"
)

// The phrase, the secret in every spelling, the cookie, the address and the
// agent of a person are in no table, file, log, stream, index or address line,
// while the program runs and after it; their tags are in the database alone.
// The rest of what an address line holds is not in the log.
func TestCanariesOfAPerson(t *testing.T) {
	h := open(t, t.TempDir(), func(f *serveFlags) { f.Proxy = []string{"127.0.0.1/32"} })
	desk := h.moderator(t, "maren", "lead")
	p := &passer{visitor: h.visitor(t)}
	p.client.Transport = &worn{p: p, next: p.client.Transport}
	stories := p.journey(t, h, desk)

	private, tags := p.canaries(t, h, stories[0].Phrase)
	for name, needle := range private {
		p.notSaid(t, name, needle)
		notIn(t, h, name, needle)
		notInPostgres(t, h, name, needle)
	}
	for _, tag := range tags {
		p.notSaid(t, "a tag", tag)
		notInLog(t, h, "a tag", tag)
		for _, file := range []string{"nats", "search.db", "search.db-wal", "keys"} {
			notInFile(t, filepath.Join(h.flags.Data, file), "a tag", tag)
		}
		if dbtest.Find(t, h.flags.Data, tag) == "" && rowWith(t, h, tag) == "" {
			t.Error("the tag that this test looks for is nowhere at all")
		}
	}
	for _, r := range stories {
		notInLog(t, h, "the id of a thread", r.Thread)
		notInLog(t, h, "a handle", r.Post)
	}
	notInLog(t, h, "a word of a search", "marigoldrow")
	h.stop()
	for name, needle := range private {
		notIn(t, h, name+", after the end,", needle)
	}
}

// passer is somebody whose every request and answer is kept.
type passer struct {
	*visitor
	mu      sync.Mutex
	lines   []string // addresses asked for, sent on to and linked to
	answers []string
	cookies []string
}

// worn is how they come: by way of a proxy that says from where.
type worn struct {
	p    *passer
	next http.RoundTripper
}

// RoundTrip adds what names a person and keeps the addresses.
func (w *worn) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("User-Agent", anAgent)
	r.Header.Set("X-Forwarded-For", anAddress)
	r.Header.Set("X-Forwarded-Proto", "https")
	res, err := w.next.RoundTrip(r)
	if err == nil {
		w.p.mu.Lock()
		defer w.p.mu.Unlock()
		w.p.lines = append(w.p.lines, r.URL.String(), res.Header.Get("Location"))
		for _, c := range res.Cookies() {
			if c.Value != "" {
				w.p.cookies = append(w.p.cookies, c.Value)
			}
		}
	}
	return res, err
}

var linkOf = regexp.MustCompile(`(?:href|src|action)="([^"]*)"`)

// look asks for a page and keeps what it says and links to.
func (p *passer) look(path string) {
	a := p.page(path)
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, link := range linkOf.FindAllStringSubmatch(a.body, -1) {
		p.lines = append(p.lines, link[1])
	}
	p.answers = append(p.answers, a.body)
}

// journey does what leaves traces, also what goes wrong.
func (p *passer) journey(t *testing.T, h *house, desk *visitor) []receipt {
	t.Helper()
	first := p.write("Six months without him", "I still set the table for two, and then I stand there with his plate.")
	desk.decide(desk.next(), "approve", nil).want(t, 200)
	second := p.write("Somewhere in spring", "The garden does what it wants without you, and I let it.")
	desk.decide(desk.next(), "return", map[string]any{"reason": rule, "words": aLine}).want(t, 200)
	eventually(t, "it is found", func() bool { return p.found("standing with his plate", first.Thread) })

	p.post("/return", fields{"phrase": first.Phrase}).want(t, 200)
	p.post("/return", fields{"phrase": strings.Replace(first.Phrase, " ", " quillfeather ", 1)}).want(t, 422)
	p.post("/search", fields{"q": "marigoldrow " + first.Phrase}).want(t, 200)
	p.post("/threads", fields{"topic": "grief-and-loss", "title": "My words", "body": "They are " + first.Phrase + "."}).want(t, 422)
	p.post("/threads", fields{"title": "x", "body": "", "ticket": first.Phrase})
	p.must(p.do("POST", "/threads", "application/json", "text/html", `{"title": "`+first.Phrase, nil))
	p.form("/mine/"+second.Post+"/revise", url.Values{"body": {"Too short."}, "revision": {"7"}, "ticket": {"x"}})
	for _, path := range []string{"/", "/mine", "/new", "/return", first.StatusURL, second.StatusURL, second.StatusURL + "/revise", "/mine/export",
		"/threads/" + first.Thread, "/threads/" + second.Thread, "/threads/quillfeather?q=marigoldrow", "/preferences", "/privacy", "/topics/grief-and-loss/feed.atom"} {
		p.look(path)
	}
	return []receipt{first, second}
}

// canaries gives what must be nowhere, and the tags, which only the database holds.
func (p *passer) canaries(t *testing.T, h *house, phrase string) (private map[string]string, tags []string) {
	t.Helper()
	who, err := identity.ParsePhrase(phrase)
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(phrase)
	private = map[string]string{
		"the address": anAddress, "the agent": "Lanternfish", "the rest of the agent": "harbourbell",
		"the phrase": phrase, "the phrase in an address line": strings.Join(words, "+"), "the phrase, escaped": strings.Join(words, "%20"),
		"the beginning of the phrase": strings.Join(words[:4], " "), "the end of the phrase": strings.Join(words[7:], " "),
		"the 27 letters": who.Base32(), "the secret": string(who[:]), "the secret as hex": hex.EncodeToString(who[:]),
		"the secret as base64": base64.RawStdEncoding.EncodeToString(who[:]), "the secret as base64url": base64.RawURLEncoding.EncodeToString(who[:]),
	}
	for i, cookie := range p.cookies {
		private[fmt.Sprintf("cookie %d", i)] = cookie
	}
	if len(p.cookies) == 0 {
		t.Fatal("no cookie was ever set")
	}
	tags = h.tagsOf(t, phrase, takeDump(t, h.database))
	if len(tags) != 2 {
		t.Fatalf("there are %d tags, and the test expects 2", len(tags))
	}
	return private, tags
}

// notSaid looks through address lines and, for all but the phrase that a
// person's own pages show, through the answers.
func (p *passer) notSaid(t *testing.T, name, needle string) {
	t.Helper()
	for _, line := range p.lines {
		if strings.Contains(line, needle) {
			t.Errorf("%s is in the address %.200s", name, line)
		}
	}
	if strings.Contains(name, "phrase") || strings.Contains(name, "letters") {
		return
	}
	for _, body := range p.answers {
		if strings.Contains(body, needle) {
			t.Errorf("%s is in an answer: %.300s", name, body)
		}
	}
}

func notIn(t *testing.T, h *house, name, needle string) {
	t.Helper()
	notInLog(t, h, name, needle)
	notInFile(t, h.flags.Data, name, needle)
}

func notInLog(t *testing.T, h *house, name, needle string) {
	t.Helper()
	if strings.Contains(h.log.String(), needle) {
		t.Errorf("%s is in the log", name)
	}
}

func notInFile(t *testing.T, at, name, needle string) {
	t.Helper()
	if _, err := os.Stat(at); err != nil {
		return // not made, or folded into the file beside it
	}
	if found := dbtest.Find(t, at, needle); found != "" {
		t.Errorf("%s is in %s", name, filepath.Base(found))
	}
}
