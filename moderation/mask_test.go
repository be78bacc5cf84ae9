package moderation

import (
	"strings"
	"testing"
)

func TestAMaskOnlyCovers(t *testing.T) {
	const story = "I am scared. I was at Rosebank Clinic in March and my son Tom waits at home. Ring me on 07700 900123, please."
	for what, c := range map[string]struct {
		out, in string
		want    bool
	}{
		"a number in brackets":            {"07700 900123,", "[phone number],", true},
		"two details side by side":        {"Clinic in March", "[clinic] [month]", true},
		"anything in brackets":            {"scared.", "[feeling].", true},
		"a clinic in plain words":         {"Rosebank Clinic", "my clinic", true},
		"a name left out":                 {"my son Tom waits", "my son waits", true},
		"a number left out":               {"on 07700 900123, please", "on, please", true},
		"a word turned round":             {"scared.", "not scared.", false},
		"a word put in":                   {"I am", "I really am", false},
		"a word left out":                 {"I am scared. I", "I", false},
		"another feeling":                 {"scared.", "happy.", false},
		"brackets where nothing was":      {"home. Ring", "home. [buy at my shop] Ring", false},
		"words beside the brackets":       {"07700 900123,", "[number] or love you,", false},
		"a sermon in a clinic's place":    {"Rosebank Clinic", "a place where I should have listened to them", false},
		"a sentence at the end":           {"please.", "please. And I love you.", false},
		"half of it covered":              {"I am scared. I was at Rosebank Clinic in March and my son Tom waits", "[all of it]", false},
		"one word in many brackets":       {"scared.", "[scared] [of all] [of them]", false},
		"a line broken beside a cover":    {"07700 900123,", "[number],\n\n", false},
		"a long text between the bracket": {"scared.", "[" + strings.Repeat("long ", 12) + "].", false},
	} {
		if !strings.Contains(story, c.out) {
			t.Fatalf("%s: %q is not in the story", what, c.out)
		}
		if got := onlyCovers(written{"At night", story}, written{"At night", strings.Replace(story, c.out, c.in, 1)}); got != c.want {
			t.Errorf("%s: %t, want %t", what, got, c.want)
		}
	}
}

func TestAMaskKeepsTheShape(t *testing.T) {
	const body = "I was at Rosebank Clinic in March.\n\nNobody\nrang me."
	for what, c := range map[string]struct {
		after written
		want  bool
	}{
		"a cover in the body":          {written{"A long winter", "I was at [clinic] in March.\n\nNobody\nrang me.\n"}, true},
		"space at either end":          {written{"A long [time]", "\n" + body + "\n\n"}, true},
		"a cover in the title":         {written{"A long [time]", body}, true},
		"nothing covered":              {written{"A long winter", body}, false},
		"a word moved up":              {written{"A long winter I", strings.TrimPrefix(body, "I ")}, false},
		"lines joined":                 {written{"A long winter", strings.ReplaceAll(body, "\n", " ")}, false},
		"lines joined beside a cover":  {written{"A long [time]", strings.ReplaceAll(body, "\n", " ")}, false},
		"a line broken beside a cover": {written{"A long [time]", strings.Replace(body, " was", "\nwas", 1)}, false},
	} {
		if got := onlyCovers(written{"A long winter", body}, c.after); got != c.want {
			t.Errorf("%s: %t, want %t", what, got, c.want)
		}
	}
}
