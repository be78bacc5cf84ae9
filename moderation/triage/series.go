package triage

// series reports whether the groups are a list of numbers rather than one:
// years, times, round numbers, or a count in equal steps. Other lists have no
// leading zeros.
func (f *finder) series(g []group) bool {
	if len(g) < 2 {
		return false
	}
	switch {
	case f.times(g):
		return true
	case shape(g) == 334, shape(g) == 1334: // as America writes them
		return false
	}
	years, round, steps, step, twice := true, true, len(g) > 2, 0, len(g) > 2
	tens := len(g) > 2
	for k := range g {
		if g[k].end-g[k].start > 5 || f.text[g[k].start] == '0' {
			return false
		}
		years = years && f.year(g[k])
		round = round && (f.value(g[k])%100 == 0 || len(g) > 2 && f.value(g[k])%25 == 0)
		tens = tens && f.value(g[k])%10 == 0
		if k == 0 {
			continue
		}
		by := f.value(g[k]) - f.value(g[k-1])
		steps = steps && by != 0 && by > -26 && by < 26 && (k == 1 || by == step)
		step = by
		twice = twice && f.value(g[k]) == 2*f.value(g[k-1])
		if !years && !round && !tens && !steps && !twice {
			return false
		}
	}
	return years || round || tens || steps || twice
}

// times reports whether the groups are times of a day: "0600 1400".
func (f *finder) times(g []group) bool {
	for _, one := range g {
		if v := f.value(one); one.end-one.start != 4 || v >= 2400 || v%100 > 59 || v%5 != 0 {
			return false
		}
	}
	return true
}

// decimals reports whether the group is the long fraction of a number: 3.1415926.
func (f *finder) decimals(g []group) bool {
	start := g[0].start
	return len(g) == 1 && start > 1 && f.text[start-1] == '.' && isDigit(f.text[start-2]) && (start == 2 || !isDigit(f.text[start-3]) && f.text[start-3] != '.')
}

// value reads a group of few digits.
func (f *finder) value(g group) int {
	n := 0
	for k := g.start; k < g.end && k < g.start+6; k++ {
		n = n*10 + int(f.text[k]-'0')
	}
	return n
}

func (f *finder) year(g group) bool {
	return g.end-g.start == 4 && (f.text[g.start:g.start+2] == "19" || f.text[g.start:g.start+2] == "20")
}

// counting reports whether digits in words only count up or down: "one two
// three four five", also with new beginnings.
func counting(d string) bool {
	for _, step := range []int{1, -1} {
		only := true
		for k := 1; k < len(d) && only; k++ {
			only = int(d[k])-int(d[k-1]) == step || d[k] == d[0]
		}
		if only {
			return len(d) > 2 && int(d[1])-int(d[0]) == step
		}
	}
	return false
}
