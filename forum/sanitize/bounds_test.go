package sanitize_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"beenthere/forum/sanitize"
)

// hostile are texts that make careless Markdown parsers slow or deep, each
// 64 KiB long, the largest a request may carry.
func hostile() map[string]string {
	fill := func(unit string) string { return strings.Repeat(unit, 64<<10/len(unit)) }
	var ticks strings.Builder
	for n := 1; ticks.Len() < 64<<10; n++ {
		ticks.WriteString("e" + strings.Repeat("`", n))
	}
	return map[string]string{
		"open emphasis":        fill("*a **a "),
		"closed emphasis":      fill("a* a** "),
		"both emphasis":        fill("*a_ "),
		"one long run":         fill("*"),
		"emphasis at the cap":  strings.Repeat("*a **b ", 1300),
		"closers at the cap":   strings.Repeat("*a ", 1000) + strings.Repeat("b** ", 1000),
		"nested at the cap":    strings.Repeat("*a", 2000) + strings.Repeat(" b*", 2000),
		"underscore run":       fill("_a"),
		"open star close bar":  fill("*a ")[:32<<10] + fill("a_ ")[:32<<10],
		"alternating":          fill("**x*_ "),
		"open brackets":        fill("["),
		"link openers":         fill("[a]("),
		"links in links":       fill("[a](b") + fill(")"),
		"images":               fill("![[]()"),
		"round brackets":       "[a](" + fill("("),
		"quotes on a line":     fill(">"),
		"quotes with blanks":   fill("> "),
		"quote steps":          fill("> > > >\n>\n"),
		"lists on a line":      fill("- "),
		"numbers on a line":    fill("1. "),
		"list steps":           listSteps(),
		"empty items":          fill("-\n"),
		"empty items apart":    fill("-\n\n"),
		"empty numbers":        fill("1.\n"),
		"growing code spans":   ticks.String(),
		"code span openers":    fill("` `` "),
		"fences":               fill("```\n"),
		"open fences":          fill("~~~ a\n"),
		"headings":             fill("# a\n"),
		"thematic":             fill("***\n"),
		"backslashes":          fill("\\"),
		"lines":                fill("\n"),
		"words":                fill("word "),
		"blank lines in items": "- a" + fill("\n\n  b"),
		"tabs":                 fill("\t"),
		"tabbed items":         fill("-\ta\n\t"),
		"marks":                "a" + fill("\u0301"),
		"joiners":              fill("\u200d"),
		"addresses":            fill("http://a?utm_a="),
		"parameters":           "http://a?" + fill("utm_a=b&"),
		"comments":             fill("<!--"),
		"tags":                 fill("<b>"),
		"entities":             fill("&lt;"),
		"nested tags":          fill("<div><p>"),
		"one letter":           fill("a"),
		"hangul":               fill("ᄀ"),
	}
}

func listSteps() string {
	var b strings.Builder
	for n := 0; b.Len() < 64<<10; n++ {
		b.WriteString(strings.Repeat(" ", 2*n) + "- a\n")
	}
	return b.String()
}

// TestBounded: the worst 64 KiB take well under a second. On an idle machine
// they take under 100 ms; the bound leaves room for a busy one and -race.
func TestBounded(t *testing.T) {
	for name, text := range hostile() {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			clean := sanitize.Make(sanitize.Raw(text))
			if took := time.Since(start); took > 3*time.Second {
				t.Errorf("took %v", took)
			}
			wellFormed(t, string(clean.HTML()))
			if !strings.Contains(text, "?utm") && !strings.Contains(text, "&utm") { // trackers are meant to go
				sameLetters(t, text, clean.Text())
			}
		})
	}
}

// TestTooLong: text beyond the bounds of the Markdown is shown as it is.
func TestTooLong(t *testing.T) {
	text := strings.Repeat("- *a* <b>\n# c, which is long enough to fill it\n\n", 1500)
	clean := sanitize.Make(sanitize.Raw(text))
	wellFormed(t, string(clean.HTML()))
	if got, want := clean.Text(), strings.TrimSpace(text); got != want {
		t.Errorf("%d bytes became %d: %.60q", len(want), len(got), got)
	}
}

func BenchmarkHostile(b *testing.B) {
	for name, text := range hostile() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				sanitize.Make(sanitize.Raw(text))
			}
		})
	}
}

func BenchmarkMake(b *testing.B) {
	story := "It has been *eleven* months since my mum died, and I still buy her tea.\nSome days I forget.\n\n"
	for _, n := range []int{1, 10, 200} {
		text := strings.Repeat(story, n)
		b.Run(fmt.Sprintf("%dB", len(text)), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				sanitize.Make(sanitize.Raw(text))
			}
		})
	}
}
