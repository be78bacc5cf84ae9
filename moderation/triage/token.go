package triage

import (
	"slices"
	"unicode/utf8"
)

// Marks of a token.
const (
	afterSentence = 1 << iota // a sentence ended before it
	afterClause               // a comma, dash or line end stands before it
	quoted                    // inside double quotes or on a quoted line
	tooLong                   // longer than any word
)

// Words every vocabulary knows by number.
const (
	unknownWord = iota
	numberWord
	firstWord
)

// token is one word of a text: where it stands and which word it is.
type token struct {
	start, end int32  // bytes of the text
	word       uint16 // number in the vocabulary
	mark       uint8
	letters    uint8 // length of the folded word, at most maxWord
	single     byte  // the letter of a word of one letter
	foreign    bool  // in another script than Latin
}

const (
	maxWord    = 40      // bytes of a folded word; longer ones are unknown
	maxText    = 1 << 28 // bytes; what lies beyond is not read (a post is far shorter)
	maxQuotes  = 120     // words between quotes; longer is taken for a stray mark
	spelledMin = 3       // letters standing alone that may spell a word

	longestSpelled = 12 // letters of the longest word that is found spelled out
)

// tokenizer cuts one text into tokens.
type tokenizer struct {
	words    *vocabulary
	text     string
	pos      int
	marks    uint8 // for the next token
	line     uint8 // quoted while the line began with ">"
	opened   int   // token after an open quote, or -1
	out      []token
	buf      [maxWord]byte
	newlines int
}

// tokens cuts the text and recognises each word, also when it is disguised. The
// tokens are put in the room of older ones.
func (v *vocabulary) tokens(text string, room []token) []token {
	if len(text) > maxText {
		text = text[:maxText]
	}
	t := tokenizer{words: v, text: text, opened: -1, marks: afterSentence, out: slices.Grow(room[:0], len(text)/5+4)}
	t.newlines = 1
	for t.pos < len(t.text) {
		t.step()
	}
	return t.words.spelled(t.out)
}

// kindAt gives the kind of the rune at i, its folded letter and its width.
func (t *tokenizer) kindAt(i int) (kind, latin byte, width int) {
	if b := t.text[i]; b < utf8.RuneSelf {
		return asciiKind[b], asciiLower[b], 1
	}
	r, width := utf8.DecodeRuneInString(t.text[i:])
	kind, latin = fold(r)
	return kind, latin, width
}

// step reads one word or one mark between words.
func (t *tokenizer) step() {
	kind, _, width := t.kindAt(t.pos)
	switch kind {
	case letter, digit:
		t.word()
		return
	case disguise:
		if c := t.text[t.pos]; (c == '@' || c == '$') && t.beginsWord(t.pos+width) {
			t.word()
			return
		}
	case newline:
		t.lineEnd()
	case stop:
		t.fullStop()
	case soft:
		t.marks |= afterClause
	case quote:
		t.quote()
	case other:
		t.symbol()
	}
	t.pos += width
}

// symbol handles ">" at the start of a line, which quotes the line.
func (t *tokenizer) symbol() {
	if t.text[t.pos] == '>' && t.newlines > 0 {
		t.line = quoted
	}
}

func (t *tokenizer) lineEnd() {
	t.line = 0
	t.newlines++
	t.marks |= afterClause
	if t.newlines > 1 {
		t.marks |= afterSentence
		t.opened = -1
	}
}

// fullStop ends the sentence unless it is one of several dots or stands inside
// something ("3.5", "k.m.s", "e.g.,").
func (t *tokenizer) fullStop() {
	t.marks |= afterClause
	next := t.pos + 1
	if t.text[t.pos] == '.' {
		if next < len(t.text) && t.text[next] == '.' || t.pos > 0 && t.text[t.pos-1] == '.' {
			return
		}
		if n := len(t.out); n > 0 && t.out[n-1].letters == 1 && t.beginsWord(next) {
			return
		}
	}
	t.marks |= afterSentence
}

// quote opens or closes a quotation and marks the words between.
func (t *tokenizer) quote() {
	if t.opened < 0 {
		t.opened = len(t.out)
		return
	}
	if len(t.out)-t.opened <= maxQuotes {
		for i := t.opened; i < len(t.out); i++ {
			t.out[i].mark |= quoted
		}
	}
	t.opened = -1
}
