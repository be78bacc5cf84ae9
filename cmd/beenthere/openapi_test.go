package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/valyala/fasthttp"

	"beenthere/forum/shell"
)

// The description is whole: every route is in it and says what it does, takes
// and gives, and it names nothing that does not exist.
func TestEveryRouteIsDescribed(t *testing.T) {
	h := open(t, t.TempDir(), nil)
	var said struct {
		Routes map[string]struct{ Does string }
	}
	if err := json.Unmarshal(routes, &said); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, route := range h.Shell.Routes() {
		key := route.Method + " " + route.Pattern
		if said.Routes[key].Does == "" {
			t.Errorf("%s is not described: say in routes.json what it does, takes and gives", key)
		}
		delete(said.Routes, key)
		if ids[route.Name] {
			t.Errorf("two routes are called %q", route.Name)
		}
		ids[route.Name] = true
	}
	for key := range said.Routes {
		t.Errorf("%s is described and does not exist", key)
	}
	h.visitor(t).get("/openapi.json").want(t, 200)
}

// What the program answers on the way of a story, and on every page that a
// lead can open, is as its description says; so are the forms on its pages.
func TestAnswersAreAsDescribed(t *testing.T) {
	w := &witness{t: t, seen: map[string]bool{}}
	h := start(t, t.TempDir(), time.Now, nil, w.stand)
	lead := h.moderator(t, "tomasz", "lead")
	author := h.visitor(t)
	story := author.write("The first winter", "The garden does what it wants without you, and I let it.")
	w.lookEverywhere(h, story, author, lead)
	read := lead.next()
	lead.page("/desk/items/"+read.Item).want(t, 200)
	lead.decide(read, "approve", nil).want(t, 200)
	w.lookEverywhere(h, story, author, lead)
	lead.get("/desk/items/"+read.Item+"/done").want(t, 200)
	author.post("/search", map[string]any{"q": "garden"}).want(t, 200)
	author.post("/threads/"+story.Thread+"/replies", map[string]any{"body": "You said it.", "preview": true}).want(t, 200)
	author.post("/posts/"+publicID(t, author, story)+"/reactions", map[string]any{"kind": "been-there"})
	author.post("/leave", map[string]any{}).want(t, 200)

	journey(t, start(t, t.TempDir(), time.Now, nil, w.stand))
	never := []string{"/assets/:hash/:name", "/exit", "/desk/live"} // no pages
	for _, route := range h.Shell.Routes() {
		if route.Method == "GET" && !w.seen[route.Pattern] && !slices.Contains(never, route.Pattern) {
			t.Errorf("nobody looked at %s", route.Pattern)
		}
	}
}

func publicID(t *testing.T, v *visitor, story receipt) string {
	t.Helper()
	var page struct{ Posts []struct{ Post string } }
	v.get("/threads/"+story.Thread).want(t, 200).into(t, &page)
	return page.Posts[0].Post
}

// witness holds every answer of a house against its description.
type witness struct {
	t      *testing.T
	mu     sync.Mutex
	routes []shell.Route
	doc    map[string]any
	seen   map[string]bool // patterns that answered 200
	known  map[string]*jsonschema.Schema
	book   *jsonschema.Compiler
}

