package meaning

import (
	"cmp"
	"context"
	"slices"
)

// leastDocs is how many posts are needed before their words have meaning.
const leastDocs = 300

// What vectors are learned from at most: this keeps training in memory and
// time. More text gains little.
const (
	mostLearnedWords = 10_000
	mostLearnedPosts = 12_000 // to twice as many
)

// addVectors learns the vectors of the words that five threads use.
func (c *counts) addVectors(ctx context.Context, m *Model) error {
	learned := mostUsed(m)
	number := make([]int32, len(c.ids)) // id in the sequence → row
	for i := range number {
		number[i] = between
	}
	for row, stem := range learned {
		if id, ok := c.ids[stem]; ok {
			number[id] = int32(row)
		}
	}
	sequence := c.sample(number)
	near, err := ppmi(ctx, sequence, len(learned))
	if err != nil {
		return err
	}
	rows, err := decompose(ctx, near)
	if err != nil {
		return err
	}
	m.vectors = &vectors{rows: rows}
	for row, stem := range learned {
		k := m.stems[stem]
		k.vector = int32(row)
		m.stems[stem] = k
	}
	m.vectors.mean = meanPost(m, learned, sequence)
	return nil
}

// mostUsed gives the stems that get a vector.
func mostUsed(m *Model) []string {
	stems := make([]string, 0, len(m.stems))
	for stem := range m.stems {
		stems = append(stems, stem)
	}
	slices.SortFunc(stems, func(a, b string) int {
		return cmp.Or(cmp.Compare(m.stems[b].posts, m.stems[a].posts), cmp.Compare(a, b))
	})
	return stems[:min(len(stems), mostLearnedWords)]
}

// sample gives the posts that were kept one after the other, in rows, without
// the words that get no vector.
func (c *counts) sample(number []int32) []int32 {
	var sequence []int32
	for _, post := range c.kept {
		for _, id := range post {
			if number[id] != between {
				sequence = append(sequence, number[id])
			}
		}
		sequence = append(sequence, between)
	}
	return sequence
}

// meanPost gives the vector of the average post.
func meanPost(m *Model, learned []string, sequence []int32) []float32 {
	mean, posts := make([]float32, Width), 0
	b := newBag()
	for _, row := range sequence {
		if row != between {
			b.add(learned[row], false)
			continue
		}
		if sum, ok := m.sum(b); ok && normalise(sum) {
			posts++
			for i, v := range sum {
				mean[i] += v
			}
		}
		b = newBag()
	}
	for i := range mean {
		mean[i] /= float32(max(1, posts))
	}
	return mean
}
