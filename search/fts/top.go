package fts

import "slices"

// top keeps the best of many numbers by a score, as a heap with the worst of
// them on top, because sorting 100,000 posts to show ten takes too long.
type top struct {
	limit   int
	of      []float32 // scores by number
	numbers []int32
}

// worse orders numbers: the lower score, or the later number.
func (t *top) worse(a, b int32) bool {
	if t.of[a] != t.of[b] {
		return t.of[a] < t.of[b]
	}
	return a > b
}

// offer takes a number in, if it is good enough.
func (t *top) offer(number int32) {
	switch {
	case len(t.numbers) < t.limit:
		t.numbers = append(t.numbers, number)
		for i := len(t.numbers) - 1; i > 0 && t.worse(t.numbers[i], t.numbers[(i-1)/2]); i = (i - 1) / 2 {
			t.numbers[i], t.numbers[(i-1)/2] = t.numbers[(i-1)/2], t.numbers[i]
		}
	case t.limit > 0 && t.worse(t.numbers[0], number):
		t.numbers[0] = number
		t.sink()
	}
}

// sink moves the first number to its place.
func (t *top) sink() {
	for i := 0; ; {
		worst := i
		for _, child := range [2]int{2*i + 1, 2*i + 2} {
			if child < len(t.numbers) && t.worse(t.numbers[child], t.numbers[worst]) {
				worst = child
			}
		}
		if worst == i {
			return
		}
		t.numbers[i], t.numbers[worst] = t.numbers[worst], t.numbers[i]
		i = worst
	}
}

// best gives the numbers, best first.
func (t *top) best() []int32 {
	slices.SortFunc(t.numbers, func(a, b int32) int {
		if t.worse(a, b) {
			return 1
		}
		return -1
	})
	return t.numbers
}
