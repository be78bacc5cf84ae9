package shell_test

import (
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"beenthere/forum/shell"
)

func wants(accept, contentType string) bool {
	app := fiber.New()
	request := &fasthttp.RequestCtx{}
	request.Request.Header.Set("Accept", accept)
	request.Request.Header.SetContentType(contentType)
	c := app.AcquireCtx(request)
	defer app.ReleaseCtx(c)
	return shell.WantsJSON(c)
}

func TestWantsJSON(t *testing.T) {
	for accept, want := range map[string]bool{
		"":                 false,
		"*/*":              false,
		"text/html":        false,
		"application/json": true,
		"APPLICATION/JSON": true,
		"text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8": false,
		"application/json, text/plain, */*":                                          true,
		"application/json;q=0.5, text/html":                                          false,
		"text/html;q=0.5, application/json":                                          true,
		"text/html;q=0.5, application/json;q=0.6":                                    true,
		"application/json, text/html":                                                true,
		"text/html, application/json":                                                false,
		"text/html, */*;q=0.1":                                                       false,
		"application/*":                                                              true,
		"text/*, application/*;q=0.9":                                                false,
		"application/json;q=0, */*":                                                  false,
		"text/html;q=0, */*":                                                         true,
		"application/json;q=2":                                                       false,
		"application/json;q=nan":                                                     false,
		"application/json ; charset=utf-8 ; Q=1.0":                                   true,
		"image/png":                 false,
		"application/activity+json": false,
	} {
		if got := wants(accept, ""); got != want {
			t.Errorf("%q: %v", accept, got)
		}
	}
	if !wants("*/*", "application/json") || !wants("", "application/json") || wants("text/html", "application/json") {
		t.Error("a program that sends JSON and does not say what it takes gets JSON")
	}
}

func FuzzAccept(f *testing.F) {
	f.Add("text/html;q=0.9, application/json;q=0.8, */*;q=0.1")
	f.Add(",;=,q=;q=1;")
	f.Fuzz(func(t *testing.T, accept string) {
		if wants(accept, "") && !wants(accept, "application/json") {
			t.Fatal("sending JSON made it want JSON less")
		}
	})
}
