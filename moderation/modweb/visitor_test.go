package modweb_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"beenthere/moderation"
	"beenthere/moderation/account"
)

// browser is somebody at a desk, with cookies of their own.
type browser struct {
	h       *house
	cookies map[string]string
	header  map[string]string // instead of what browsers send with a form
}

func (h *house) stranger() *browser { return &browser{h: h, cookies: map[string]string{}} }

const password = "four quiet unrelated words"

// enrolment is what an accepted invitation answers.
type enrolment struct {
	Secret   string   `json:"totp_secret"`
	Recovery []string `json:"recovery"`
}

func (h *house) enrol(name string, role account.Role) (*browser, enrolment) {
	h.t.Helper()
	token, err := h.room.Invite(h.t.Context(), moderation.Staff{}, name, role)
	h.must(err)
	b := h.stranger()
	var e enrolment
	b.post("/desk/invite/"+token, map[string]any{"password": password}).want(201).into(&e)
	return b, e
}

func (h *house) staff(name string, role account.Role) *browser {
	b, _ := h.enrol(name, role)
	return b
}

func code(t testing.TB, secret string, at time.Time) string {
	t.Helper()
	c, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// answer is what came back.
type answer struct {
	t      testing.TB
	status int
	header http.Header
	body   string
}

func (a answer) want(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("status %d, want %d: %.900s", a.status, status, a.body)
	}
	a.leads()
	return a
}

// leads fails when the summary of what needs another look leads nowhere, or
// the page's title does not say that there is one.
func (a answer) leads() {
	a.t.Helper()
	_, box, there := strings.Cut(a.body, `<div class="box wrong" id="trouble"`)
	if !there {
		return
	}
	if !strings.Contains(a.body, "<title>Please check: ") && a.status != 429 && a.status != 503 {
		a.t.Errorf("the title does not say that something needs another look: %.300s", a.body)
	}
	box, _, _ = strings.Cut(box, "</div>")
	for _, link := range regexp.MustCompile(`href="#([^"]*)"`).FindAllStringSubmatch(box, -1) {
		if strings.Count(a.body, ` id="`+link[1]+`"`) != 1 {
			a.t.Errorf("the summary leads to #%s, which the page does not hold once: %s", link[1], a.body)
		}
	}
}

func (a answer) into(target any) {
	a.t.Helper()
	if err := json.Unmarshal([]byte(a.body), target); err != nil {
		a.t.Fatalf("not JSON: %v: %.300s", err, a.body)
	}
}

func (a answer) fields() (all map[string]any) {
	a.t.Helper()
	a.into(&all)
	return all
}

// has fails unless the page holds each of the texts.
func (a answer) has(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			a.t.Fatalf("no %q in %s", text, a.body)
		}
	}
	return a
}

func (a answer) hasNot(texts ...string) answer {
	a.t.Helper()
	for _, text := range texts {
		if strings.Contains(a.body, text) {
			a.t.Fatalf("%q is in %s", text, a.body)
		}
	}
	return a
}

func (b *browser) do(method, path, contentType, accept, body string) answer {
	b.h.t.Helper()
	req, err := http.NewRequest(method, "http://desk.test"+path, strings.NewReader(body))
	b.h.must(err)
	if method == http.MethodPost {
		req.Header.Set("Content-Type", contentType)
		if b.header == nil {
			req.Header.Set("Sec-Fetch-Site", "same-origin")
		}
	}
	for name, value := range b.header {
		req.Header.Set(name, value)
	}
	req.Header.Set("Accept", accept)
	for name, value := range b.cookies {
		req.AddCookie(&http.Cookie{Name: name, Value: value})
		req.AddCookie(&http.Cookie{Name: strings.TrimPrefix(name, "__Host-"), Value: value})
	}
	res, err := b.h.shell.App().Test(req, -1)
	b.h.must(err)
	defer res.Body.Close()
	content, err := io.ReadAll(res.Body)
	b.h.must(err)
	for _, c := range res.Cookies() {
		if c.Value == "" || c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c.Value
		}
	}
	return answer{b.h.t, res.StatusCode, res.Header, string(content)}
}

func (b *browser) get(path string) answer {
	b.h.t.Helper()
	return b.do("GET", path, "", "application/json", "")
}

func (b *browser) page(path string) answer {
	b.h.t.Helper()
	return b.do("GET", path, "", "text/html", "")
}

func (b *browser) post(path string, body any) answer {
	b.h.t.Helper()
	content, err := json.Marshal(body)
	b.h.must(err)
	return b.do("POST", path, "application/json", "application/json", string(content))
}

func (b *browser) form(path string, fields map[string]string) answer {
	b.h.t.Helper()
	values := url.Values{}
	for name, value := range fields {
		values.Set(name, value)
	}
	return b.do("POST", path, "application/x-www-form-urlencoded", "text/html", values.Encode())
}

// follow asks for the page that an answer sends to.
func (b *browser) follow(a answer) answer {
	b.h.t.Helper()
	return b.page(a.want(303).header.Get("Location"))
}

// item is what the desk hands out.
type item struct {
	Item     string `json:"item"`
	Token    string `json:"token"`
	Post     string `json:"post"`
	Revision int    `json:"revision"`
	Lane     string `json:"lane"`
}

func (b *browser) next() (i item) {
	b.h.t.Helper()
	b.post("/desk/next", map[string]any{}).want(200).into(&i)
	return i
}

func (i item) fields(decision string, more ...string) map[string]string {
	f := map[string]string{"token": i.Token, "revision": fmt.Sprint(i.Revision), "decision": decision}
	for n := 0; n+1 < len(more); n += 2 {
		f[more[n]] = more[n+1]
	}
	return f
}

func (i item) json(decision string, more ...string) map[string]any {
	f := map[string]any{}
	for name, value := range i.fields(decision, more...) {
		f[name] = value
	}
	f["revision"] = i.Revision
	return f
}