// stand puts the witness where every answer passes.
func (w *witness) stand(h *house) {
	answer, err := h.Shell.App().Test(httptest.NewRequest("GET", "/openapi.json", nil), -1)
	if err != nil {
		w.t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(answer.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	closed(doc)
	w.doc, w.routes, w.known, w.book = doc.(map[string]any), h.Shell.Routes(), map[string]*jsonschema.Schema{}, jsonschema.NewCompiler()
	if err := w.book.AddResource("mem:///api", doc); err != nil {
		w.t.Fatal(err)
	}
	server := h.Shell.App().Server()
	inside := server.Handler
	server.Handler = func(ctx *fasthttp.RequestCtx) {
		inside(ctx)
		if !ctx.Response.IsBodyStream() {
			w.look(string(ctx.Method()), string(ctx.URI().PathOriginal()), &ctx.Response)
		}
	}
}

// closed allows no field that is not described.
func closed(value any) {
	switch value := value.(type) {
	case map[string]any:
		if value["properties"] != nil && value["additionalProperties"] == nil {
			value["additionalProperties"] = false
		}
		for _, inner := range value {
			closed(inner)
		}
	case []any:
		for _, inner := range value {
			closed(inner)
		}
	}
}

// look holds one answer against what its route says.
func (w *witness) look(method, path string, answer *fasthttp.Response) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if method == "HEAD" {
		return
	}
	i := slices.IndexFunc(w.routes, func(r shell.Route) bool { return r.Method == method && matches(r.Pattern, path) })
	if i < 0 {
		return
	}
	route, status := w.routes[i], fmt.Sprint(answer.StatusCode())
	if w.described(route, "summary") == "" {
		return // TestEveryRouteIsDescribed says so
	}
	w.seen[route.Pattern] = w.seen[route.Pattern] || answer.StatusCode() < 400
	kind := string(answer.Header.ContentType())
	switch {
	case strings.HasPrefix(kind, "text/html") && answer.StatusCode() != 303:
		w.forms(path, string(answer.Body()))
	case !strings.HasPrefix(kind, "application/json") || route.Pattern == "/openapi.json":
	default:
		w.holds(route, status, answer.Body())
	}
	unusual := []string{"400", "405", "408", "411", "413", "415", "431", "500", "503"} // told as default
	if w.described(route, "responses", status) == nil && !slices.Contains(unusual, status) {
		w.t.Errorf("%s %s answers %s, which is not described", method, route.Pattern, status)
	}
}

// holds validates a body.
func (w *witness) holds(route shell.Route, status string, body []byte) {
	if w.described(route, "responses", status) == nil {
		status = "default"
	}
	at := fmt.Sprintf("mem:///api#/paths/%s/%s/responses/%s/content/application~1json/schema",
		url.PathEscape(strings.ReplaceAll(bracedPath(route.Pattern), "/", "~1")), strings.ToLower(route.Method), status)
	if w.known[at] == nil {
		compiled, err := w.book.Compile(at)
		if err != nil {
			w.t.Errorf("%s %s %s: %v", route.Method, route.Pattern, status, err)
			return
		}
		w.known[at] = compiled
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err == nil {
		err = w.known[at].Validate(value)
	}
	if err != nil {
		w.t.Errorf("%s %s answers %s, and not as described: %v", route.Method, route.Pattern, status, err)
	}
}

// forms checks that every field on a page is one that its route says it takes.
func (w *witness) forms(path, page string) {
	for _, form := range formOf.FindAllStringSubmatch(page, -1) {
		action, _, _ := strings.Cut(form[1], "?")
		i := slices.IndexFunc(w.routes, func(r shell.Route) bool { return r.Method == "POST" && matches(r.Pattern, action) })
		if i < 0 {
			continue // a form that asks by GET
		}
		takes, _ := json.Marshal(w.deref(w.described(w.routes[i], "requestBody", "content", "application/json", "schema")))
		for _, name := range nameOf.FindAllStringSubmatch(form[2], -1) {
			if !bytes.Contains(takes, []byte(`"`+name[1]+`":`)) {
				w.t.Errorf("the page %s sends the field %q to %s, which does not say that it takes it", path, name[1], w.routes[i].Pattern)
			}
		}
	}
}

// described follows names into what the description says of a route.
func (w *witness) described(route shell.Route, names ...string) (at any) {
	at = w.doc["paths"].(map[string]any)[bracedPath(route.Pattern)].(map[string]any)[strings.ToLower(route.Method)]
	for _, name := range names {
		inner, _ := at.(map[string]any)
		at = inner[name]
	}
	return at
}

func (w *witness) deref(schema any) any {
	if m, ok := schema.(map[string]any); ok {
		if ref, ok := m["$ref"].(string); ok {
			return w.doc["components"].(map[string]any)["schemas"].(map[string]any)[strings.TrimPrefix(ref, "#/components/schemas/")]
		}
	}
	return schema
}

func bracedPath(pattern string) string {
	parts := strings.Split(pattern, "/")
	for i, part := range parts {
		if name, ok := strings.CutPrefix(part, ":"); ok {
			parts[i] = "{" + name + "}"
		}
	}
	return strings.Join(parts, "/")
}

func matches(pattern, path string) bool {
	wanted, parts := strings.Split(pattern, "/"), strings.Split(path, "/")
	return slices.EqualFunc(wanted, parts, func(want, part string) bool { return want == part || strings.HasPrefix(want, ":") && part != "" })
}

// lookEverywhere opens every page for an author and a lead, as a page and as JSON.
func (w *witness) lookEverywhere(h *house, story receipt, author, lead *visitor) {
	token, err := h.Invite(w.t.Context(), "somebody", "moderator")
	if err != nil {
		w.t.Fatal(err)
	}
	for _, route := range w.routes {
		path, ok := example(route.Pattern, story)
		if !ok || route.Method != "GET" || route.Pattern == "/desk/live" || route.Pattern == "/exit" { // exit would lead away
			continue
		}
		if strings.HasPrefix(route.Pattern, "/posts/") {
			if path = "/posts/none/report"; author.get("/threads/"+story.Thread).status == 200 {
				path = "/posts/" + publicID(w.t, author, story) + "/report"
			}
		}
		path = strings.Replace(path, "/desk/invite/x", "/desk/invite/"+token, 1)
		for _, who := range []*visitor{author, lead} {
			who.get(path)
			who.page(path)
		}
	}
}
