package meaning

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func texts(words []Word) string {
	var out []string
	for _, word := range words {
		out = append(out, word.Text)
	}
	return strings.Join(out, " ")
}

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"Lost my dad, can't sleep.":     "lost my dad cant sleep",
		"can’t CAN'T":                   "cant cant",
		"my mum's house":                "my mum house",
		"naïve café ÉTÉ größe":          "naive cafe ete große",
		"so\u00adft zero\u200bwidth":    "soft zerowidth",
		"24/7, 3am":                     "24 7 3am",
		"'quoted' rock'n'roll'":         "quoted rocknroll",
		"不眠症":                           "不 眠 不眠 症 眠症",
		"<b>bold</b> & <script>":        "b bold b script",
		"":                              "",
		"…—!?":                          "",
		"\xff\xfeok":                    "ok",
		strings.Repeat("x", 100) + " y": strings.Repeat("x", longestWord) + " y",
	} {
		if got := texts(Words(text)); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// The places of words are places in the text, in order.
func FuzzWords(f *testing.F) {
	f.Add("Lost my dad, can’t sleep. 不眠 \xff é")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, word := range Words(text) {
			if word.Text == "" || word.Start < 0 || word.End > len(text) || word.Start >= word.End || word.End < last {
				t.Errorf("%q: %+v after %d", text, word, last)
			}
			last = word.End
		}
	})
}

func TestStems(t *testing.T) {
	l := NewLanguage()
	for _, same := range [][]string{
		{"drink", "drinks", "drinking", "drank"}, {"grieving", "grieves", "grief"}, {"mum", "mom", "mother", "Mummy", "mother's"},
		{"realise", "realize", "realised"}, {"colour", "color"}, {"derealisation", "derealization"}, {"bf", "boyfriend"}, {"behaviour", "behavior"},
	} {
		for _, word := range same[1:] {
			if a, b := l.Tokens(same[0])[0].Stem, l.Tokens(word)[0].Stem; a != b {
				t.Errorf("%s is counted as %s, %s as %s", same[0], a, word, b)
			}
		}
	}
	if tokens := l.Tokens("the sleep"); !tokens[0].Stop || tokens[1].Stop {
		t.Error("the is a small word, sleep is not")
	}
}

func TestMentions(t *testing.T) {
	l := NewLanguage()
	for text, want := range map[string]string{
		"She passed away in May": "death",
		"He died":                "death",
		"an anxiety attack":      "panic",
		"a panic attack":         "panic",
		"lying awake":            "insomnia",
		"I want to come out":     "gay",
		"mum":                    "mother",
		"mum ":                   "family",
		"my bf and I":            "partner",
		"we lost the baby":       "miscarriage",
	} {
		reading := l.Read(text)
		if !slices.ContainsFunc(reading.Mentions, func(m Mention) bool { return m.Concept == want }) {
			t.Errorf("%q mentions %v, want %s", text, reading.Mentions, want)
		}
	}
	if !l.Related("family") || l.Related("death") {
		t.Error("family relates its words, the words for death mean it")
	}
	for _, mention := range l.Read("passed away").Mentions {
		if mention.Concept == "death" && mention.Count != 2 {
			t.Errorf("the mention is %d words long, want both", mention.Count)
		}
	}
}

// Every line of the synonym list is one that the program reads, and no small
// word alone is a wording of anything.
func TestSynonymsAreReadable(t *testing.T) {
	l, seen := NewLanguage(), map[string]bool{}
	for i, line := range strings.Split(synonyms, "\n") {
		if line == "" || comment(line) {
			continue
		}
		at := strings.IndexAny(line, "=:~")
		if at < 1 || strings.TrimSpace(line[at+1:]) == "" {
			t.Errorf("line %d is not read: %.60s", i+1, line)
			continue
		}
		for _, wording := range strings.Split(line[at+1:], ",") {
			if tokens := l.Tokens(wording); line[at] != '=' && len(tokens) == 1 && tokens[0].Stop {
				t.Errorf("line %d: %q is a small word", i+1, wording)
			}
		}
		if name := line[:at+1]; line[at] != '=' && seen[name] {
			t.Errorf("line %d: %s stands there twice", i+1, name)
		} else {
			seen[name] = true
		}
	}
}

func TestDistance(t *testing.T) {
	for _, try := range []struct {
		a, b       string
		most, want int
	}{
		{"anxiety", "anxiety", 2, 0}, {"anxeity", "anxiety", 2, 1}, {"anxity", "anxiety", 2, 1}, {"anxietyy", "anxiety", 2, 1}, {"enxiety", "anxiety", 2, 1},
		{"anxiety", "society", 2, 3}, {"a", "", 2, 1}, {"", "", 2, 0}, {"größe", "grösse", 2, 2}, {"abcdef", "ghijkl", 2, 3},
	} {
		if got := Distance(try.a, try.b, try.most); got != try.want {
			t.Errorf("%s and %s: got %d, want %d", try.a, try.b, got, try.want)
		}
	}
}

