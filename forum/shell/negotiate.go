package shell

import (
	"bytes"
	"cmp"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// WantsJSON tells whether the answer should be JSON: the Accept header prefers
// application/json to text/html or, when it does not care, the request itself
// was JSON.
func WantsJSON(c *fiber.Ctx) bool { return wantsJSON(&c.Request().Header) }

func wantsJSON(h *fasthttp.RequestHeader) bool {
	html, json := preference(h.Peek(fiber.HeaderAccept))
	if html == json {
		return isJSON(h)
	}
	return json.q > 0 && json.over(html)
}

// wish is how much an Accept header wants one media type.
type wish struct {
	q     int // thousandths
	exact int // 0 for */*, 1 for type/*, 2 for the type itself
}

// over tells whether w is preferred: by quality, then by how exactly it is named.
func (w wish) over(other wish) bool {
	if w.q != other.q {
		return w.q > other.q
	}
	return w.exact > other.exact
}

// preference reads an Accept header as RFC 9110 section 12.5.1 has it: of the
// ranges that cover a type, the most exact one counts. When both are named
// alike, the first one wins. An empty header accepts both.
func preference(accept []byte) (html, json wish) {
	if len(bytes.TrimSpace(accept)) == 0 {
		return wish{q: 1000}, wish{q: 1000}
	}
	html, json = wish{exact: -1}, wish{exact: -1}
	first := ""
	for part := range bytes.SplitSeq(accept, []byte(",")) {
		media, params, _ := bytes.Cut(part, []byte(";"))
		q, is := quality(params), func(name string) bool { return bytes.EqualFold(bytes.TrimSpace(media), []byte(name)) }
		switch {
		case is("text/html"):
			first = cmp.Or(first, "html")
			html = wish{q, 2}
		case is("application/json"):
			first = cmp.Or(first, "json")
			json = wish{q, 2}
		case is("text/*"):
			html.cover(q, 1)
		case is("application/*"):
			json.cover(q, 1)
		case is("*/*"):
			html.cover(q, 0)
			json.cover(q, 0)
		}
	}
	if html == json && first == "json" {
		html.exact--
	}
	return html, json
}

func (w *wish) cover(q, exact int) {
	if w.exact < exact {
		*w = wish{q, exact}
	}
}

// quality reads the q of a media range in thousandths; 1 when there is none,
// 0 when it cannot be read.
func quality(params []byte) int {
	for param := range bytes.SplitSeq(params, []byte(";")) {
		name, value, ok := bytes.Cut(param, []byte("="))
		if !ok || !bytes.EqualFold(bytes.TrimSpace(name), []byte("q")) {
			continue
		}
		q, err := strconv.ParseFloat(string(bytes.TrimSpace(value)), 64)
		if err != nil || !(q >= 0 && q <= 1) {
			return 0
		}
		return int(q*1000 + 0.5)
	}
	return 1000
}

// isJSON tells whether the request has a JSON body.
func isJSON(h *fasthttp.RequestHeader) bool {
	return mediaType(h) == "application/json"
}

func mediaType(h *fasthttp.RequestHeader) string {
	media, _, _ := bytes.Cut(h.ContentType(), []byte(";"))
	return strings.ToLower(string(bytes.TrimSpace(media)))
}
