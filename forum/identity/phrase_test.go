package identity

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"beenthere/forum/fault"
)

// Made by a second program that knows only the description in phrase.go.
var spellings = []struct {
	secret       Secret
	phrase, code string
}{
	{Secret{}, strings.TrimSpace(strings.Repeat("abacus ", 11)), "000000000000000000000000000"},
	{Secret{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
		"abacus average adult doorway allow ivy annex pectin area social auction", "000G40R40M30E209185GR38E1WT"},
	{Secret{0x8f, 0x5a, 0x63, 0xc0, 0xfe, 0x56, 0x77, 0x29, 0x4d, 0x1e, 0x70, 0xa9, 0x03, 0xfd, 0x6d, 0x12},
		"mussel platter safari tiling knight obtain brook apartment aflutter starlet ballroom", "HXD67G7YASVJJK8YE2MG7ZBD2A4"},
	{Secret{255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255},
		strings.Repeat("zucchini ", 10) + "zinc", "ZZZZZZZZZZZZZZZZZZZZZZZZZW9"},
}

func TestVectorsBothWays(t *testing.T) {
	for _, v := range spellings {
		if got := v.secret.Phrase(); got != v.phrase {
			t.Errorf("phrase = %s\n   want %s", got, v.phrase)
		}
		if got := v.secret.Base32(); got != v.code {
			t.Errorf("code = %s, want %s", got, v.code)
		}
		reads(t, v.phrase, v.secret)
		reads(t, v.code, v.secret)
	}
}

func TestEverySecretComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anySecret(t)
		for _, spelled := range []string{s.Phrase(), s.Base32()} {
			if got, err := ParsePhrase(spelled); err != nil || got != s {
				t.Fatalf("%q: %v", spelled, err)
			}
		}
	})
}

func TestAsPeopleType(t *testing.T) {
	v := spellings[2]
	for name, typed := range map[string]string{
		"shortened":         "musse platt safar tilin knigh obtai brook apart aflut starl ballr",
		"capitals":          strings.ToUpper(v.phrase),
		"a numbered list":   "1. mussel\n2. platter\n3. safari\n4. tiling\n5. knight\n6. obtain\n7. brook\n8. apartment\n9. aflutter\n10. starlet\n11. ballroom",
		"numbers, no marks": "1mussel 2platter 3safari 4tiling 5knight 6obtain 7brook 8apartment 9aflutter 10starlet 11ballroom",
		"marks":             "\ufeff“" + strings.ReplaceAll(v.phrase, " ", "” — “") + "”",
		"endings misspelt":  "mussels plattter safaris tilings knights obtained brooks apartmant aflutterr starlit ballrooms",
		"soft hyphens":      strings.ReplaceAll(v.phrase, "tter", "t\u00adter"),
		"wide letters":      strings.ReplaceAll(v.phrase, "mussel", "ｍｕｓｓｅＬ"),
		"turkish keyboard":  strings.ReplaceAll(strings.ReplaceAll(v.phrase, "til", "Tıl"), "afari", "AFARİ"),
		"code in groups":    "HXD67-G7YAS VJJK8\nYE2MG-7ZBD2-A4",
		"code in small":     strings.ToLower(v.code),
		"code by eye":       strings.NewReplacer("0", "O").Replace(v.code),
	} {
		t.Run(name, func(t *testing.T) { reads(t, typed, v.secret) })
	}
	ones := Secret{0x08, 0x42, 0x10} // begins with the digits 1 1 1 1
	reads(t, strings.NewReplacer("11", "Il", "1", "L").Replace(ones.Base32()), ones)
}

