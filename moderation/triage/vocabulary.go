package triage

// vocabulary numbers the words that patterns use and finds them again in a
// text, also when they are masked, stretched or misspelt.
type vocabulary struct {
	numbers map[string]uint16
	fours   map[[4]byte]bool // how words of four letters and more begin, for those spelled out
}

func newVocabulary() *vocabulary {
	return &vocabulary{numbers: map[string]uint16{}, fours: map[[4]byte]bool{}}
}

// put gives a word its number.
func (v *vocabulary) put(word string, number uint16) {
	v.numbers[word] = number
	if len(word) >= 4 {
		v.fours[[4]byte([]byte(word[:4]))] = true
	}
}

// add gives the number of a folded word, a new one if it was not known.
func (v *vocabulary) add(word string) uint16 {
	if n, ok := v.numbers[word]; ok {
		return n
	}
	n := uint16(len(v.numbers) + firstWord)
	v.put(word, n)
	return n
}

// alias lets another spelling stand for a known word, unless that spelling is
// a word of its own.
func (v *vocabulary) alias(spelling string, number uint16) {
	if _, taken := v.numbers[spelling]; !taken {
		v.put(spelling, number)
	}
}

// find gives the number of a folded word or unknownWord. The buffer may be changed.
func (v *vocabulary) find(word []byte, w wordReader) uint16 {
	if n, ok := v.numbers[string(word)]; ok {
		return n
	}
	if w.disguise || w.digits {
		if n := v.unmasked(word); n != unknownWord {
			return n
		}
	}
	if w.repeats {
		return v.shortened(word)
	}
	return unknownWord
}

// number gives the number of a word of digits.
func (v *vocabulary) number(digits []byte) uint16 {
	if n, ok := v.numbers[string(digits)]; ok {
		return n
	}
	return numberWord
}

// unmasked reads digits and signs as the letters they resemble.
func (v *vocabulary) unmasked(word []byte) uint16 {
	var read [maxWord]byte
	for _, one := range []byte{'i', 'l'} {
		for i, b := range word {
			read[i] = unmask(b, one)
		}
		if n, ok := v.numbers[string(read[:len(word)])]; ok {
			return n
		}
	}
	return unknownWord
}

func unmask(b, one byte) byte {
	switch b {
	case '0':
		return 'o'
	case '1', '!', '|':
		return one
	case '3':
		return 'e'
	case '4', '@':
		return 'a'
	case '5', '$':
		return 's'
	case '7', '+':
		return 't'
	case '8':
		return 'b'
	case '9':
		return 'g'
	}
	return b
}

// shortened takes "pleeease" for "please": a letter written three times or
// more is read once, then twice.
func (v *vocabulary) shortened(word []byte) uint16 {
	for keep := 1; keep <= 2; keep++ {
		if n, ok := v.numbers[string(squeeze(word, keep))]; ok {
			return n
		}
	}
	return unknownWord
}

// squeeze shortens runs of three and more equal letters to keep letters.
func squeeze(word []byte, keep int) []byte {
	out := make([]byte, 0, len(word))
	for i := 0; i < len(word); {
		run := 1
		for i+run < len(word) && word[i+run] == word[i] {
			run++
		}
		n := run
		if run > 2 {
			n = keep
		}
		out = append(out, word[i:i+n]...)
		i += run
	}
	return out
}

// spelled joins letters that stand alone ("s u i c i d e", "k.m.s") into words.
func (v *vocabulary) spelled(in []token) []token {
	out := in[:0]
	for i := 0; i < len(in); {
		n := runOfSingles(in[i:])
		if n < spelledMin {
			out = append(out, in[i])
			i++
			continue
		}
		out = v.join(out, in[i:i+n])
		i += n
	}
	return out
}

func runOfSingles(in []token) int {
	n := 0
	for n < len(in) && in[n].single != 0 && (n == 0 || in[n].mark&afterSentence == 0) {
		n++
	}
	return n
}

// join reads a run of single letters as the longest known words, left to
// right. out may share memory with run: it never grows past what was read.
func (v *vocabulary) join(out, run []token) []token {
	for len(run) > 0 {
		n, word := v.longestAt(run)
		tok := run[0]
		tok.end = run[n-1].end
		if n > 1 {
			tok.word, tok.letters, tok.single = word, uint8(n), 0
		}
		out = append(out, tok)
		run = run[n:]
	}
	return out
}

func (v *vocabulary) longestAt(run []token) (int, uint16) {
	var buf [longestSpelled]byte
	best, word := 1, run[0].word
	for n := 0; n < len(run) && n < longestSpelled; n++ {
		buf[n] = run[n].single
		if n == 3 && !v.fours[[4]byte(buf[:4])] {
			break // no word begins so
		}
		if found, ok := v.numbers[string(buf[:n+1])]; ok && n > 0 {
			best, word = n+1, found
		}
	}
	return best, word
}
