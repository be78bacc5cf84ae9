package shell

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// writtenIn are the fields of our forms in which people write. A phrase, a
// password or a ticket is in none of them.
var writtenIn = []string{"title", "body", "text", "words", "note", "alone_reason", "return_draft", "decline_draft"}

// Sent gives what somebody wrote in a form that could not be taken, for the
// page that tells them. No browser keeps our pages, and Firefox then keeps no
// text that was typed into them either: without this, Back would lead to an
// empty form. It is "" for what nobody has read from the line.
func Sent(c *fiber.Ctx) string { return sent(&c.Context().Request) }

func sent(r *fasthttp.Request) string {
	if r.IsBodyStream() || !isForm(&r.Header) {
		return ""
	}
	body := string(r.Body())
	if strings.Count(body, "&") >= maxPairs {
		return ""
	}
	values, _ := url.ParseQuery(body) // gives what it could read beside the error
	var words []string
	for _, name := range writtenIn {
		if text := strings.TrimSpace(strings.ToValidUTF8(values.Get(name), "")); text != "" {
			words = append(words, text)
		}
	}
	return strings.Join(words, "\n\n")
}

// isForm tells whether the request is a form as browsers send it.
func isForm(h *fasthttp.RequestHeader) bool {
	return mediaType(h) == "application/x-www-form-urlencoded"
}
