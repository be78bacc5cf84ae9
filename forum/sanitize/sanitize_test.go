package sanitize_test

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"beenthere/forum/sanitize"
)

// TestMake: what people type, and what the page shows of it.
func TestMake(t *testing.T) {
	for _, c := range []struct{ name, raw, html, text string }{
		{"nothing", " \n\n ", "", ""},
		{"lines are kept", "one\ntwo\n\nthree", "<p>one<br>two</p><p>three</p>", "one\ntwo\n\nthree"},
		{"windows lines", "one\r\ntwo\r\n\r\nthree", "<p>one<br>two</p><p>three</p>", "one\ntwo\n\nthree"},
		{"emphasis", "*soft* **strong** _soft_", "<p><em>soft</em> <strong>strong</strong> <em>soft</em></p>", "soft strong soft"},
		{"starred words", "f*ck this sh*t, f**k it all, a**", "<p>f*ck this sh*t, f**k it all, a**</p>", "f*ck this sh*t, f**k it all, a**"},
		{"sums", "2*3*4 and 5 * 6", "<p>2*3*4 and 5 * 6</p>", "2*3*4 and 5 * 6"},
		{"names_with_bars", "my_old_name", "<p>my_old_name</p>", "my_old_name"},
		{"emphasis without spaces", "这是**重要**的", "<p>这是<strong>重要</strong>的</p>", "这是重要的"},
		{"a heart", "<3 you all", "<p>&lt;3 you all</p>", "<3 you all"},
		{"a hug", "<hug> and </hug>", "<p>&lt;hug&gt; and &lt;/hug&gt;</p>", "<hug> and </hug>"},
		{"an angry face", ">:( at him\n\n>_< again", "<p>&gt;:( at him</p><p>&gt;_&lt; again</p>", ">:( at him\n\n>_< again"},
		{"a shrug", `¯\_(ツ)_/¯`, `<p>¯\_(ツ)_/¯</p>`, `¯\_(ツ)_/¯`},
		{"escapes", `\*not soft\* 1\. \# C:\me`, `<p>*not soft* 1. # C:\me</p>`, `*not soft* 1. # C:\me`},
		{"entities are text", "&lt;b&gt; &#8238; &amp;", "<p>&amp;lt;b&amp;gt; &amp;#8238; &amp;amp;</p>", "&lt;b&gt; &#8238; &amp;"},
		{"a quote", "> he said\n> this\n\nand I", "<blockquote><p>he said<br>this</p></blockquote><p>and I</p>", "he said\nthis\n\nand I"},
		{"bullets", "- one\n- two\n  - deep", "<ul><li>one</li><li>two<ul><li>deep</li></ul></li></ul>", "- one\n- two\n- deep"},
		{"numbers", "1. one\n2. two", "<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"},
		{"lazy numbers", "1. one\n1. two", "<ol><li>one</li><li>two</li></ol>", "1. one\n2. two"},
		{"a year", "1985. That year.\nIt rained.", "<p>1985. That year.<br>It rained.</p>", "1985. That year.\nIt rained."},
		{"years apart", "1985. That year.\n\n1987. Again.\n- so", "<p>1985. That year.</p><p>1987. Again.</p><ul><li>so</li></ul>", "1985. That year.\n\n1987. Again.\n\n- so"},
		{"odd numbers", "1. one\n5. five", "<p>1. one</p><p>5. five</p>", "1. one\n\n5. five"},
		{"numbers apart", "1. one\n\nmore\n\n2. two", "<ol><li>one</li></ol><p>more</p><p>2. two</p>", "1. one\n\nmore\n\n2. two"},
		{"a heading", "# The day\ntext", "<p><strong>The day</strong></p><p>text</p>", "The day\n\ntext"},
		{"not a heading", "#metoo", "<p>#metoo</p>", "#metoo"},
		{"a drawn line", "before\n---\nafter", "<p>before</p><p>* * *</p><p>after</p>", "before\n\n* * *\n\nafter"},
		{"indented", "    It began\n\tin May", "<p>It began<br>in May</p>", "It began\nin May"},
		{"a chat", "[mum]: are you up\n[me]: yes", "<p>[mum]: are you up<br>[me]: yes</p>", "[mum]: are you up\n[me]: yes"},
		{"code", "`a <b> *c*` d", "<p><code>a &lt;b&gt; *c*</code> d</p>", "a <b> *c* d"},
		{"a fence", "```sad words\nmore <i>\n```", "<pre><code>sad words\nmore &lt;i&gt;\n</code></pre>", "sad words\nmore <i>"},
		{"an open fence", "~~~\nmore", "<pre><code>more\n</code></pre>", "more"},
		{"a link", "see [this page](https://example.org/a_(b)?q=1)", "<p>see this page (https://example.org/a_(b)?q=1)</p>", "see this page (https://example.org/a_(b)?q=1)"},
		{"a lying link", "[https://good.example](https://other.example)", "<p>https://good.example (https://other.example)</p>", "https://good.example (https://other.example)"},
		{"a link to itself", "[https://a.example](https://a.example)", "<p>https://a.example</p>", "https://a.example"},
		{"an image", "![my cat](https://a.example/cat.png)", "<p>my cat (https://a.example/cat.png)</p>", "my cat (https://a.example/cat.png)"},
		{"an address", "<https://a.example/x>", "<p>&lt;https://a.example/x&gt;</p>", "<https://a.example/x>"},
		{"trackers", "https://a.example/x?utm_source=me&id=7&fbclid=IwAR#top.", "<p>https://a.example/x?id=7#top.</p>", "https://a.example/x?id=7#top."},
		{"only trackers", "(https://youtu.be/abc?si=Zx-12_9)", "<p>(https://youtu.be/abc)</p>", "(https://youtu.be/abc)"},
		{"deep quotes stay visible", ">>>>>>>> x", strings.Repeat("<blockquote>", 6) + "<p>&gt;&gt; x</p>" + strings.Repeat("</blockquote>", 6), ">> x"},
		{"broken bytes", "a\xffb", "<p>a\uFFFDb</p>", "a\uFFFDb"},
		{"nul", "a\x00b", "<p>ab</p>", "ab"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := sanitize.Make(sanitize.Raw(c.raw))
			if string(got.HTML()) != c.html {
				t.Errorf("html\n got %s\nwant %s", got.HTML(), c.html)
			}
			if got.Text() != c.text {
				t.Errorf("text\n got %q\nwant %q", got.Text(), c.text)
			}
			wellFormed(t, string(got.HTML()))
		})
	}
}

