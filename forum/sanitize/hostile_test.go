package sanitize_test

import (
	"strings"
	"testing"

	"beenthere/forum/sanitize"
)

// payloads are families of known attacks on pages that show what people wrote.
var payloads = []string{
	// script in its many spellings
	`<script>alert(1)</script>`, `<SCRIPT SRC=//x.example/a.js></SCRIPT>`, `<scr<script>ipt>alert(1)</script>`,
	`<script/xss>alert(1)</script>`, `<script\x20type="text/javascript">a</script>`, "<scr\x00ipt>alert(1)</scr\x00ipt>",
	"<scr\u200bipt>alert(1)</scr\u200bipt>", `<<script>alert(1);//<</script>`, `<script>a`, `</script><script>alert(1)`,
	`＜script＞alert(1)＜/script＞`, "\u2039script\u203aalert(1)", `+ADw-script+AD4-alert(1)`,
	// handlers
	`<img src=x onerror=alert(1)>`, `<img src=x:x onerror="alert(1)"`, `<svg onload=alert(1)>`, `<svg/onload=alert(1)//`,
	`<body onload=alert(1)>`, `<p onclick=alert(1)>a</p>`, `<em style="x" onmouseover=alert(1)>a</em>`, `<details open ontoggle=alert(1)>`,
	`<input autofocus onfocus=alert(1)>`, `<marquee onstart=alert(1)>`, `<video><source onerror=alert(1)>`, `<a href=# onclick=alert(1)>a</a>`,
	`<img/src=x/onerror=alert(1)>`, "<img\nsrc=x\nonerror\n=alert(1)>", "<img src=`x` onerror=`alert(1)`>", `<p/onclick=alert(1)>a`,
	// addresses that run
	`[a](javascript:alert(1))`, `[a](JaVaScRiPt:alert(1))`, `[a](java&#10;script:alert(1))`, `[a](data:text/html;base64,PHNjcmlwdD4=)`,
	`[a](vbscript:x)`, `![a](javascript:alert(1))`, `<javascript:alert(1)>`, `<a href="javascript:alert(1)">a</a>`, "[a](<java\tscript:alert(1)>)",
	"[a]: javascript:alert(1)\n\n[a]", `[a](x "onmouseover=alert(1)")`, `![a](x"onerror="alert(1))`, `[a](https://x.example/"onclick="alert(1))`,
	`[<img src=x onerror=alert(1)>](https://x.example)`, "[`](javascript:alert(1))`", `![![a](b)](javascript:alert(1))`,
	// markup that carries other things
	`<iframe src=//x.example>`, `<object data=x>`, `<embed src=x>`, `<base href=//x.example/>`, `<meta http-equiv=refresh content=0>`,
	`<link rel=stylesheet href=//x.example>`, `<style>*{color:red}</style>`, `<p style="position:fixed;inset:0">a</p>`, `<form action=//x.example><input name=a>`,
	`<button formaction=javascript:alert(1)>a`, `<template><script>a</script></template>`, `<noscript><p title="</noscript><img src=x onerror=alert(1)>">`,
	`<textarea></textarea><script>a</script>`, `<title><img src=x onerror=alert(1)></title>`, `<xmp><img src=x onerror=alert(1)></xmp>`,
	`<plaintext>`, `<listing>&lt;img src=x onerror=alert(1)&gt;</listing>`, `<select><option><style></select><img src=x onerror=alert(1)>`,
	`<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>`, `<svg><style><img src=x onerror=alert(1)></style>`,
	`<svg><script>alert&#40;1)</script>`, `<svg><a xlink:href="javascript:alert(1)"><text>a`, `<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>`,
	// comments, declarations, sections
	`<!--><img src=x onerror=alert(1)>-->`, `<!-- --!><img src=x onerror=alert(1)>`, `<![CDATA[<img src=x onerror=alert(1)>]]>`,
	`<?php echo 1 ?>`, `<!DOCTYPE html><p>a`, `<!ENTITY x "y">`, `<!--[if IE]><script>a</script><![endif]-->`, `<%a%>`, `{{.Secret}}`, `{{7*7}}`, `${7*7}`, `#{7*7}`,
	// ways out of Markdown
	"```<img src=x onerror=alert(1)>\n</code></pre><script>a</script>\n```", "`</code><script>alert(1)</script>`", "~~~\"><script>a</script>\n~~~",
	"    </pre><script>a</script>", "> <script>a\n> </script>", "- <img src=x\n  onerror=alert(1)>", "# <svg onload=alert(1)>", "**<b onclick=a>**", "*<em*onclick=a>",
	`\<script\>alert(1)\</script\>`, `&lt;script&gt;alert(1)&lt;/script&gt;`, `&#60;script&#62;alert(1)`, `&#x3c;img src=x onerror=alert(1)&#x3e;`, `&amp;lt;script&amp;gt;`,
	"<div>\n\n*a*\n\n</div><script>a</script>", "a\n---\n<script>b</script>\n===", "| a | <b onclick=a> |\n|---|---|\n| c | d |",
	// things that imitate the page
	`</p></div></main><h1>You are banned</h1>`, `<p class=notice id=main>a</p>`, `<br/><hr/></blockquote></ul>`, `<li>`, `</li></ol></ul>`, "\u202e<script>\u202c",
}

