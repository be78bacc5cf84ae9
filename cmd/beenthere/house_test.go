package main

import (
	"context"
	"log/slog"
	"net/url"
	"path"
	"regexp"
	"testing"
	"time"
)

// house is the whole program, on a free port and a folder of the test.
type house struct {
	*Program
	flags serveFlags
	log   *log
}

// open starts the program in dir with changed flags and stops it at the end of
// the test.
func open(t testing.TB, dir string, change func(*serveFlags)) *house {
	t.Helper()
	return start(t, dir, time.Now, change)
}

// start is open at another time than now. What prepare does comes before
// anybody is answered.
func start(t testing.TB, dir string, now func() time.Time, change func(*serveFlags), prepare ...func(*house)) *house {
	t.Helper()
	flags := serveFlags{Listen: "127.0.0.1:0", Limits: "on", Site: "Beenthere"}
	flags.Data, flags.Database = dir, databaseOf(t, dir)
	if change != nil {
		change(&flags)
	}
	h := &house{flags: flags, log: &log{}}
	var err error
	if h.Program, err = Open(t.Context(), flags, logger(h.log, slog.LevelDebug), now); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.stop)
	t.Cleanup(func() { h.tell(t) })
	for _, do := range prepare {
		do(h)
	}
	if err := h.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) stop() {
	ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
	defer cancel()
	h.Stop(ctx)
}

// visitor gives a new browser at the house's door.
func (h *house) visitor(t testing.TB) *visitor { return newVisitor(t, h.URL()) }

// moderator invites somebody, who sets a password and is signed in.
func (h *house) moderator(t testing.TB, name, role string) *visitor {
	t.Helper()
	token, err := h.Invite(t.Context(), name, role)
	if err != nil {
		t.Fatal(err)
	}
	v := h.visitor(t)
	var enrolled struct {
		Secret   string   `json:"totp_secret"`
		Recovery []string `json:"recovery"`
	}
	v.post("/desk/invite/"+token, map[string]string{"password": "a long enough sentence for " + name}).want(t, 201).into(t, &enrolled)
	if enrolled.Secret == "" || len(enrolled.Recovery) == 0 {
		t.Fatal("the invitation gave no second factor")
	}
	return v
}

// receipt is the answer to something sent.
type receipt struct {
	Thread    string `json:"thread"`
	Post      string `json:"post"`
	Revision  int    `json:"revision"`
	Status    string `json:"status"`
	StatusURL string `json:"status_url"`
	Phrase    string `json:"phrase"`
}

// item is what the desk hands out.
type item struct {
	Item     string `json:"item"`
	Token    string `json:"token"`
	Post     string `json:"post"`
	Revision int    `json:"revision"`
	Lane     string `json:"lane"`
	Title    string `json:"title"`
	HTML     string `json:"html"`
	Text     string `json:"text"`
}

// write sends a story about loss, as JSON.
func (v *visitor) write(title, body string) receipt {
	v.t.Helper()
	var r receipt
	v.post("/threads", map[string]any{"topic": "grief-and-loss", "title": title, "body": body, "wants": "similar"}).want(v.t, 201).into(v.t, &r)
	return r
}

// next waits until the desk hands out an item.
func (v *visitor) next() item {
	v.t.Helper()
	var i item
	eventually(v.t, "something waits at the desk", func() bool {
		a := v.post("/desk/next", map[string]any{})
		if a.status == 204 {
			return false
		}
		a.want(v.t, 200).into(v.t, &i)
		return true
	})
	return i
}

// decide sends a decision about an item.
func (v *visitor) decide(i item, decision string, more map[string]any) answer {
	v.t.Helper()
	body := map[string]any{"token": i.Token, "revision": i.Revision, "decision": decision}
	for k, value := range more {
		body[k] = value
	}
	return v.post("/desk/items/"+i.Item+"/decide", body)
}

// status asks for the state that the author is told.
func (v *visitor) status(r receipt) string {
	v.t.Helper()
	var s struct {
		Status string `json:"status"`
	}
	v.get(r.StatusURL).want(v.t, 200).into(v.t, &s)
	return s.Status
}

// found tells whether a search brings the thread. An engine that is being set
// up finds nothing yet.
func (v *visitor) found(words, thread string) bool {
	v.t.Helper()
	var results struct {
		Results []struct {
			Thread string `json:"thread"`
		} `json:"results"`
	}
	a := v.post("/search", map[string]any{"q": words})
	if a.status == 503 || a.status == 429 { // asked again and again, faster than anybody searches
		return false
	}
	a.want(v.t, 200).into(v.t, &results)
	for _, r := range results.Results {
		if r.Thread == thread {
			return true
		}
	}
	return false
}

// inputs reads the hidden and filled fields of the form with an action.
var (
	formOf  = regexp.MustCompile(`(?s)<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>`)
	inputOf = regexp.MustCompile(`<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"`)
	nameOf  = regexp.MustCompile(`<(?:input|select|textarea|button)[^>]* name="([^"]*)"`)
)

// hidden gives the fields that a form brings along, its ticket among them.
func hidden(t testing.TB, page answer, action string) url.Values {
	t.Helper()
	for _, form := range formOf.FindAllStringSubmatch(page.body, -1) {
		if ok, _ := path.Match(action, form[1]); !ok {
			continue
		}
		fields := url.Values{}
		for _, input := range inputOf.FindAllStringSubmatch(form[2], -1) {
			fields.Set(input[1], input[2])
		}
		return fields
	}
	t.Fatalf("no form for %s on the page: %.400s", action, page.body)
	return nil
}

// tell prints what the program logged when a test has failed.
func (h *house) tell(t testing.TB) {
	if t.Failed() {
		t.Log(h.log.String())
	}
}
