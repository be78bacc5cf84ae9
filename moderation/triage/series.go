package triage

// series reports whether the groups are a list of numbers rather than one:
// years, round numbers, or a count in equal steps. No list has leading zeros.
func (f *finder) series(g []group) bool {
	if len(g) < 2 {
		return false
	}
	years, round, steps, step := true, true, len(g) > 2, 0
	unit := 25
	if len(g) == 2 {
		unit = 100
	}
	for k := range g {
		if g[k].end-g[k].start > 5 || f.text[g[k].start] == '0' {
			return false
		}
		years = years && f.year(g[k])
		round = round && f.value(g[k])%unit == 0
		if k == 0 {
			continue
		}
		by := f.value(g[k]) - f.value(g[k-1])
		steps = steps && by != 0 && by > -26 && by < 26 && (k == 1 || by == step)
		step = by
	}
	return years || round || steps
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
