package shell

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// surface says what routes take and give, in the shorthand of shape.go.
type surface struct {
	Shapes map[string]any       `json:"shapes"`
	Routes map[string]described `json:"routes"` // by method and pattern: "GET /threads/:id"
}

type described struct {
	Does  string            `json:"does"`
	Asks  map[string]string `json:"asks"`  // what the address may ask for, after its question mark
	Takes any               `json:"takes"` // the fields of its form
	Gives map[string]any    `json:"gives"` // by status: a shape, a media type, or "" for no body
}

// object is a JSON object of the document.
type object = map[string]any

// Describe makes /openapi.json (OpenAPI 3.1) from the table of routes and what
// text says of each. It comes after the last Route. A route that text does not
// know is listed all the same; a test finds it.
func (s *Shell) Describe(text []byte) error {
	var said surface
	if err := json.Unmarshal(text, &said); err != nil {
		return fmt.Errorf("shell: the description of routes: %w", err)
	}
	schemas := object{"Error": schema(map[string]any{"error": "string", "tell": "string", "fields?": map[string]any{"*": "string"}, "request?": "string"})}
	for name, shape := range said.Shapes {
		schemas[name] = schema(shape)
	}
	paths := object{}
	for _, route := range s.routes {
		path := braces(route.Pattern)
		if paths[path] == nil {
			paths[path] = object{}
		}
		paths[path].(object)[strings.ToLower(route.Method)] = operation(route, said.Routes[route.Method+" "+route.Pattern])
	}
	var err error
	s.openapi, err = json.Marshal(object{"openapi": "3.1.0", "paths": paths, "components": object{"schemas": schemas},
		"info": object{"title": s.cfg.Site, "version": "1", "description": manners}})
	return err
}

// manners is what holds for every route.
const manners = "Every address answers people with a page and programs with JSON, by the Accept header; GET answers HEAD too. " +
	"Forms are sent urlencoded or as JSON, with the same names. Programs send Origin or Sec-Fetch-Site with every POST, and need no ticket then. " +
	"An author is known by the cookie __Host-s and a moderator by __Host-d, without the prefix on plain http. " +
	"What does not exist and what is not yours answer alike: 404. After 429 and 503, Retry-After says when to try again."

func (s *Shell) getOpenAPI(c *fiber.Ctx) error {
	return Send(c, fiber.StatusOK, fiber.MIMEApplicationJSON, s.openapi)
}

// operation describes one route.
func operation(route Route, said described) object {
	out := object{"operationId": strings.ReplaceAll(route.Name, " ", "-"), "summary": said.Does, "tags": []string{route.Kind.String()}, "responses": responses(route, said)}
	if parameters := parameters(route, said); len(parameters) > 0 {
		out["parameters"] = parameters
	}
	if said.Takes != nil {
		form := object{"schema": schema(said.Takes)}
		out["requestBody"] = object{"content": object{fiber.MIMEApplicationForm: form, fiber.MIMEApplicationJSON: form}}
	}
	return out
}

func parameters(route Route, said described) (all []object) {
	for part := range strings.SplitSeq(route.Pattern, "/") {
		if name, ok := strings.CutPrefix(part, ":"); ok {
			all = append(all, object{"name": name, "in": "path", "required": true, "schema": schema("string")})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(said.Asks)) {
		all = append(all, object{"name": name, "in": "query", "description": said.Asks[name], "schema": schema("string")})
	}
	return all
}

// braces writes a pattern as OpenAPI does: /threads/{id}.
func braces(pattern string) string {
	parts := strings.Split(pattern, "/")
	for i, part := range parts {
		if name, ok := strings.CutPrefix(part, ":"); ok {
			parts[i] = "{" + name + "}"
		}
	}
	return strings.Join(parts, "/")
}

// responses gives what a route says of itself and the errors of its kind.
func responses(route Route, said described) object {
	all := object{"default": response("default", "Error")}
	usual := []string{"404", "429"}
	if len(said.Asks) > 0 {
		usual = append(usual, "422")
	}
	if route.Method == fiber.MethodPost {
		usual = []string{"403", "404", "413", "415", "422", "429"}
	}
	for _, status := range usual {
		all[status] = response(status, "Error")
	}
	for status, shape := range said.Gives {
		all[status] = response(status, shape)
	}
	return all
}

// meanings are the words of statuses.
var meanings = map[string]string{
	"200": "As it stands now.", "201": "Received.", "204": "Done, or nothing to show.", "303": "Look there.", "304": "As you have it.",
	"403": "It came from another site; nothing was changed.", "404": "There is nothing here, or not for you.", "409": "Something changed since you looked.",
	"410": "It was taken back.", "413": "Too much at once.", "415": "Neither a form nor JSON.", "422": "Something needs another look; fields says what.",
	"429": "One moment, please.", "default": "Anything else that went wrong.",
}

func response(status string, shape any) object {
	out := object{"description": meanings[status]}
	media, isWord := shape.(string)
	switch {
	case isWord && media == "":
	case isWord && strings.Contains(media, "/"):
		out["content"] = object{media: object{}}
	default:
		out["content"] = object{fiber.MIMEApplicationJSON: object{"schema": schema(shape)}, fiber.MIMETextHTML: object{}}
	}
	return out
}
