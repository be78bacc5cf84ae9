package shell_test

import (
	"testing"

	"beenthere/forum/shell"
)

func TestCrossOrigin(t *testing.T) {
	const home, onion = "https://beenthere.example", "beenthereexample.onion"
	type row struct {
		name, origin string // origin is the configured one
		header       []string
		want         string // what the handler says, or "refused"
	}
	asForm, asJSON := []string{"Content-Type", formType}, []string{"Content-Type", "application/json"}
	with := func(kind []string, more ...string) []string { return append(append([]string{}, kind...), more...) }
	for _, r := range []row{
		{"same origin", "", with(asForm, "Sec-Fetch-Site", "same-origin"), "proven"},
		{"typed by the person", "", with(asForm, "Sec-Fetch-Site", "none"), "proven"},
		{"another site", "", with(asForm, "Sec-Fetch-Site", "cross-site"), "refused"},
		{"a sister host", "", with(asForm, "Sec-Fetch-Site", "same-site"), "refused"},
		{"a value nobody knows", "", with(asForm, "Sec-Fetch-Site", "moon"), "refused"},
		{"Sec-Fetch-Site counts before Origin", "", with(asForm, "Sec-Fetch-Site", "cross-site", "Origin", "http://x", "Host", "x"), "refused"},
		{"old browser, own host", "", with(asForm, "Origin", "http://x:80", "Host", "x:80"), "proven"},
		{"old browser, other host", "", with(asForm, "Origin", "http://y", "Host", "x"), "refused"},
		{"old browser, other port", "", with(asForm, "Origin", "http://x:81", "Host", "x:80"), "refused"},
		{"null origin", "", with(asForm, "Origin", "null"), "refused"},
		{"unreadable origin", "", with(asForm, "Origin", "http://%zz"), "refused"},
		{"configured origin", home, with(asForm, "Origin", home), "proven"},
		{"configured origin, only the host matches", home, with(asForm, "Origin", "http://x", "Host", "x"), "refused"},
		{"configured origin without its s", home, with(asForm, "Origin", "http://beenthere.example"), "refused"},
		{"onion", home, with(asForm, "Origin", "http://"+onion, "Host", onion), "proven"},
		{"onion with the clearnet origin", home, with(asForm, "Origin", home, "Host", onion), "refused"},
		{"a form that tells nothing", "", asForm, "unproven"},
		{"JSON that tells nothing", "", asJSON, "refused"},
		{"JSON that tells nothing, with a charset", "", []string{"Content-Type", "Application/JSON; charset=utf-8"}, "refused"},
		{"JSON, same origin", "", with(asJSON, "Sec-Fetch-Site", "same-origin"), "proven"},
		{"JSON, own host", "", with(asJSON, "Origin", "http://x", "Host", "x"), "proven"},
	} {
		t.Run(r.name, func(t *testing.T) {
			h := open(t, func(c *shell.Config) { c.Origin, c.Onion = r.origin, onion })
			res, body := h.post(t, "/ticketed", "", r.header...)
			if res.StatusCode == 403 {
				body = "refused"
			}
			if body != r.want {
				t.Errorf("%s, want %s", body, r.want)
			}
		})
	}
}

func TestReadingIsNeverRefusedByOrigin(t *testing.T) {
	h := open(t, nil)
	if res, _ := h.get(t, "/", "Sec-Fetch-Site", "cross-site", "Origin", "https://elsewhere.example"); res.StatusCode != 200 {
		t.Fatal(res.StatusCode)
	}
}
