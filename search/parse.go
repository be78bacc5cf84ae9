package search

import (
	"strings"
	"unicode/utf8"

	"beenthere/search/meaning"
)

// What a question may hold at most. More is not read, so that no question is
// slow.
const (
	mostBytes   = 2000
	mostWords   = 40
	mostPhrases = 8
)

// question is what somebody typed, read: plain words, "words in quotes" that
// stand side by side, and -words that must not occur.
type question struct {
	words   []meaning.Token // plain words and those of phrases, in order
	phrases [][]string
	without []string
}

// parse reads a question. Every text is one; nothing in it is an error.
func (r *Room) parse(text string) question {
	text = clip(text, mostBytes)
	var q question
	for text != "" {
		text = strings.TrimLeft(text, " \t\r\n")
		exclude := len(text) > 1 && text[0] == '-' && text[1] != '-'
		if exclude {
			text = text[1:]
		}
		part, quoted, rest := nextPart(text)
		text = rest
		r.take(&q, part, quoted, exclude)
	}
	return q
}

// take adds a part to the question.
func (r *Room) take(q *question, part string, quoted, exclude bool) {
	tokens := r.language.Tokens(part)
	switch {
	case len(tokens) == 0:
	case exclude:
		if len(q.without) < mostPhrases && len(tokens) == 1 {
			q.without = append(q.without, tokens[0].Stem)
		}
	default:
		if quoted && len(tokens) > 1 && len(q.phrases) < mostPhrases {
			q.phrases = append(q.phrases, stems(tokens[:min(len(tokens), mostWords)]))
		}
		q.words = append(q.words, tokens[:min(len(tokens), mostWords-len(q.words))]...)
	}
}

// nextPart cuts the next word or quoted phrase off a text.
func nextPart(text string) (part string, quoted bool, rest string) {
	if text == "" {
		return "", false, ""
	}
	for _, pair := range [][2]string{{`"`, `"`}, {"“", "”"}, {"„", "“"}, {"«", "»"}} {
		inside, ok := strings.CutPrefix(text, pair[0])
		if !ok {
			continue
		}
		part, rest, closed := strings.Cut(inside, pair[1])
		return part, closed, rest
	}
	if end := strings.IndexAny(text, " \t\r\n\""); end >= 0 {
		return text[:end], false, text[end:]
	}
	return text, false, ""
}

// clip cuts a text to a number of bytes, between two characters.
func clip(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most]
}
