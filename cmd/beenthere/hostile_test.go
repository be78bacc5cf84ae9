package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"beenthere/forum/shell"
)

// Requests as nobody kind would send them, over every route: whatever comes,
// the answer is one of ours, with its headers, its help lines and no trouble;
// it shows nothing unescaped and no secret, and the log holds nothing of it.
// Some thousands are sent here; BEENTHERE_TEST_HOSTILE=5m sends them for longer.
func TestHostileRequests(t *testing.T) {
	w := &witness{t: t, seen: map[string]bool{}}
	h := start(t, t.TempDir(), time.Now, func(f *serveFlags) { f.Limits = "off" }, w.stand)
	e := meetEnemy(t, h)
	for seed, until := uint64(1), patienceWithEnemies(t); seed <= 25 || time.Now().Before(until); seed++ {
		e.Rand, e.seed = rand.New(rand.NewPCG(seed, 7)), seed
		for range 60 {
			e.strike()
		}
		if t.Failed() {
			t.Fatalf("that was seed %d", seed)
		}
	}
	t.Logf("answers by status: %v", e.told)
	for _, word := range []string{mark, "zqhushed", e.phrase, "panic"} {
		if strings.Contains(h.log.String(), word) {
			t.Errorf("the log holds %q", word)
		}
	}
	if e.told[0] > e.all/10 {
		t.Errorf("%d of %d requests got no answer at all", e.told[0], e.all)
	}
	h.visitor(t).get("/").want(t, 200)
}

func patienceWithEnemies(t *testing.T) time.Time {
	wish := os.Getenv("BEENTHERE_TEST_HOSTILE")
	if wish == "" {
		return time.Time{}
	}
	d, err := time.ParseDuration(wish)
	if err != nil {
		t.Fatal(err)
	}
	return time.Now().Add(d)
}

// mark must come back escaped or not at all.
const mark = `<zqmark a="`

// enemy sends what a seed says.
type enemy struct {
	*rand.Rand
	t       *testing.T
	h       *house
	seed    uint64
	routes  []shell.Route
	takes   map[string][]string // by method and pattern
	ids     []string
	tickets []string
	cookies []string // of an author and of a lead
	phrase  string
	told    map[int]int
	all     int
}

// meetEnemy gives an enemy that knows all there is to know: ids, tickets, and
// the cookies of an author and a lead.
func meetEnemy(t *testing.T, h *house) *enemy {
	author, lead := h.visitor(t), h.moderator(t, "maren", "lead")
	story := author.write("Six months without my dad", "I still set the table for two some evenings.")
	read := lead.next()
	lead.decide(read, "approve", nil).want(t, 200)
	author.write("A second winter", "This one waits while the others are read.")
	waiting := lead.next()
	e := &enemy{t: t, h: h, routes: h.Shell.Routes(), takes: map[string][]string{}, phrase: story.Phrase, told: map[int]int{},
		ids: []string{story.Thread, story.Post, read.Item, read.Post, waiting.Item, waiting.Post, "grief-and-loss", "gb", "unclear", "suicide"}}
	for _, page := range []string{"/new", "/return", "/threads/" + story.Thread, "/mine", story.StatusURL, "/preferences"} {
		for _, input := range inputOf.FindAllStringSubmatch(author.page(page).body, -1) {
			if input[1] == "ticket" {
				e.tickets = append(e.tickets, input[2])
			}
		}
	}
	for _, v := range []*visitor{author, lead} {
		for name, value := range v.cookies {
			e.cookies = append(e.cookies, name+"="+value)
		}
	}
	e.learnFields()
	eventually(t, "search answers", func() bool { return author.post("/search", map[string]any{"q": "table"}).status == 200 })
	return e
}

// learnFields reads from the description which fields each route takes.
func (e *enemy) learnFields() {
	var said struct {
		Shapes map[string]map[string]any
		Routes map[string]struct{ Takes any }
	}
	if err := json.Unmarshal(routes, &said); err != nil {
		e.t.Fatal(err)
	}
	for key, route := range said.Routes {
		takes, _ := route.Takes.(map[string]any)
		if name, ok := route.Takes.(string); ok {
			takes = said.Shapes[name]
		}
		for name := range takes {
			e.takes[key] = append(e.takes[key], strings.TrimSuffix(name, "?"))
		}
		slices.Sort(e.takes[key])
	}
}

