package forumweb_test

import (
	"fmt"
	"testing"

	"github.com/valyala/fasthttp"
)

// What a reader costs: the whole way through the shell, from memory.
func BenchmarkKept(b *testing.B) {
	h := open(b)
	r := h.published(h.browser(), "Six months without him", story)
	for range 20 {
		h.browser().post("/threads/"+r.Thread+"/replies", map[string]any{"body": story + " " + story + " " + story}).want(201)
		h.approve()
	}
	handler := h.shell.App().Server().Handler
	for name, c := range map[string]struct{ path, accept string }{
		"thread":        {"/threads/" + r.Thread, "text/html"},
		"thread JSON":   {"/threads/" + r.Thread, "application/json"},
		"list":          {"/", "text/html"},
		"topic feed":    {"/topics/grief-and-loss/feed.atom", "*/*"},
		"help":          {"/help", "text/html"},
		"form to write": {"/new", "text/html"},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var ctx fasthttp.RequestCtx
			for b.Loop() {
				ctx.Request.Reset()
				ctx.Response.Reset()
				ctx.Request.Header.SetHost("127.0.0.1")
				ctx.Request.SetRequestURI(c.path)
				ctx.Request.Header.Set("Accept", c.accept)
				handler(&ctx)
			}
			if status := ctx.Response.StatusCode(); status != 200 {
				b.Fatal(fmt.Sprint(c.path, " answers ", status))
			}
			b.ReportMetric(float64(len(ctx.Response.Body())), "bytes")
		})
	}
}