// TestWordsStayHidden: no verb, log line or JSON of a Raw shows its words, and
// a Clean shows them only where it is meant to.
func TestWordsStayHidden(t *testing.T) {
	const canary = "heron"
	raw := sanitize.Raw(canary)
	clean := sanitize.Make(raw)
	var out strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d"} {
		fmt.Fprintf(&out, verb+verb+verb, raw, clean, struct{ A any }{raw})
	}
	out.WriteString(raw.String())
	for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(h).Info("x", "raw", raw, "clean", clean, "in", struct{ R sanitize.Raw }{raw})
	}
	asJSON, err := json.Marshal(map[string]any{"raw": raw})
	if err != nil {
		t.Fatal(err)
	}
	if all := out.String() + string(asJSON); strings.Contains(all, canary) || strings.Contains(strings.ToLower(all), fmt.Sprintf("%x", canary)) {
		t.Errorf("an author's words were printed: %s", all)
	}
	if string(raw) != canary {
		t.Error("the explicit conversion changed the words")
	}
}

func TestCleanAsJSON(t *testing.T) {
	got, err := json.Marshal(struct {
		HTML sanitize.Clean `json:"html"`
	}{sanitize.Restore("<p>a</p>", "a")})
	if err != nil || string(got) != `{"html":"\u003cp\u003ea\u003c/p\u003e"}` {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestRestore(t *testing.T) {
	made := sanitize.Make("one *two*")
	if again := sanitize.Restore(string(made.HTML()), made.Text()); again != made {
		t.Error("a stored Clean came back different")
	}
}
