package identity

import (
	"regexp"
	"slices"
	"testing"
)

func TestNameListsAreWhole(t *testing.T) {
	if len(adjectives) < 128 || len(nouns) < 256 {
		t.Fatalf("%d adjectives, %d nouns", len(adjectives), len(nouns))
	}
	for name, list := range map[string][]string{"adjectives": adjectives, "nouns": nouns} {
		if !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) {
			t.Errorf("%s are not sorted, or one is there twice", name)
		}
	}
	for _, adjective := range adjectives {
		if slices.Contains(nouns, adjective) {
			t.Errorf("%[1]s %[1]s would be a name", adjective)
		}
	}
}

func TestNames(t *testing.T) {
	keys := testKeys(t)
	shape := regexp.MustCompile(`^[A-Z][a-z]+ [A-Z][a-z]+$`)
	names := map[string]int{}
	for range 2000 {
		tag := NewTag()
		name := keys.Name(tag, 0)
		if !shape.MatchString(name) || name != keys.Name(tag, 0) {
			t.Fatalf("%q", name)
		}
		names[name]++
	}
	if len(names) < 1900 {
		t.Errorf("2,000 people have %d names", len(names))
	}
	tag, tries := NewTag(), map[string]bool{}
	for attempt := range 64 {
		tries[keys.Name(tag, attempt)] = true
	}
	if len(tries) < 60 {
		t.Errorf("64 attempts give %d names", len(tries))
	}
}
