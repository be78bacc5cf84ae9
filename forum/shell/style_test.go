package shell

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// luminance is the relative luminance of WCAG 2.2.
func luminance(hex string) float64 {
	part := func(s string) float64 {
		n, _ := strconv.ParseUint(s, 16, 8)
		if c := float64(n) / 255; c > 0.04045 {
			return math.Pow((c+0.055)/1.055, 2.4)
		} else {
			return c / 12.92
		}
	}
	return 0.2126*part(hex[1:3]) + 0.7152*part(hex[3:5]) + 0.0722*part(hex[5:7])
}

func contrast(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

// colours reads the variables of one theme.
func colours(block string) map[string]string {
	found := map[string]string{}
	for _, m := range regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`).FindAllStringSubmatch(block, -1) {
		found[m[1]] = m[2]
	}
	return found
}

// Text needs 4.5 to 1 on every ground it stands on; borders of controls and
// the focus ring 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11).
var pairs = []struct {
	least   float64
	on      string
	grounds string
}{
	{7, "ink", "ground card shade calm warm wrong-ground added taken"},
	{4.5, "soft", "ground card shade calm warm"},
	{4.5, "link", "ground card shade calm warm wrong-ground"},
	{4.5, "wrong", "ground card wrong-ground"},
	{4.5, "act-ink", "act"},
	{4.5, "exit-ink", "exit"},
	{4.5, "now", "ground card"},
	{4.5, "soon", "ground card"},
	{4.5, "care", "ground card"},
	{3, "edge", "ground card"},
	{3, "act", "ground card calm"},
	{3, "exit", "ground"},
	{3, "ring", "ground card shade calm warm wrong-ground"},
}

func TestColoursHaveContrast(t *testing.T) {
	css, err := ownAssets.ReadFile("assets/base.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, _ := strings.Cut(string(css), "@media (prefers-color-scheme: dark)")
	dark, _, _ = strings.Cut(dark, "\n}\n")
	for theme, found := range map[string]map[string]string{"light": colours(light), "dark": colours(dark)} {
		if len(found) != 22 {
			t.Errorf("%s has %d colours", theme, len(found))
		}
		for _, p := range pairs {
			for _, ground := range strings.Fields(p.grounds) {
				if got := contrast(found[p.on], found[ground]); got < p.least {
					t.Errorf("%s: %s on %s is %.2f, want %.1f", theme, p.on, ground, got, p.least)
				}
			}
		}
	}
}

// Styles, scripts and the layout name nothing on another host, and hold no
// inline style or script, which the content policy would drop.
func TestNothingFromElsewhere(t *testing.T) {
	entries, err := ownAssets.ReadDir("assets")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, entry := range entries {
		files[entry.Name()], _ = ownAssets.ReadFile("assets/" + entry.Name())
	}
	for _, name := range []string{"layout.html", "error.html"} {
		files[name], _ = ownTemplates.ReadFile(name)
	}
	foreign := regexp.MustCompile(`(?i)https?://|//[a-z0-9-]+\.|url\(|@import|style="|<style|onclick|onload|javascript:`)
	for name, body := range files {
		text := strings.ReplaceAll(string(body), `xmlns="http://www.w3.org/2000/svg"`, "")
		if found := foreign.FindString(text); found != "" || len(text) == 0 {
			t.Errorf("%s holds %q", name, found)
		}
	}
}

// Tor Browser at its safest level draws no SVG and leaves a hole where a page
// has one as a picture. An icon is drawn outside the page.
func TestNoPageNeedsAnSVGPicture(t *testing.T) {
	layout, err := ownTemplates.ReadFile("layout.html")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(layout), "<img") {
		t.Error("the layout of every page has a picture")
	}
}
