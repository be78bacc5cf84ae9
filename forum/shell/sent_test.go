package shell_test

import (
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/shell"
)

const confided = "I wrote this for an hour.\n\nIt is <all> I have & it is late."

// breaking is a route that fails in the ways a handler can.
func breaking(h *house) {
	h.Route("POST", "/breaks", "breaks", shell.Personal, func(c *fiber.Ctx) error {
		if c.Query("how") == "panic" {
			panic("canary")
		}
		return http.ErrBodyNotAllowed
	})
}

// Whatever goes wrong behind a form, the words in it come back with the answer:
// Firefox keeps nothing of a page that may not be stored.
func TestWordsComeBackWithAnyAnswer(t *testing.T) {
	h := open(t, nil, breaking)
	form := url.Values{"title": {"A title"}, "body": {confided}, "phrase": {"secret phrase"}, "password": {"secret password"}, "ticket": {"sealed"}}
	send := func(path string, header ...string) (int, string) {
		res, body := h.post(t, path, form.Encode(), append([]string{"Content-Type", formType, "Origin", h.url}, header...)...)
		return res.StatusCode, html.UnescapeString(body)
	}
	given := func(name, body string) {
		t.Helper()
		if !strings.Contains(body, "<textarea readonly") || !strings.Contains(body, "A title\n\n"+confided) {
			t.Errorf("%s: the words did not come back: %s", name, body)
		}
		if strings.Contains(body, "secret") || strings.Contains(body, "sealed") {
			t.Errorf("%s: more than words came back: %s", name, body)
		}
	}
	for path, status := range map[string]int{"/breaks": 500, "/breaks?how=panic": 500, "/no-such-page": 404} {
		got, body := send(path)
		if got != status {
			t.Errorf("%s: %d", path, got)
		}
		if path != "/no-such-page" { // nobody reads a body that goes nowhere
			given(path, body)
		}
	}
	if got, body := send("/breaks", "Origin", "http://elsewhere.example"); got != 403 || strings.Contains(body, "for an hour") {
		t.Errorf("from another site: %d %s", got, body)
	}
	if got, body := send("/breaks", "Accept", "application/json"); got != 500 || strings.Contains(body, "for an hour") {
		t.Errorf("JSON: %d %s", got, body)
	}
	for range 500 {
		if got, body := send("/breaks"); got == 429 {
			given("limit", body)
			return
		}
	}
	t.Error("five hundred forms in no time were all taken")
}

// So do those of a form that is too large to take, while there is room.
func TestWordsOfTooMuchComeBack(t *testing.T) {
	h := open(t, nil)
	long := strings.Repeat("word ", 100_000) + "the end"
	res, body := h.post(t, "/notes", url.Values{"text": {long}}.Encode(), "Content-Type", formType, "Origin", h.url)
	if res.StatusCode != 413 || !strings.Contains(body, long) {
		t.Errorf("%d, %d bytes", res.StatusCode, len(body))
	}
}
