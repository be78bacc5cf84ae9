package triage

// vocabulary numbers the words that patterns use and finds them again in a
// text, also when they are masked, stretched or misspelt. It is a tree: a word
// is read letter by letter from the root, along a branch for each.
type vocabulary struct {
	branches []branch // the first is the root
	count    uint16   // words numbered so far
}

// branch is how some words begin.
type branch struct {
	word uint16 // number of the word that ends here, or unknownWord
	next [len(letters) + 1]int32
}

// letters are the signs that folded words are made of.
const letters = "abcdefghijklmnopqrstuvwxyz0123456789*@$|+!?"

// column gives the place of each letter in a branch; 0 belongs to all other signs.
var column = func() (at [256]uint8) {
	for i := range len(letters) {
		at[letters[i]] = uint8(i + 1)
	}
	return at
}()

func newVocabulary() *vocabulary { return &vocabulary{branches: make([]branch, 1)} }

// noWords cuts a text whose words nobody asks for. It stays empty.
var noWords = newVocabulary()

// after gives the branch on which a letter leads from another, 0 when no word
// goes on so.
func (v *vocabulary) after(at int32, letter byte) int32 {
	return v.branches[at].next[column[letter]]
}

// known gives the number of a folded word as it stands, or unknownWord.
func (v *vocabulary) known(word []byte) uint16 {
	at := int32(0)
	for _, letter := range word {
		if at = v.after(at, letter); at == 0 {
			return unknownWord
		}
	}
	return v.branches[at].word
}

// put gives a word its number.
func (v *vocabulary) put(word string, number uint16) {
	at := int32(0)
	for i := range len(word) {
		next := v.after(at, word[i])
		if next == 0 {
			next = int32(len(v.branches))
			v.branches = append(v.branches, branch{})
			v.branches[at].next[column[word[i]]] = next
		}
		at = next
	}
	v.branches[at].word = number
}

// add gives the number of a folded word, a new one if it was not known.
func (v *vocabulary) add(word string) uint16 {
	if n := v.known([]byte(word)); n != unknownWord {
		return n
	}
	n := v.count + firstWord
	v.count++
	v.put(word, n)
	return n
}

// alias lets another spelling stand for a known word, unless that spelling is
// a word of its own.
func (v *vocabulary) alias(spelling string, number uint16) {
	if v.known([]byte(spelling)) == unknownWord {
		v.put(spelling, number)
	}
}

// find gives the number of a folded word or unknownWord.
func (v *vocabulary) find(word []byte, w wordReader) uint16 {
	n := v.known(word)
	if n == unknownWord && (w.disguise || w.digits) {
		n = v.unmasked(word)
	}
	if n == unknownWord && w.repeats {
		n = v.shortened(word)
	}
	return n
}

// number gives the number of a word of digits.
func (v *vocabulary) number(digits []byte) uint16 {
	if n := v.known(digits); n != unknownWord {
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
		if n := v.known(read[:len(word)]); n != unknownWord {
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
		if n := v.known(squeeze(word, keep)); n != unknownWord {
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

// longestAt gives the longest known word that a run of letters begins with, and
// how many of them it takes.
func (v *vocabulary) longestAt(run []token) (int, uint16) {
	best, word := 1, run[0].word
	at := int32(0)
	for n := 0; n < len(run) && n < longestSpelled; n++ {
		if at = v.after(at, run[n].single); at == 0 {
			break
		}
		if found := v.branches[at].word; found != unknownWord && n > 0 {
			best, word = n+1, found
		}
	}
	return best, word
}
