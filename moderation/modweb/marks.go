package modweb

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"beenthere/moderation/triage"
)

// mark is a stretch of a text with the reason why it is marked.
type mark struct {
	start, end int // bytes of the text
	why        string
	detail     bool // it could point to somebody
}

// segment is a piece of a text that is marked as one, or not at all. Templates
// escape it; nothing here is markup.
type segment struct {
	Text   string
	Why    string // "" for a piece without a mark
	Detail bool
	Break  bool // stands on a new line
}

// marksOf gives the places of one field, "title" or "body", that triage and
// the search for personal details point to. A signal whose words do not stand
// where it says is from an older reading of the text and is left out.
func marksOf(field, text string, signals []triage.Signal, details []triage.Detail) []mark {
	var marks []mark
	for _, s := range signals {
		if s.Field == field && stands(text, s.Words, s.Start, s.End) {
			marks = append(marks, mark{start: s.Start, end: s.End, why: s.Reason})
		}
	}
	for _, d := range details {
		if stands(text, d.Words, d.Start, d.End) {
			marks = append(marks, mark{start: d.Start, end: d.End, why: "Could point to somebody: " + d.Kind + ".", detail: true})
		}
	}
	return marks
}

func stands(text, words string, start, end int) bool {
	return words != "" && utf8.ValidString(words) && start >= 0 && start < end && end <= len(text) && text[start:end] == words
}

// segments cuts a text at the ends of its marks. Joined together, the pieces
// are the text again.
func segments(text string, marks []mark) []segment {
	cuts := []int{0, len(text)}
	for _, m := range marks {
		cuts = append(cuts, m.start, m.end)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var pieces []segment
	for i := 1; i < len(cuts); i++ {
		pieces = append(pieces, piece(text, cuts[i-1], cuts[i], marks))
	}
	return pieces
}

// piece gives one segment with all reasons that cover it.
func piece(text string, start, end int, marks []mark) segment {
	s := segment{Text: text[start:end]}
	var why []string
	for _, m := range marks {
		if m.start <= start && end <= m.end {
			why = append(why, m.why)
			s.Detail = s.Detail || m.detail
		}
	}
	slices.SortFunc(why, cmp.Compare[string])
	s.Why = strings.Join(slices.Compact(why), " ")
	return s
}

// paragraphs puts segments into paragraphs, which an empty line separates. A
// single line end becomes a Break.
func paragraphs(pieces []segment) (all [][]segment) {
	var now []segment
	ends := 0 // line ends since the last words
	for _, p := range pieces {
		for i, line := range strings.Split(p.Text, "\n") {
			if i > 0 {
				ends++
			}
			if line == "" {
				continue
			}
			if ends > 1 && len(now) > 0 {
				all, now = append(all, now), nil
			}
			p.Text, p.Break = line, ends == 1 && len(now) > 0
			now, ends = append(now, p), 0
		}
	}
	if len(now) > 0 {
		all = append(all, now)
	}
	return all
}
