package shell_test

import (
	"os"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/gofiber/fiber/v2"

	"beenthere/forum/shell"
)

// components is a page with every component of the site.
type components struct{ shell.Chrome }

func (components) Template() string { return "components" }

// offenders lists what a thumb, an eye or a narrow phone would stumble over:
// anything wider than the window, targets under 44 px, fields without a name.
const offenders = `(() => {
  const found = [];
  if (document.documentElement.scrollWidth > innerWidth) found.push(...[...document.querySelectorAll("body *")].filter((el) => el.getBoundingClientRect().right > innerWidth).map((el) => el.outerHTML.slice(0, 60) + " is too wide"));
  for (const el of document.querySelectorAll("nav a, .exit, .name, button:not(p button), .button, summary, select, textarea, .choices label, label.choice, input:not([type=radio], [type=checkbox])")) {
    if (el.getBoundingClientRect().height < 43.9) found.push(el.tagName + " " + el.textContent.trim() + " is " + el.getBoundingClientRect().height + " high");
  }
  for (const el of document.querySelectorAll("input, select, textarea")) {
    if (!el.labels.length) found.push(el.tagName + " " + el.name + " has no label");
  }
  return found;
})()`

func TestFitsAPhone(t *testing.T) {
	tab := browser(t)
	h := open(t, nil, func(h *house) {
		if err := h.Templates(os.DirFS("testdata"), nil); err != nil {
			t.Fatal(err)
		}
		show := func(c *fiber.Ctx) error { return h.Render(c, 200, components{}) }
		h.Route("GET", "/components", "components", shell.Public, show)
		h.Route("GET", "/desk/components", "deskComponents", shell.Desk, show)
	})
	for _, width := range []int64{320, 390, 1280} {
		for _, path := range []string{"/components", "/desk/components"} {
			step(t, tab, chromedp.EmulateViewport(width, 800), chromedp.Navigate(h.url+path))
			found, err := chromedp.Run(tab, chromedp.Evaluate[[]string](offenders))
			if err != nil || len(found) > 0 {
				t.Errorf("%s at %d: %q %v", path, width, found, err)
			}
		}
	}
}