// TestHostile: each payload, alone and inside each kind of block, leaves only
// plain elements behind, and its letters stay readable for the moderator.
func TestHostile(t *testing.T) {
	wraps := []string{"%", "a % b", "> %", "- %", "1. %", "# %", "**%**", "`%`", "```\n%\n```", "[%](https://a.example)", "%\n\n%"}
	for _, payload := range payloads {
		for _, wrap := range wraps {
			input := strings.ReplaceAll(wrap, "%", payload)
			clean := sanitize.Make(sanitize.Raw(input))
			wellFormed(t, string(clean.HTML()))
			if !strings.Contains(input, "](") {
				sameLetters(t, input, clean.Text())
			}
			if t.Failed() {
				t.Fatalf("input was %q", input)
			}
		}
	}
}

// FuzzMake: whatever comes in, a page gets only what it may hold, no letter is
// lost or invented, and cleaning the text again changes no letter.
func FuzzMake(f *testing.F) {
	for _, payload := range payloads {
		f.Add(payload)
	}
	for _, s := range []string{"1. a\n5. b\n   > c\n", "*a **b `c* d`\n\n\t- e\n  - f", "-\n\n  a\n- b\n", "1)\n2) x", "می\u200cخواهم 👨\u200d👩", "a\\\nb  \nc"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, input string) {
		clean := sanitize.Make(sanitize.Raw(input))
		wellFormed(t, string(clean.HTML()))
		seen, err := sanitize.Normalise(input)
		if err != nil || strings.Contains(seen, "](") || strings.Contains(seen, "?") {
			return // links and addresses are shortened on purpose
		}
		sameLetters(t, seen, clean.Text())
		sameLetters(t, clean.Text(), sanitize.Make(sanitize.Raw(clean.Text())).Text())
	})
}

// FuzzNormalise: one form means that normalising twice changes nothing.
func FuzzNormalise(f *testing.F) {
	for _, s := range []string{"e\u200b\u0301", "क्\u200dष", "1\ufe0f\u20e3", "\u1100\u1161\u11a8", "\u0958\u200c", "\u180b\u1820\u180b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once, err := sanitize.Normalise(s)
		if err != nil {
			return
		}
		if twice, err := sanitize.Normalise(once); err != nil || twice != once {
			t.Fatalf("%+q became %+q, then %+q (%v)", s, once, twice, err)
		}
		if line := sanitize.Line(once); strings.ContainsAny(line, "\n\t") || line != sanitize.Line(line) {
			t.Fatalf("Line of %+q is %+q", once, line)
		}
	})
}
