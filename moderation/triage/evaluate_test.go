package triage

import (
	"os"
	"strings"
	"testing"

	"beenthere/forum/fault"
)

// The figures asked of triage: precision and recall of ideation or worse, and
// the share of ordinary posts that are raised. The words were tuned on the
// files called tune; those called check were kept aside and looked at once. The
// hard ones are long and rambling, and most of their heavy posts hold no word of
// death. The voices are short and of many kinds: confessions, rants, slang,
// supporters, the bereaved, jokes. The registers are ordinary distress as people
// write it on open forums, long and short, and many ways of saying a severe
// thing without naming it. The plain ones are run-on and unadorned, as most
// posts are; when they were first read, before anything was changed by them, it
// was precision .81 and recall .80, and 12 % of the others were raised. All are
// made up.
func TestFiguresOnMadeUpPosts(t *testing.T) {
	for _, name := range []string{"testdata/posts-tune.csv", "testdata/posts-check.csv", "testdata/posts-hard-tune.csv", "testdata/posts-hard-check.csv",
		"testdata/posts-voices-tune.csv", "testdata/posts-voices-check.csv", "testdata/posts-registers-tune.csv", "testdata/posts-plain-tune.csv"} {
		r, err := Evaluate(open(t, name))
		if err != nil {
			t.Fatal(err)
		}
		if r.Severe.Precision < 0.80 || r.Severe.Recall < 0.55 || r.Raised > 0.05 {
			t.Errorf("%s: precision %.2f, recall %.2f, raised %.3f", name, r.Severe.Precision, r.Severe.Recall, r.Raised)
		}
		room := 0.2 * float64(r.Posts) / float64(r.Severe.Wanted) // no order finds more in the first fifth
		if r.Early[1].Ordered < 0.7*min(1, room) {
			t.Errorf("%s: in the first fifth %.2f, as they arrived %.2f", name, r.Early[1].Ordered, r.Early[1].Arrival)
		}
	}
}

func TestFiguresOnMarkedDetails(t *testing.T) {
	for _, name := range []string{"testdata/details-tune.jsonl", "testdata/details-check.jsonl", "testdata/details-check2.jsonl"} {
		r, err := EvaluateDetails(open(t, name), helpLines)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range r.Classes {
			if c.Class == ClassDirect && (c.Recall < 0.97 || c.Precision < 0.95) || c.Marked > 0 && c.Recall < 0.5 {
				t.Errorf("%s: class %s precision %.3f recall %.3f", name, c.Class, c.Precision, c.Recall)
			}
		}
	}
}

func open(t *testing.T, name string) *os.File {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func TestEvaluateCounts(t *testing.T) {
	file := "Label,Text\nideation,I want to die\nnone,I like tea\nattempt,Nothing to see\nsupportive,\"Hello, you\"\n"
	r, err := Evaluate(strings.NewReader("\ufeff" + file))
	if err != nil {
		t.Fatal(err)
	}
	if r.Posts != 4 || r.Severe.Found != 1 || r.Severe.Wanted != 2 || r.Severe.Right != 1 || r.Severe.Recall != 0.5 || r.Raised != 0 {
		t.Errorf("%+v", r)
	}
	var b strings.Builder
	if err := r.Print(&b); err != nil || !strings.Contains(b.String(), "precision") || !strings.Contains(b.String(), "20 %") {
		t.Errorf("%v\n%s", err, b.String())
	}
}

// Files come from many hands: a mark of byte order, capitals, other columns,
// another order, lines within quotes, all posts of a person in one list.
func TestEvaluateReadsWhatPeopleHave(t *testing.T) {
	for name, file := range map[string]string{
		"capitals":      "TEXT,LABEL\nI like tea,Green\nI want to die,RED\n",
		"byte order":    "\ufefftext,label\r\nI like tea,green\r\n\"Hello.\r\nI want to die, \"\"really\"\"\",crisis\r\n",
		"other columns": "id,Label,who,Text\n1,amber,7,I like tea\n2, Ideation ,8,I want to die\n",
		"lists":         "text,label\n\"['I like tea', 'and cake']\",Supportive\n\"['It rains', \"\"I don't want to be alive anymore\"\"]\",Ideation\n",
	} {
		r, err := Evaluate(strings.NewReader(file))
		if err != nil || r.Posts != 2 || r.Severe.Wanted != 1 || r.Severe.Right != 1 || r.Severe.Found != 1 {
			t.Errorf("%s: %v %+v", name, err, r)
		}
	}
}

func TestEvaluateTellsWhatIsWrong(t *testing.T) {
	for file, want := range map[string]string{
		"":                         "columns text and label",
		"a,b\n1,2\n":               "columns text and label",
		"text;label\nhello;none\n": `It holds "text;label"`,
		"text,label\n":             "no rows follow",
		"text,label\n\"two\nlines\",none\nhello,sad\n": "Line 4 has the label",
		"text,label\nhello\n":                          "Line 2 ends before",
		"text,label\n\"hello,none\nyou,none\n":         "a quote that opens must close",
	} {
		_, err := Evaluate(strings.NewReader(file))
		var f *fault.Error
		if !fault.Is(err, fault.Invalid) || !asFault(err, &f) || !strings.Contains(f.Tell, want) {
			t.Errorf("%q: %v", file, err)
		}
	}
	for _, file := range []string{"not json", "{not json", "text,label\nhello,Q\n", `{"text": "hello", "spans": [{"class": "mood"}]}`} {
		if _, err := EvaluateDetails(strings.NewReader(file), nil); !fault.Is(err, fault.Invalid) {
			t.Errorf("details %q: %v", file, err)
		}
	}
}

func asFault(err error, f **fault.Error) (ok bool) {
	*f, ok = err.(*fault.Error)
	return ok
}

func TestEvaluateDetailsCounts(t *testing.T) {
	var r DetailReport
	for _, file := range []string{
		`{"text": "Write to ann@example.org in Leeds", "spans": [{"class": "A", "words": "ann@example.org"}, {"class": "name", "words": "ann"}]}` + "\n\n",
		"\n" + `{"text": "Schreib “ann@example.org” in Leeds", "spans": [{"class": "email", "start": 9, "end": 24}, {"class": "B", "start": 9, "end": 12}]}`,
		`{"text": "Write to ann@example.org in Leeds", "spans": [{"class": "A"}, {"class": "B"}]}`,
		"text,label,words\nWrite to ann@example.org in Leeds,A|B,ann@example.org\n",
		"text,label\nWrite to ann@example.org in Leeds,email|person\n",
	} {
		var err error
		r, err = EvaluateDetails(strings.NewReader(file), nil)
		if err != nil || r.Texts != 1 || len(r.Classes) != 3 {
			t.Fatalf("%v %+v", err, r)
		}
		a, b, d := r.Classes[0], r.Classes[1], r.Classes[2]
		if a.Right != 1 || a.Recall != 1 || b.Marked != 1 || b.Hit != 0 || d.Reported != 1 || d.Right != 0 {
			t.Errorf("%s: %+v", file, r)
		}
	}
	var out strings.Builder
	if err := r.Print(&out); err != nil || !strings.Contains(out.String(), "class") {
		t.Errorf("%v %s", err, out.String())
	}
}