// strike sends one request and judges the answer.
func (e *enemy) strike() {
	route := e.routes[e.IntN(len(e.routes))]
	sent := e.request(route)
	e.all++
	conn, err := net.Dial("tcp", strings.TrimPrefix(e.h.URL(), "http://"))
	if err != nil {
		e.t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(30 * time.Second)); err != nil {
		e.t.Fatal(err)
	}
	go func() { // an answer may come before everything is sent
		_, _ = conn.Write(sent)
		_ = conn.(*net.TCPConn).CloseWrite()
	}()
	head := bytes.HasPrefix(sent, []byte("HEAD"))
	method := http.MethodPost
	if head {
		method = http.MethodHead
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	for err == nil && answer.StatusCode == 100 {
		answer, err = http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
	}
	if err != nil {
		e.told[0]++
		return
	}
	body, _ := io.ReadAll(answer.Body)
	e.told[answer.StatusCode]++
	e.judge(sent, answer, string(body), head)
}

func (e *enemy) judge(sent []byte, answer *http.Response, body string, head bool) {
	wrong := func(what string) {
		e.t.Errorf("%s: %d\nsent %.1500q\ngot %.600s", what, answer.StatusCode, sent, body)
	}
	isPage := strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html")
	switch {
	case answer.StatusCode >= 500:
		wrong("our own trouble")
	case answer.Header.Get("Content-Security-Policy") == "" || answer.Header.Get("X-Content-Type-Options") != "nosniff" || answer.Header.Get("Referrer-Policy") == "":
		wrong("headers are missing")
	case !ourOwn(answer.Header.Get("Location")):
		wrong("sent away by a stranger")
	case isPage && strings.Contains(body, mark):
		wrong("shown unescaped")
	case answer.StatusCode >= 400 && !head && isPage && !strings.Contains(body, `href="/help"`):
		wrong("no help lines")
	case answer.StatusCode >= 400 && !head && !isPage && !json.Valid([]byte(body)):
		wrong("neither a page nor JSON")
	case answer.StatusCode >= 400 && strings.Contains(body, "zqhushed") && !isPage:
		wrong("an error says what was sent")
	}
}

// ourOwn tells whether an address leads nowhere but here, or away as we chose.
func ourOwn(address string) bool {
	return address == "" || address == "https://www.wikipedia.org/" ||
		strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//") && !strings.HasPrefix(address, "/\\")
}

// pick gives one of several.
func pick[T any](e *enemy, from ...T) T { return from[e.IntN(len(from))] }

// odd gives a value that somebody may not have thought of.
func (e *enemy) odd() string {
	return pick(e, "", "0", "-1", "9223372036854775808", "1e999", "true", "null", "NaN", "zqhushed", mark, mark+"zqhushed", "\x00", "a\x00b", "\xff\xfe", "\xed\xa0\x80",
		"../../etc/passwd", "..\\..", "%", "%00", "%ff", "%zz", "' OR 1=1 --", "\"; DROP TABLE posts", "{{.}}", "${7*7}", "http://evil.example", "//evil.example", "javascript:alert(1)",
		"\r\nX-Zq: 1", "\u202e\u200b", "🕯️", strings.Repeat("a", e.IntN(3000)), strings.Repeat("é\u0301", 400), strings.Repeat("%41", 300), strings.Repeat("[", 500), strings.Repeat("> ", 800),
		strings.Repeat("*_`", 500), "<script>zqhushed</script>", "![x](http://evil.example/a.png)", pick(e, e.ids...), pick(e, e.tickets...), e.forged(pick(e, e.tickets...)),
		"post", "edit", "now", "quietly", "open", "approve", "suggest", "return", "written", "show", "been-there", e.phrase)
}

// forged changes one letter of something sealed, or cuts it.
func (e *enemy) forged(sealed string) string {
	b := []byte(sealed)
	switch i := e.IntN(len(b)); e.IntN(4) {
	case 0:
		return string(b[:i])
	case 1:
		return string(b) + "A"
	case 2:
		b[i] = byte(e.IntN(256))
	default:
		b[i] ^= 1
	}
	return string(b)
}
