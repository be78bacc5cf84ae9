package sanitize_test

import (
	"strings"
	"testing"

	"beenthere/forum/fault"
	"beenthere/forum/sanitize"
)

// TestNormalise: what people need to spell stays, what nobody can see goes.
func TestNormalise(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"line ends", "a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne"},
		{"composed", "cafe\u0301", "caf\u00e9"},
		{"zero width", "s\u200bui\u2060c\ufeffide", "suicide"},
		{"soft hyphen", "over\u00addose", "overdose"},
		{"turned around", "\u202eabc\u202c\u2066d\u2069\u200e\u200f\u061c", "abcd"},
		{"tag letters", "a\U000E0041\U000E0042\U000E007F", "a"},
		{"controls", "a\x07\x1b[31mb\x7f\u009bc", "a[31mbc"},
		{"private use", "a\uE000\U000F0000b", "ab"},
		{"noncharacters", "a\uFFFE\U0001FFFFb", "ab"},
		{"drawn as nothing", "a\u3164\u115f\u034f\uffa0\u180eb", "ab"},
		{"spaces of all kinds", "a\u00a0b\u2009c\u3000d\u2800e", "a b c d e"},
		{"tab and line stay", "a\tb\nc", "a\tb\nc"},
		{"persian", "می\u200cخواهم", "می\u200cخواهم"},
		{"doubled non-joiner", "می\u200c\u200c\u200dخواهم", "می\u200cخواهم"},
		{"non-joiner at the end", "خانه\u200c تو", "خانه تو"},
		{"latin non-joiner", "a\u200cb\u200dc", "abc"},
		{"devanagari", "क्\u200dष और क्\u200cष", "क्\u200dष और क्\u200cष"},
		{"sinhala", "ශ්\u200dරී", "ශ්\u200dරී"},
		{"old malayalam chillu", "അവന്\u200d.", "അവന്\u200d."},
		{"family", "👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"},
		{"rainbow flag", "🏳\ufe0f\u200d🌈", "🏳\ufe0f\u200d🌈"},
		{"skin tone", "👩🏽\u200d⚕\ufe0f", "👩🏽\u200d⚕\ufe0f"},
		{"red heart", "❤\ufe0f\u200d🩹", "❤\ufe0f\u200d🩹"},
		{"keycap", "1\ufe0f\u20e3", "1\ufe0f\u20e3"},
		{"selector on a letter", "a\ufe0fb\U000E0100", "ab"},
		{"selectors in a row", "❤\ufe0f\ufe0e\ufe0f", "❤\ufe0f"},
		{"joiner after a picture", "❤\u200d and 👩\u200dx", "❤ and 👩x"},
		{"vietnamese", "Nguyễn thương", "Nguyễn thương"},
		{"yoruba", "ọ̀nà", "ọ̀nà"},
		{"pointed hebrew", "שָּׁל֫וֹם", "שָּׁל֫וֹם"},
		{"thai", "ที่นี่", "ที่นี่"},
		{"tibetan", "བསྒྲུབས", "བསྒྲུབས"},
		{"burmese", "မြို့", "မြို့"},
		{"arabic signs", "\u06dd١", "\u06dd١"},
		{"zalgo", "h" + strings.Repeat("\u0335", 20) + "i", "h\u0335\u0335\u0335i"},
		{"a composed letter counts as one", "e\u0301\u0302\u0303\u0304\u0305", "\u00e9\u0302\u0303\u0304"},
		{"non-joiner after a comma", "سلام،\u200cخوب", "سلام،خوب"},
		{"mongolian form", "\u1820\u180b\u1820\u180b\u180c", "\u1820\u180b\u1820\u180b"},
		{"stacked thai", "ก" + strings.Repeat("็", 40), "ก" + strings.Repeat("็", 6)},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := sanitize.Normalise(c.in)
			if err != nil {
				t.Fatal(err)
			}
			if got != c.want {
				t.Errorf("got %+q, want %+q", got, c.want)
			}
		})
	}
}

func TestNormaliseRefuses(t *testing.T) {
	for _, in := range []string{"a\x00b", "a\xffb", "\xed\xa0\x80", "\xc0\xaf"} {
		if _, err := sanitize.Normalise(in); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+q: got %v, want an invalid fault", in, err)
		}
	}
}

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"  My   mum\n\tand me ":   "My mum and me",
		"a\u202eb\u200bc\xff":     "abc\uFFFD",
		"<b>bold</b> & **plain**": "<b>bold</b> & **plain**",
		"\u3164 \u200b":           "",
	} {
		if got := sanitize.Line(in); got != want {
			t.Errorf("Line(%+q) = %+q, want %+q", in, got, want)
		}
	}
}
