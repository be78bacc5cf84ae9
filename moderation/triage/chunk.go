package triage

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// chunk is what stands between blanks, without the punctuation around it.
type chunk struct {
	start, end int // bytes of the text
	has        uint8
	capital    bool   // begins with a capital letter
	ends       bool   // a sentence or line ends behind it
	low        string // see finder.low; empty until asked for
}

// What a chunk holds.
const (
	hasDigit = 1 << iota
	hasAt
	hasDot
	hasColon
	hasSlash
	hasLetter
	hasSign // # ( [ { <
)

// finder looks through one text for personal details.
type finder struct {
	text   string
	allow  allowList
	chunks []chunk
	found  []Detail
	checks int // phone numbers checked with the library so far
	dug    int // bytes up to which digits have been looked at

	room      []group // of the number that is looked at
	digitsRun string  // its digits
	told      told    // what the words before it say
}

// finders are those that nobody uses, with the memory of what they held.
var finders = sync.Pool{New: func() any { return new(finder) }}

// keptChunks bounds the memory that is kept: a very long text leaves none behind.
const keptChunks = 1 << 16

func newFinder(text string, allow allowList) *finder {
	f := finders.Get().(*finder)
	*f = finder{text: text, allow: allow, chunks: cut(text, f.chunks), found: f.found[:0], room: f.room}
	return f
}

// release gives the finder back without the text it has read.
func (f *finder) release() {
	if cap(f.chunks) > keptChunks {
		return
	}
	clear(f.chunks)
	clear(f.found)
	*f = finder{chunks: f.chunks, found: f.found, room: f.room}
	finders.Put(f)
}

// word gives the words of chunk i, or "" when there is none.
func (f *finder) word(i int) string {
	if i < 0 || i >= len(f.chunks) {
		return ""
	}
	return f.text[f.chunks[i].start:f.chunks[i].end]
}

// low is word in lower case without an apostrophe.
func (f *finder) low(i int) string {
	word := f.word(i)
	if word == "" || plain(word) {
		return word
	}
	if f.chunks[i].low == "" {
		low := lowASCII(word)
		if strings.ContainsAny(low, "'’") {
			low = noApostrophes.Replace(low)
		}
		f.chunks[i].low = low
	}
	return f.chunks[i].low
}

// lowASCII gives a text in small letters, byte for byte: what is not ASCII stays.
func lowASCII(s string) string {
	out := []byte(s)
	for i, b := range out {
		if b >= 'A' && b <= 'Z' {
			out[i] = b + 'a' - 'A'
		}
	}
	return string(out)
}

// highASCII is lowASCII for capitals. Both keep the length, as strings.ToUpper
// does not: it makes one byte of two out of a dotless or a long letter.
func highASCII(s string) string {
	out := []byte(s)
	for i, b := range out {
		if b >= 'a' && b <= 'z' {
			out[i] = b + 'A' - 'a'
		}
	}
	return string(out)
}

var noApostrophes = strings.NewReplacer("'", "", "’", "")

// plain reports whether a word is in its low form already, as most words are.
func plain(word string) bool {
	for i := range len(word) {
		if b := word[i]; b >= utf8.RuneSelf || b >= 'A' && b <= 'Z' || b == '\'' {
			return false
		}
	}
	return true
}

// gap gives what stands between chunk i and the one before.
func (f *finder) gap(i int) string {
	if i <= 0 || i >= len(f.chunks) {
		return ""
	}
	return f.text[f.chunks[i-1].end:f.chunks[i].start]
}

// report notes a detail from byte start to byte end.
func (f *finder) report(class, kind, mask string, start, end int) {
	if start < end {
		f.found = append(f.found, Detail{Class: class, Kind: kind, Words: f.text[start:end], Mask: mask, Start: start, End: end})
	}
}

// direct notes a detail of class A. Its mask is its kind in brackets.
func (f *finder) direct(kind string, start, end int) {
	f.report(ClassDirect, kind, directMasks[kind], start, end)
}

// directMasks are the kinds of class A with what is written over them.
var directMasks = map[string]string{"ID number": "[an ID number]", "IP address": "[an IP address]", "bank account": "[a bank account]", "card number": "[a card number]", "e-mail address": "[an e-mail address]", "exact place": "[an exact place]", "invite link": "[an invite link]",
	"link": "[a link]", "payment id": "[a payment id]", "phone number": "[a phone number]", "post code": "[a post code]", "street address": "[a street address]", "user name": "[a user name]"}

// cut parts a text at its blanks, in the room of older chunks.
func cut(text string, room []chunk) []chunk {
	out := slices.Grow(room[:0], len(text)/5+1)
	for i := 0; i < len(text); {
		width := blankAt(text, i)
		if width > 0 {
			if text[i] == '\n' && len(out) > 0 {
				out[len(out)-1].ends = true
			}
			i += width
			continue
		}
		start := i
		for i < len(text) && blankAt(text, i) == 0 {
			i++
		}
		if c := trim(text, start, i); c.end > c.start {
			out = append(out, c)
		} else if len(out) > 0 && strings.ContainsAny(text[start:i], ".!?") {
			out[len(out)-1].ends = true
		}
	}
	return out
}

// blankAt gives the width of the blank at byte i, or 0.
func blankAt(text string, i int) int {
	if b := text[i]; b < utf8.RuneSelf {
		if b == ' ' || b == '\n' || b == '\t' || b == '\r' {
			return 1
		}
		return 0
	}
	if r, width := utf8.DecodeRuneInString(text[i:]); unicode.IsSpace(r) {
		return width
	}
	return 0
}

const (
	before = "\"'([{<,;:*-–—“‘«!?."
	behind = "\"')]}>,;:*!?.–—”’»…"
)

// trim takes the punctuation off a chunk and notes what it holds.
func trim(text string, start, end int) chunk {
	raw := text[start:end]
	body := raw
	if !holdsFast(raw[len(raw)-1]) {
		body = strings.TrimRight(body, behind)
	}
	c := chunk{start: start, end: start + len(body)}
	if body != "" && !holdsFast(body[0]) {
		body = strings.TrimLeft(body, before)
		c.start = c.end - len(body)
	}
	if body == "" {
		return chunk{start: end, end: end}
	}
	c.ends = c.end < end && strings.ContainsAny(text[c.end:end], ".!?")
	first, _ := utf8.DecodeRuneInString(body)
	c.capital = unicode.IsUpper(first)
	for i := range len(body) {
		c.has |= holds[body[i]]
	}
	return c
}

// holdsFast reports whether a byte is a letter or digit that is never trimmed.
func holdsFast(b byte) bool { return b < utf8.RuneSelf && holds[b]&(hasLetter|hasDigit) != 0 }

// holds tells what each byte says about its chunk.
var holds = func() (t [256]uint8) {
	for b := range t {
		switch {
		case b >= '0' && b <= '9':
			t[b] = hasDigit
		case b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= utf8.RuneSelf:
			t[b] = hasLetter
		}
	}
	t['@'], t['.'], t[':'], t['/'] = hasAt, hasDot, hasColon, hasSlash
	for _, sign := range "#([{<" {
		t[sign] = hasSign
	}
	return t
}()