func TestSentencesSayWhereToLook(t *testing.T) {
	v := spellings[2]
	for name, c := range map[string]struct{ typed, want string }{
		"nothing":          {" \n", "the eleven words"},
		"ten words":        {strings.TrimSuffix(v.phrase, " ballroom"), "here we read 10"},
		"unknown":          {strings.Replace(v.phrase, "tiling", "qqqqqq", 1), "Word 4, “qqqqqq”, is not in our list. Please"},
		"one slip":         {strings.Replace(v.phrase, "knight", "kinght", 1), "Perhaps it is “knight”?"},
		"too short":        {strings.Replace(v.phrase, "safari", "safa", 1), "Word 3, “safa”"},
		"exchanged":        {strings.Replace(v.phrase, "brook", "bread", 1), "do not fit together"},
		"other alphabet":   {strings.Replace(v.phrase, "safari", "сафари", 1), "Word 3 has letters of another alphabet"},
		"one foreign twin": {strings.Replace(v.phrase, "safari", "sаfari", 1), "Word 3 has letters of another alphabet"},
		"far too long":     {strings.Repeat(v.phrase+" ", 20), "longer than a recovery phrase"},
		"a long word":      {strings.Replace(v.phrase, "safari", strings.Repeat("q", 300), 1), "“" + strings.Repeat("q", 20) + "”"},
		"code cut off":     {v.code[:26], "here we read 26"},
		"code with a U":    {"U" + v.code[1:], "U is never used"},
		"code mistyped":    {"J" + v.code[1:], "do not fit together"},
		"code, foreign":    {"Ж" + v.code[2:], "another alphabet"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ParsePhrase(c.typed)
			var f *fault.Error
			if !errors.As(err, &f) || f.Kind != fault.Invalid || !strings.Contains(f.Tell, c.want) {
				t.Fatalf("got %#v, want %q", err, c.want)
			}
			if strings.ContainsAny(err.Error(), "“”") || strings.Contains(err.Error(), "qqq") {
				t.Fatalf("the log would hold what was typed: %v", err)
			}
		})
	}
}

// Of all wrong words at any place at least 15 in 16 are caught. Whether one is
// depends on how the words differ and not on the secret, so one stands for all.
func TestWrongWordsAreCaught(t *testing.T) {
	s := NewSecret()
	for place := range phraseWords {
		missed := 0
		typed := strings.Fields(s.Phrase())
		for _, typed[place] = range words {
			if got, err := ParsePhrase(strings.Join(typed, " ")); err == nil && got != s {
				missed++
			}
		}
		if missed*16 > len(words)-1 {
			t.Errorf("place %d: %d of %d wrong words pass", place+1, missed, len(words)-1)
		}
	}
}

func TestExchangedWordsAreCaught(t *testing.T) {
	var tried, missed int
	for range 200 {
		s := NewSecret()
		right := strings.Fields(s.Phrase())
		for i := range right {
			for j := range i {
				typed := append([]string(nil), right...)
				typed[i], typed[j] = typed[j], typed[i]
				tried++
				if got, err := ParsePhrase(strings.Join(typed, " ")); err == nil && got != s {
					missed++
				}
			}
		}
	}
	if missed*12 > tried { // one in 16 is expected; 11,000 tries leave little room for chance
		t.Errorf("%d of %d exchanges pass", missed, tried)
	}
}

func TestWrongLettersOfTheCodeAreCaught(t *testing.T) {
	const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	right := spellings[2].code
	for place := range right {
		for _, letter := range letters {
			typed := right[:place] + string(letter) + right[place+1:]
			if _, err := ParsePhrase(typed); err == nil && typed != right {
				t.Errorf("%s passes", typed)
			}
		}
	}
}

func TestOwnPhraseInADraft(t *testing.T) {
	v := spellings[2]
	for draft, want := range map[string]bool{
		"My words are " + v.phrase + ".":                               true,
		"platter safari tiling knight":                                 true,
		"1. Platt\n2. SAFAR\n3. **tilin**\n4. knigh":                   true,
		"aflutter, starlet, ballroom, and":                             false,
		"platter safari tiling and knight":                             false,
		"knight tiling safari platter":                                 false,
		"a mussel platter on safari, with a knight by the brook":       false,
		"starlet ballroom mussel platter":                              false,
		"platter platter safari tiling knight":                         true,
		"it is " + strings.ToLower(v.code):                             true,
		"it is HXD67-G7YAS-VJJK8-YE2MG-7ZBD2-A4, keep it":              true,
		strings.Repeat("something else ", 1500) + "obtain brook apart": false,
	} {
		if got := HoldsOwnPhrase(v.secret, draft); got != want {
			t.Errorf("%.60q = %v", draft, got)
		}
	}
}

func FuzzParsePhrase(f *testing.F) {
	for _, v := range spellings {
		f.Add(v.phrase)
		f.Add(v.code)
	}
	f.Add("1. mussel\u00ad plаtter ｓafari\xff")
	f.Fuzz(func(t *testing.T, typed string) {
		s, err := ParsePhrase(typed)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid || s != (Secret{}) {
				t.Fatalf("%v", err)
			}
			return
		}
		reads(t, s.Phrase(), s)
		reads(t, s.Base32(), s)
	})
}

func reads(t *testing.T, typed string, want Secret) {
	t.Helper()
	got, err := ParsePhrase(typed)
	if err != nil || got != want {
		var f *fault.Error
		errors.As(err, &f)
		t.Fatalf("%q: %+v", typed, f)
	}
}

func anySecret(t *rapid.T) Secret {
	return Secret(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "secret"))
}
