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

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/valyala/fasthttp"

	"beenthere/forum/shell"
)

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
