package triage

import (
	"slices"
	"strings"
)

// bareLink reports whether a word is a host, or a host with a path.
func bareLink(word, host string) bool {
	dot := strings.LastIndexByte(host, '.')
	if dot < 1 || !isHost(host) {
		return false
	}
	ending, label := host[dot+1:], host[:dot]
	if path := strings.IndexByte(word, '/'); path >= 0 {
		known := isEnding(ending) || slices.Contains(inviteHosts, host) || slices.Contains(payHosts, host)
		return len(ending) > 1 && digitsOf(ending) == "" && (known || len(ending) == 2 && !stopWords[label] && !slips[label] && digitsOf(label) != label)
	}
	if lower := lowASCII(word); word != lower && ending != "com" && ending != "org" && ending != "net" {
		return surely[ending] && word[1:] == lower[1:] && len(label) > 3 && !stopWords[label]
	}
	return isEnding(ending)
}

// slips are words that end a sentence whose blank was forgotten: "yes.no/maybe".
var slips = wordSet(`yes no ok so it this that done gone true idk lol a b c x y q f`)

// surely are endings that are words of no sentence, also behind a capital:
// "Janedoe.de". doubtful are endings that a forgotten blank makes too.
var (
	surely   = wordSet(`de nl uk eu fr`)
	doubtful = wordSet(`me ch it es us in ai cc fm se pl no be at im is my pt br jp ee fi sk hr lt ws to st`)
	foreign  = wordSet(`ch pl cc fm ai jp sk hr lt`) // of these, words of no sentence in English
	siteCues = wordSet(`site website blog page homepage web link url visit check portfolio journal diary store channel webpage`)
)

// rareLink finds hosts whose ending is also a word: they count with a second
// part or a sign that words have not ("jane-doe.me", "x.co.za"), or where a site
// is spoken of, and never behind an ordinary word.
func (f *finder) rareLink(i int, host string) bool {
	dot := strings.LastIndexByte(host, '.')
	word := f.word(i)
	if dot < 4 || !isHost(host) || strings.Contains(word, "/") || word[1:] != lowASCII(word[1:]) {
		return false
	}
	ending, label := host[dot+1:], host[:dot]
	if ending == "za" || ending == "br" || ending == "nz" || ending == "jp" || ending == "in" {
		if strings.HasSuffix(label, ".co") || strings.HasSuffix(label, ".com") || strings.HasSuffix(label, ".org") {
			return true
		}
	}
	if !doubtful[ending] || stopWords[label] || f.common(label) {
		return false
	}
	alone := f.short(i, i) || strings.Contains(f.gap(i), ": ")
	return alone || foreign[ending] || strings.ContainsAny(label, "-0123456789") && isASCIILetter(rune(label[0])) || f.announced(i, siteCues)
}

func isHost(s string) bool {
	for i := range len(s) {
		b := s[i]
		if b != '.' && b != '-' && (b < '0' || b > '9') && (b < 'a' || b > 'z') {
			return false
		}
	}
	return !strings.Contains(s, "..") && strings.ContainsFunc(s, isASCIILetter)
}

// dotWord finds "host dot com".
func (f *finder) dotWord(i int) {
	if i == 0 || !isEnding(f.low(i+1)) || stopWords[f.low(i-1)] || f.chunks[i-1].has&hasAt != 0 {
		return
	}
	if !f.allow.host(f.low(i-1) + "." + f.low(i+1)) {
		f.direct("link", f.chunks[i-1].start, f.chunks[i+1].end)
	}
}
