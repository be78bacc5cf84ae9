package triage

import "strings"

// spot finds where somebody is, to a few steps: coordinates in degrees and
// addresses of what3words.
func (f *finder) spot(i int) bool {
	if end, ok := f.coordinates(i); ok {
		f.direct("exact place", f.chunks[i].start, end)
		f.dug = max(f.dug, end)
		return true
	}
	return false
}

// coordinates reads "51.5033, -0.1196" and "51.5033N 0.1196W". Four digits
// behind the point are some ten metres; prices and weights have three.
func (f *finder) coordinates(i int) (end int, ok bool) {
	first, second := f.word(i), f.word(i+1)
	if north, east, ok := strings.Cut(first, ","); ok {
		return f.chunks[i].end, degrees(north, 90) && degrees(east, 180)
	}
	gap := f.gap(i + 1) // a sign before the second number stands there
	pair := gap == ", " || gap == ", -" || gap == " -" || gap == " " && strings.ContainsAny(first, "NSns°")
	if !pair || !degrees(first, 90) || !degrees(second, 180) {
		return 0, false
	}
	return f.chunks[i+1].end, true
}

// degrees recognises "51.5033", "-0.1196" and "0.1196°W", up to most degrees.
func degrees(w string, most int) bool {
	w = strings.TrimLeft(w, "-+−")
	w = strings.TrimSuffix(strings.TrimRight(w, "NSEWnsew"), "°")
	whole, rest, ok := strings.Cut(w, ".")
	if !ok || len(rest) < 4 || len(rest) > 8 || len(whole) < 1 || len(whole) > 3 || digitsOf(whole) != whole || digitsOf(rest) != rest {
		return false
	}
	n := 0
	for _, digit := range whole {
		n = 10*n + int(digit-'0')
	}
	return n <= most
}

// threeWords finds "///filled.count.soap".
func (f *finder) threeWords(i int) bool {
	w := f.low(i)
	name, ok := strings.CutPrefix(w, "///")
	if !ok || strings.Count(name, ".") != 2 || strings.ContainsAny(name, "/:@") || strings.Contains(name, "..") {
		return false
	}
	f.direct("exact place", f.chunks[i].start, f.chunks[i].end)
	return true
}

// gridWord finds the reference behind "grid ref": "SX 6512 7730".
func (f *finder) gridWord(i int) {
	n := i + 1
	for n < i+4 && (f.low(n) == "ref" || f.low(n) == "reference" || f.low(n) == "is") {
		n++
	}
	letters := strings.TrimRight(highASCII(f.word(n)), "0123456789")
	if n == i+1 || len(letters) < 1 || len(letters) > 2 || !upper(letters) {
		return
	}
	last := n
	for last < n+2 && f.gap(last+1) == " " && f.onlyDigits(last+1) {
		last++
	}
	if text := f.text[f.chunks[n].start:f.chunks[last].end]; len(digitsOf(text)) >= 4 {
		f.direct("exact place", f.chunks[n].start, f.chunks[last].end)
		f.dug = max(f.dug, f.chunks[last].end)
	}
}
