package shell_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/shell"
)

// A kept page is sent from where it is kept. Whatever else goes over the same
// connection, it stays what it was, and a filling goes to one reader alone.
func TestKeptPagesDoNotChange(t *testing.T) {
	page := []byte("kept " + strings.Repeat("a", 5000))
	before, parts := bytes.Clone(page), [][]byte{[]byte("one "), []byte(" two "), []byte(" three")}
	h := open(t, nil, func(h *house) {
		h.Route("GET", "/kept", "kept", shell.Public, func(c *fiber.Ctx) error { return shell.Send(c, 200, shell.ContentHTML, page) })
		h.Route("GET", "/filled/:with", "filled", shell.Public, func(c *fiber.Ctx) error {
			return shell.SendFilled(c, 200, shell.ContentHTML, parts, c.Params("with"))
		})
	})
	for range 20 {
		for path, want := range map[string]string{
			"/kept": string(before), "/filled/mine": "one mine two mine three", "/filled/yours": "one yours two yours three",
			"/notes/" + strings.Repeat("b", 6000): "", "/nowhere": "",
		} {
			res, got := h.get(t, path)
			if want != "" && (got != want || res.Header.Get("Content-Type") != shell.ContentHTML || res.Header.Get("Vary") != "Accept") {
				t.Fatalf("%s gave %q %v", path, got, res.Header)
			}
		}
		if res, body := h.do(t, http.MethodHead, "/kept", ""); body != "" || res.ContentLength != int64(len(before)) {
			t.Fatalf("HEAD gave %d bytes of %d", len(body), res.ContentLength)
		}
	}
	if !bytes.Equal(page, before) || string(bytes.Join(parts, nil)) != "one  two  three" {
		t.Fatal("kept bytes were changed")
	}
}
