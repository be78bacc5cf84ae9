package shell_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"beenthere/forum/fault"
	"beenthere/forum/shell"
)

// bind reads a body as a handler would.
func bind(t testing.TB, contentType, body string) (noteForm, error) {
	t.Helper()
	app := fiber.New(fiber.Config{Immutable: true})
	request := &fasthttp.RequestCtx{}
	request.Request.Header.SetContentType(contentType)
	request.Request.SetBodyString(body)
	c := app.AcquireCtx(request)
	defer app.ReleaseCtx(c)
	var form noteForm
	err := shell.Bind(c, &form)
	return form, err
}

func TestBind(t *testing.T) {
	want := noteForm{Text: "thé & <b>", Tags: []string{"a", "b"}, Safe: true, Page: 2}
	for name, c := range map[string]struct{ kind, body string }{
		"form":              {formType, "text=th%C3%A9+%26+%3Cb%3E&tags=a&tags=b&safe=on&page=2&unknown=1"},
		"form with charset": {formType + "; charset=UTF-8", "text=th%C3%A9+%26+%3Cb%3E&tags=a&tags=b&safe=1&page=2"},
		"json":              {"application/json", `{"text":"thé & <b>","tags":["a","b"],"safe":true,"page":2,"unknown":{}}`},
	} {
		if got, err := bind(t, c.kind, c.body); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v %v", name, got, err)
		}
	}
	if got, err := bind(t, "", ""); err != nil || !reflect.DeepEqual(got, noteForm{}) {
		t.Errorf("nothing: %+v %v", got, err)
	}
}

// What cannot be taken is said beside its field, and the words come back.
func TestBindKeepsTheWords(t *testing.T) {
	for name, c := range map[string]struct {
		kind, body string
		status     int
		field      string
		text       string
	}{
		"invalid UTF-8":         {formType, "text=a%FFb", 422, "text", "ab"},
		"NUL":                   {formType, "text=a%00b", 422, "text", "ab"},
		"NUL in a list":         {formType, "text=x&tags=%00", 422, "tags", "x"},
		"a word for a number":   {formType, "text=x&page=two", 422, "page", "x"},
		"a huge number":         {formType, "text=x&page=99999999999999999999", 422, "page", "x"},
		"a broken escape":       {formType, "text=x&y=%zz", 422, "", "x"},
		"a semicolon":           {formType, "text=x&a;b", 422, "", "x"},
		"too many fields":       {formType, "text=x" + strings.Repeat("&a=b", 400), 422, "", ""},
		"json NUL":              {"application/json", `{"text":"a\u0000b"}`, 422, "text", "ab"},
		"json invalid UTF-8":    {"application/json", "{\"text\":\"a\xffb\"}", 422, "", "ab"},
		"json of another shape": {"application/json", `{"text":["a"]}`, 422, "", ""},
		"half a json":           {"application/json", `{"text":"a`, 422, "", ""},
		"two jsons":             {"application/json", `{"text":"a"}{}`, 422, "", ""},
		"deep json":             {"application/json", strings.Repeat("[", 60_000), 422, "", ""},
		"multipart":             {"multipart/form-data; boundary=x", "--x--", 415, "", ""},
		"text":                  {"text/plain", `{"text":"a"}`, 415, "", ""},
		"another charset":       {formType + "; charset=latin1", "text=a", 415, "", ""},
		"a body of no type":     {"", "text=a", 415, "", ""},
	} {
		got, err := bind(t, c.kind, c.body)
		if shell.Status(err) != c.status || !fault.Is(err, fault.Invalid) || got.Text != c.text {
			t.Errorf("%s: %q, status %d, %v", name, got.Text, shell.Status(err), err)
		}
		if _, named := shell.Fields(err)[c.field]; c.field != "" && !named {
			t.Errorf("%s: nothing beside %s: %v", name, c.field, shell.Fields(err))
		}
	}
}

// The form comes back with status 422, its words and the sentence; a program
// gets the error alone.
func TestFormComesBack(t *testing.T) {
	h := open(t, nil)
	res, body := h.post(t, "/notes", "text=my+words%00", "Content-Type", formType)
	if res.StatusCode != 422 || !strings.Contains(body, "<h1>my words</h1>") || !strings.Contains(body, "<i>There are characters") {
		t.Error(res.StatusCode, body)
	}
	res, body = h.post(t, "/notes", `{"text":"my words\u0000"}`, "Content-Type", "application/json", "Sec-Fetch-Site", "none")
	var answer struct {
		Error, Tell string
		Fields      map[string]string
	}
	if err := json.Unmarshal([]byte(body), &answer); err != nil || res.StatusCode != 422 || answer.Error != "invalid" || answer.Tell == "" || answer.Fields["text"] == "" {
		t.Error(res.StatusCode, body, err)
	}
}

func FuzzBind(f *testing.F) {
	f.Add(formType, "text=a&tags=b&safe=on&page=1")
	f.Add("application/json", `{"text":"a","tags":["b"],"page":1}`)
	f.Add("application/json; charset=utf-8", "{\"text\":\"\xff\"}")
	f.Add(formType, "text=%00%ff&a;b&%zz")
	f.Fuzz(func(t *testing.T, kind, body string) {
		got, err := bind(t, kind, body)
		for _, text := range append(got.Tags, got.Text) {
			if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
				t.Fatalf("let %q through with %v", text, err)
			}
		}
		if err != nil && !fault.Is(err, fault.Invalid) {
			t.Fatalf("not the sender's mistake: %v", err)
		}
	})
}
