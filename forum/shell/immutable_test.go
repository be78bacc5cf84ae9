package shell_test

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum/shell"
)

// Strings that a handler keeps stay what they were while the connection is
// used again and again. Otherwise one person's words turn up in another's post.
func TestKeptStringsDoNotChange(t *testing.T) {
	type kept struct{ id, query, cookie, header, path, text, tag string }
	var mu sync.Mutex
	all := map[string]kept{}
	keep := func(c *fiber.Ctx) error {
		var form noteForm
		if err := shell.Bind(c, &form); err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		all[strings.Clone(form.Text)] = kept{c.Params("id"), c.Query("q"), shell.Cookie(c, "s"), c.Get("X-Mine"), c.Path(), form.Text, form.Tags[0]}
		return c.SendStatus(204)
	}
	h := open(t, nil, func(h *house) { h.Route("POST", "/keep/:id", "keep", shell.Personal, keep) })
	client := &http.Client{Transport: &http.Transport{MaxConnsPerHost: 2}}
	defer client.CloseIdleConnections()
	var wait sync.WaitGroup
	for i := range 200 {
		wait.Go(func() {
			word := fmt.Sprintf("%04d%s", i, strings.Repeat(string(rune('a'+i%26)), 40))
			req, _ := http.NewRequestWithContext(t.Context(), "POST", h.url+"/keep/"+word+"?q="+word, strings.NewReader("text="+word+"&tags="+word))
			req.Header.Set("Content-Type", formType)
			req.Header.Set("X-Mine", word)
			req.Header.Set("Cookie", "s="+word)
			res, err := client.Do(req)
			if err != nil {
				t.Error(err)
				return
			}
			io.Copy(io.Discard, res.Body)
			res.Body.Close()
		})
	}
	wait.Wait()
	if len(all) != 200 {
		t.Fatalf("%d of 200 kept", len(all))
	}
	for word, got := range all {
		if got != (kept{word, word, word, word, "/keep/" + word, word, word}) {
			t.Fatalf("%s became %+v", word, got)
		}
	}
}