// Words that a shape calls far are not near, and the distance is the same
// both ways.
func TestShapesNeverHideAWord(t *testing.T) {
	word := rapid.StringMatching(`[a-eé]{0,7}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := word.Draw(t, "a"), word.Draw(t, "b")
		n := Distance(a, b, 2)
		if n != Distance(b, a, 2) {
			t.Fatalf("%q and %q are not as far both ways", a, b)
		}
		if n <= 2 && Far(Shape(a), Shape(b), n) {
			t.Fatalf("%q and %q are %d apart, but called far", a, b, n)
		}
	})
}

// shore and orchard are two worlds of words.
func worlds(count int) iter.Seq2[Text, error] {
	words := [][]string{{"boat", "net", "tide", "gull", "anchor"}, {"apple", "ladder", "blossom", "basket", "wasp"}}
	return func(yield func(Text, error) bool) {
		for i := range count {
			w := words[i%2]
			if !yield(Text{Thread: fmt.Sprint(i), Title: w[i/2%5], Body: w[i/10%5] + " and " + w[i/50%5] + " " + w[i/2%5]}, nil) {
				return
			}
		}
	}
}

func learn(t testing.TB, count int) *Model {
	t.Helper()
	m, err := Learn(t.Context(), NewLanguage(), worlds(count), time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Learning reads no further when it is told to end.
func TestLearnStopsReading(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	read := 0
	_, err := Learn(ctx, NewLanguage(), func(yield func(Text, error) bool) {
		for read < 600 && yield(Text{Thread: "a", Body: "rain"}, nil) {
			if read++; read == 10 {
				cancel()
			}
		}
	}, time.Time{})
	if !errors.Is(err, context.Canceled) || read > 11 {
		t.Errorf("got %v after %d posts", err, read)
	}
}

// Learning ends soon after it is told to, also when all posts are read.
func TestLearnEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	all := func(yield func(Text, error) bool) {
		worlds(600)(yield)
		cancel()
	}
	if m, err := Learn(ctx, NewLanguage(), all, time.Time{}); !errors.Is(err, context.Canceled) || m != nil {
		t.Errorf("got a model: %v, and %v", m != nil, err)
	}
}

func cosine(a, b []float32) (sum float32) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}

func TestLearn(t *testing.T) {
	m, l := learn(t, 600), NewLanguage()
	embed := func(text string) []float32 { return m.Embed(l.Read(text)) }
	if near, far := cosine(embed("boat"), embed("gull")), cosine(embed("boat"), embed("wasp")); near < far+.5 {
		t.Errorf("boat is %.2f near to gull and %.2f to wasp", near, far)
	}
	for _, text := range []string{"", "the and of", "unheard"} {
		if v := embed(text); v != nil {
			t.Errorf("%q has a vector", text)
		}
	}
	if v := embed("boat"); len(v) != Width || cosine(v, v) < .999 || cosine(v, v) > 1.001 {
		t.Errorf("the vector is %d wide and %.3f long", len(v), cosine(v, v))
	}
	if small := learn(t, leastDocs-1); small.Embed(l.Read("boat")) != nil || !small.Knows("boat") {
		t.Error("few posts have words, and no meaning")
	}
	if again := learn(t, 600); again.Version() != m.Version() {
		t.Error("the same posts must make the same model")
	}
	if m.Rarity(l.Tokens("boat")[0].Lexeme) >= m.Rarity(l.Tokens("unheard")[0].Lexeme) {
		t.Error("a word that nobody used must say more than one that many use")
	}
}

func TestCorrect(t *testing.T) {
	m, l := learn(t, 400), NewLanguage()
	for word, want := range map[string]string{"bloosom": "blossom", "anchro": "anchor", "deppression": "depression", "net": "", "nett": "net", "unheard": "", "cash": "", "Blossom": ""} {
		guesses := m.Correct(l.Tokens(word)[0])
		if want == "" && len(guesses) > 0 && word != "unheard" || want != "" && (len(guesses) == 0 || guesses[0] != want) {
			t.Errorf("%s: got %v, want %q", word, guesses, want)
		}
	}
}

func TestFile(t *testing.T) {
	m, l := learn(t, 600), NewLanguage()
	file := filepath.Join(t.TempDir(), "model")
	if err := m.Completed().Save(file); err != nil {
		t.Fatal(err)
	}
	again, err := Load(l, file)
	if err != nil {
		t.Fatal(err)
	}
	if again.Version() != m.Version() || !again.Complete() || again.Docs() != 600 || !again.Learned().Equal(m.Learned()) || again.Length() != m.Length() {
		t.Errorf("the model came back as %s of %d posts, was %s", again.Version(), again.Docs(), m.Version())
	}
	if !slices.Equal(again.Embed(l.Read("boat net")), m.Embed(l.Read("boat net"))) {
		t.Error("the vectors came back changed")
	}
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, cut := range []int{0, 1, 100, len(content) / 2, len(content) - 1} {
		if err := os.WriteFile(file, content[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Load(l, file); err == nil {
			t.Errorf("a file cut at byte %d was read", cut)
		}
	}
	left, err := os.ReadDir(filepath.Dir(file))
	if err != nil || len(left) != 1 {
		t.Errorf("%d files are left, %v", len(left), err)
	}
}

func TestModelThatIsNot(t *testing.T) {
	var m *Model
	l := NewLanguage()
	word := l.Tokens("sleep")[0]
	if m.Embed(l.Read("sleep")) != nil || m.Knows("sleep") || m.Correct(word) != nil || m.Docs() != 0 || m.Complete() || m.Version() != "" ||
		m.Length() <= 0 || m.Rarity(word.Lexeme) <= 0 || !m.Learned().IsZero() {
		t.Error("a model that is not there knows nothing and does no harm")
	}
}

// What is remembered of words keeps no draft and no erased post in memory.
func TestWordsHoldNoTexts(t *testing.T) {
	language := NewLanguage()
	held := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := held()
	for i := range 40 {
		language.Read(fmt.Sprintf("word%s %s", strings.Repeat("x", i), strings.Repeat("the and my ", 100_000))) // a megabyte and a word of its own
	}
	if now := held(); now > before+10<<20 {
		t.Errorf("%d MB are held by forty words", (now-before)>>20)
	}
	runtime.KeepAlive(language)
}
