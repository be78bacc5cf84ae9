package forumweb_test

import (
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// The second reader of a page gets it by the shortcut. It is the answer of the
// first, with a ticket of its own, and a reader with wishes still gets theirs.
func TestShortcutIsTheSameAnswer(t *testing.T) {
	h := open(t)
	r := h.published(h.browser(), "Six months without him", story)
	wishes := h.browser()
	form := wishes.page("/preferences").fields("/preferences")
	form["muted_topics"], form["hide_prompts"] = []string{"grief-and-loss"}, []string{"1"}
	wishes.form("/preferences", form).want(303)
	thread := "/threads/" + r.Thread
	for _, path := range []string{"/", "/topics/grief-and-loss", "/waiting-for-reply", thread} {
		for _, read := range []func(string) answer{h.browser().page, h.browser().get, func(path string) answer { return h.browser().do("HEAD", path, "", "text/html", "") }} {
			first, second := read(path).want(200), read(path).want(200)
			if path == thread {
				first.body, second.body = withoutTicket(first, thread), withoutTicket(second, thread)
			}
			delete(first.header, "Date")
			delete(second.header, "Date")
			if first.body != second.body || !maps.EqualFunc(first.header, second.header, slices.Equal) {
				t.Fatalf("%s differs: %v %v\n%s", path, first.header, second.header, second.body)
			}
		}
	}
	wishes.page("/").lacks(r.Thread).holds("as you chose")
	wishes.page(thread).lacks("Three ways to begin")
	h.browser().page("/?after=" + r.Thread).lacks("his plate")
	h.browser().page(thread).holds("Three ways to begin")
	h.browser().page("/").holds(r.Thread)
}

// withoutTicket gives a page with its one difference taken out.
func withoutTicket(a answer, thread string) string {
	if !strings.Contains(a.body, "<form") {
		return a.body
	}
	return strings.ReplaceAll(a.body, a.fields(thread+"/replies").Get("ticket"), "")
}

// Whoever reads while a story is taken back does not bring it back: once its
// writer has been told that it is gone, nobody sees it any more.
func TestShortcutForgetsWhatIsGone(t *testing.T) {
	h := open(t)
	var gone sync.Map // path → words that may not be seen there any more
	var stop atomic.Bool
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for !stop.Load() {
				for _, path := range []string{"/", "/topics/grief-and-loss"} {
					words, _ := gone.Load(path)
					res, err := http.Get(h.url + path)
					if err != nil {
						t.Error(err)
						return
					}
					if body := readAll(t, res); words != nil && strings.Contains(body, words.(string)) {
						t.Errorf("%s shows %q after it was taken back", path, words)
						stop.Store(true)
					}
				}
			}
		})
	}
	author := h.browser()
	for i := range 15 {
		words := fmt.Sprintf("the plate number %d of ours", i)
		r := h.published(author, "Six months without him", story+" "+words)
		h.browser().page("/").holds(words)
		h.browser().page("/topics/grief-and-loss").holds(words)
		author.post(r.StatusURL+"/withdraw", map[string]any{"what": "post"}).want(200)
		gone.Store("/", words)
		gone.Store("/topics/grief-and-loss", words)
	}
	stop.Store(true)
	readers.Wait()
}

func readAll(t *testing.T, res *http.Response) string {
	t.Helper()
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Error(err)
	}
	return string(body)
}
