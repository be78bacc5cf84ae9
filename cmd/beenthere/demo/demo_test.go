package demo

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func all(t *testing.T) []Story {
	t.Helper()
	stories, err := Stories()
	if err != nil {
		t.Fatal(err)
	}
	return stories
}

// slugs reads what a new house offers to choose from.
func slugs(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, m := range regexp.MustCompile(`(?m)^slug: (.+)$`).FindAllStringSubmatch(string(text), -1) {
		found = append(found, m[1])
	}
	if len(found) == 0 {
		t.Fatalf("no slugs in %s", file)
	}
	return found
}

func TestEveryChoiceIsOneThatTheHouseOffers(t *testing.T) {
	topics, experiences, notes := slugs(t, "../../../forum/topics.txt"), slugs(t, "../../../forum/experiences.txt"), slugs(t, "../../../forum/notes.txt")
	among := func(s Story, kind, slug string, choices []string) {
		if !slices.Contains(choices, slug) {
			t.Errorf("%q: %s %q is not offered", s.Title, kind, slug)
		}
	}
	used := map[string]bool{}
	for _, s := range all(t) {
		used[s.Topic] = true
		among(s, "topic", s.Topic, topics)
		among(s, "wants", s.Wants, []string{"listening", "similar", "ideas", "no-reply"})
		for _, e := range s.Experiences {
			among(s, "experience", e.Slug, experiences)
			among(s, "stance", e.Stance, []string{"been", "going", "caring"})
		}
		if len(s.Experiences) > 5 || len(s.Notes) > 5 {
			t.Errorf("%q: more tags than a form takes", s.Title)
		}
		for _, n := range s.Notes {
			among(s, "note", n, notes)
		}
		for _, r := range s.Replies {
			for _, n := range r.Notes {
				among(s, "note", n, notes)
			}
		}
	}
	if len(used) != len(topics) {
		t.Errorf("%d of %d topics have a story", len(used), len(topics))
	}
}

func TestHowMuchThereIs(t *testing.T) {
	var read, waiting, alone, later, notSafe int
	titles := map[string]bool{}
	for _, s := range all(t) {
		if titles[s.Title] {
			t.Errorf("%q is there twice", s.Title)
		}
		titles[s.Title] = true
		answered, unread := count(s.Replies)
		waiting += unread
		if s.NotSafe {
			notSafe++
		}
		if s.Later != "" {
			later++
		}
		if s.Waiting {
			waiting++
			continue
		}
		read++
		if answered > 6 {
			t.Errorf("%q has %d replies", s.Title, answered)
		}
		if answered == 0 && s.Wants != "no-reply" {
			alone++
		}
	}
	if read < 40 || waiting != 12 || alone < 3 || later != 1 || notSafe == 0 {
		t.Errorf("read %d, waiting %d, without an answer %d, later on %d, not safe %d", read, waiting, alone, later, notSafe)
	}
}

func TestWhatWaitsComesLast(t *testing.T) {
	stories := all(t)
	first := slices.IndexFunc(stories, func(s Story) bool { return s.Waiting })
	for _, s := range stories[first:] {
		if !s.Waiting {
			t.Errorf("%q comes after what waits", s.Title)
		}
	}
	if stories[0].Topic == stories[1].Topic {
		t.Error("the subjects are not mixed")
	}
}

func count(replies []Reply) (answered, unread int) {
	for _, r := range replies {
		if r.Waiting {
			unread++
		} else {
			answered++
		}
	}
	return answered, unread
}

func TestLengths(t *testing.T) {
	body := func(title, text string) {
		if n := utf8.RuneCountInString(text); n < 10 || n > 20000 || !utf8.ValidString(text) {
			t.Errorf("%q: %d characters", title, n)
		}
	}
	for _, s := range all(t) {
		if n := utf8.RuneCountInString(s.Title); n < 3 || n > 120 {
			t.Errorf("%q: title of %d characters", s.Title, n)
		}
		body(s.Title, s.Body)
		for _, r := range s.Replies {
			body(s.Title, r.Body)
		}
		if s.Later != "" {
			body(s.Title, s.Later)
		}
	}
}

// What the files promise: numbers kept for drama, addresses kept for examples,
// no links, and nothing a person would not type.
func TestNobodyCanBeReached(t *testing.T) {
	number, mail, odd := regexp.MustCompile(`\+?\d[\d ]{7,}\d`), regexp.MustCompile(`\S+@\S+`), regexp.MustCompile(`(?i)https?:|www\.|[—–]|you are not alone`)
	for _, s := range all(t) {
		texts := []string{s.Title, s.Body, s.Later}
		for _, r := range s.Replies {
			texts = append(texts, r.Body)
		}
		for _, text := range texts {
			for _, n := range number.FindAllString(text, -1) {
				if !strings.HasPrefix(n, "07700 900") {
					t.Errorf("%q: number %q", s.Title, n)
				}
			}
			for _, m := range mail.FindAllString(text, -1) {
				if !strings.HasSuffix(strings.Trim(m, ".,"), "@example.org") {
					t.Errorf("%q: address %q", s.Title, m)
				}
			}
			if m := odd.FindString(text); m != "" {
				t.Errorf("%q: %q", s.Title, m)
			}
		}
	}
}

func TestWhatIsNotUnderstoodIsAnError(t *testing.T) {
	const good = "# words\n\n=== thread\nauthor: a\ntopic: t\ntitle: x\nwants: ideas\n\nbody one\n\nbody: two\n\n--- reply b\nwaiting: yes\n\nanswer\n\n--- later\n\nsince then\n"
	stories, err := parse("good", good)
	if err != nil || len(stories) != 1 || stories[0].Body != "body one\n\nbody: two" || !stories[0].Replies[0].Waiting || stories[0].Later != "since then" {
		t.Fatalf("%+v, %v", stories, err)
	}
	for name, edit := range map[string][2]string{
		"words first":      {"# words", "words"},
		"unknown key":      {"wants: ideas", "wants: ideas\nnote: death"},
		"key twice":        {"wants: ideas", "wants: ideas\nwants: similar"},
		"no value":         {"wants: ideas", "wants: "},
		"no key":           {"wants: ideas", "ideas"},
		"missing wants":    {"wants: ideas\n", ""},
		"no stance":        {"wants: ideas", "wants: ideas\nexperiences: grief"},
		"other flag":       {"waiting: yes", "waiting: no"},
		"no alias":         {"--- reply b", "--- reply"},
		"two aliases":      {"--- reply b", "--- reply b c"},
		"unknown block":    {"--- later", "--- latter"},
		"no words":         {"answer\n", ""},
		"reply first":      {"=== thread", "--- reply z\n\nhello\n\n=== thread"},
		"unread, answered": {"wants: ideas", "wants: ideas\nwaiting: yes"},
		"two later":        {"since then", "since then\n\n--- later\n\nand again"},
		"later with key":   {"--- later\n", "--- later\nnotes: death\n"},
	} {
		if _, err := parse(name, strings.Replace(good, edit[0], edit[1], 1)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("=== thread\nauthor: a\ntopic: t\ntitle: x\nwants: ideas\nexperiences: e been, f going\n\nbody\n--- reply b\n\nanswer\n--- later\n\nmore")
	f.Fuzz(func(t *testing.T, text string) {
		stories, err := parse("fuzz", text)
		for _, s := range stories {
			if err != nil || s.Author == "" || strings.TrimSpace(s.Body) == "" {
				t.Fatalf("%+v, %v", s, err)
			}
		}
	})
}
