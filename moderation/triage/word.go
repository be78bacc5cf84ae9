package triage

import (
	"unicode"
	"unicode/utf8"
)

// beginsWord reports whether a letter or digit stands at i.
func (t *tokenizer) beginsWord(i int) bool {
	if i >= len(t.text) {
		return false
	}
	kind, _, _ := t.kindAt(i)
	return kind == letter || kind == digit
}

// word reads a word: letters, digits, what hides between them and signs that
// stand for a letter when a letter follows.
func (t *tokenizer) word() {
	w := wordReader{start: t.pos, last: t.pos}
	for t.pos < len(t.text) {
		if c := t.text[t.pos]; c < utf8.RuneSelf && asciiKind[c] == letter { // nearly always
			w.letters, w.latin = true, true
			t.put(&w, asciiLower[c])
			t.pos++
			w.last = t.pos
			continue
		}
		kind, latin, width := t.kindAt(t.pos)
		if !t.takes(&w, kind, latin, width) {
			break
		}
		t.pos += width
	}
	t.pos = w.last
	t.emit(w)
}

// wordReader collects one word.
type wordReader struct {
	start, last               int // bytes; last is behind the last letter
	n                         int // folded bytes in the buffer
	letters, digits, disguise bool
	latin, other              bool // scripts of its letters
	long, repeats             bool
}

// takes adds a rune to the word, or reports that the word has ended.
func (t *tokenizer) takes(w *wordReader, kind, latin byte, width int) bool {
	switch kind {
	case letter:
		w.letters = true
		if t.latinAt(t.pos, latin) {
			w.latin = true
		} else {
			w.other = true
		}
	case digit:
		w.digits = true
	case hidden, joiner:
		if kind == hidden {
			w.last = t.pos + width
		}
		return true
	case disguise:
		if !t.beginsWord(t.pos + width) {
			return false
		}
		w.disguise = true
	default:
		if t.text[t.pos] != '!' || w.n == 0 || !w.letters || !t.letterAt(t.pos+1) {
			return false
		}
		w.disguise = true
	}
	t.put(w, latin)
	w.last = t.pos + width
	return true
}

// latinAt reports whether the letter at byte i belongs to the Latin script, or
// only dresses up as another ("𝓪", "ａ").
func (t *tokenizer) latinAt(i int, latin byte) bool {
	if t.text[i] < utf8.RuneSelf {
		return true
	}
	if latin == 0 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(t.text[i:])
	if r < firstLong {
		return r < 'Ͱ' // Greek, Cyrillic and Armenian begin here
	}
	return !unicode.In(r, unicode.Cyrillic, unicode.Greek, unicode.Armenian)
}

func (t *tokenizer) letterAt(i int) bool {
	return i < len(t.text) && t.text[i] < utf8.RuneSelf && asciiKind[t.text[i]] == letter
}

func (t *tokenizer) put(w *wordReader, latin byte) {
	if latin == 0 {
		latin = '?'
	}
	if w.n == maxWord {
		w.long = true
		return
	}
	w.repeats = w.repeats || w.n > 1 && t.buf[w.n-1] == latin && t.buf[w.n-2] == latin
	t.buf[w.n] = latin
	w.n++
}

// emit recognises the word and appends its token.
func (t *tokenizer) emit(w wordReader) {
	tok := token{start: int32(w.start), end: int32(w.last), mark: t.marks | t.line, letters: uint8(w.n), foreign: w.other && !w.latin}
	switch {
	case w.long:
		tok.mark |= tooLong
	case !w.letters && !w.disguise:
		tok.word = t.words.number(t.buf[:w.n])
	default:
		tok.word = t.words.find(t.buf[:w.n], w)
	}
	if w.n == 1 && w.letters {
		tok.single = t.buf[0]
	}
	t.out = append(t.out, tok)
	t.marks, t.newlines = 0, 0
}
