package shell_test

import (
	"encoding/json"
	"testing"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/shell"
)

// The shorthand spells out as JSON Schema, and a route has its parameters, its
// form and the errors of its kind.
func TestDescription(t *testing.T) {
	h := open(t, nil, func(h *house) {
		h.Route("POST", "/tea/:pot", "pour tea", shell.Personal, func(c *fiber.Ctx) error { return nil })
		if err := h.Describe([]byte(`{"shapes": {"Cup": {"full": "boolean"}}, "routes": {"POST /tea/:pot": {"does": "Pours.", "asks": {"for": "Whom."},
			"takes": {"sugar?": "integer", "at|null": "time"}, "gives": {"200": ["Cup"], "204": "", "201": "text/plain"}}}}`)); err != nil {
			t.Fatal(err)
		}
	})
	_, body := h.get(t, "/openapi.json")
	var doc struct {
		OpenAPI string
		Paths   map[string]map[string]any
	}
	if err := json.Unmarshal([]byte(body), &doc); err != nil {
		t.Fatal(err)
	}
	pour := doc.Paths["/tea/{pot}"]["post"].(map[string]any)
	responses := pour["responses"].(map[string]any)
	for _, status := range []string{"403", "404", "413", "415", "422", "429", "default"} {
		if responses[status] == nil {
			t.Errorf("no %s", status)
		}
	}
	want := `{"200":{"content":{"application/json":{"schema":{"items":{"$ref":"#/components/schemas/Cup"},"type":"array"}},"text/html":{}},"description":"As it stands now."},` +
		`"201":{"content":{"text/plain":{}},"description":"Received."},"204":{"description":"Done, or nothing to show."},` +
		`"form":{"properties":{"at":{"anyOf":[{"format":"date-time","type":"string"},{"type":"null"}]},"sugar":{"type":"integer"}},"required":["at"],"type":"object"},` +
		`"parameters":[{"in":"path","name":"pot","required":true,"schema":{"type":"string"}},{"description":"Whom.","in":"query","name":"for","schema":{"type":"string"}}]}`
	form := pour["requestBody"].(map[string]any)["content"].(map[string]any)["application/json"].(map[string]any)["schema"]
	got, err := json.Marshal(map[string]any{"200": responses["200"], "201": responses["201"], "204": responses["204"], "form": form, "parameters": pour["parameters"]})
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want || doc.OpenAPI != "3.1.0" {
		t.Errorf("%s, want %s", got, want)
	}
	if err := h.Describe([]byte("{")); err == nil {
		t.Error("what cannot be read is no description")
	}
}
