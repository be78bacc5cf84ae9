package meaning

import "math"

// Width is the number of dimensions of a vector.
const Width = 300

// vectors are those of the stems, one row each, of length one, and the vector
// of the average post, which says nothing of any.
type vectors struct {
	rows []float32
	mean []float32
}

func (v *vectors) row(i int32) []float32 { return v.rows[int(i)*Width : (int(i)+1)*Width] }

// Embed gives the vector of a text, of length one, or nil when the model has
// none for its words: the weighted mean of its words' vectors, less what all
// posts have in common.
func (m *Model) Embed(parts ...Reading) []float32 {
	if m == nil || m.vectors == nil {
		return nil
	}
	b := newBag()
	for _, part := range parts {
		inOrder(part, b.add)
	}
	sum, ok := m.sum(b)
	if !ok || !normalise(sum) {
		return nil
	}
	for i, v := range m.vectors.mean {
		sum[i] -= v
	}
	if !normalise(sum) {
		return nil
	}
	return sum
}

// bag counts the words of a text.
type bag struct {
	counts map[string]float64
	order  []string // for sums that are the same each time
}

func newBag() *bag { return &bag{counts: map[string]float64{}} }

func (b *bag) add(stem string, stop bool) {
	if stop {
		return
	}
	if b.counts[stem]++; b.counts[stem] == 1 {
		b.order = append(b.order, stem)
	}
}

// sum adds up the vectors of a bag's words. How often a word stands there
// counts little, and so does how rare it is: rare words have vectors of few
// examples.
func (m *Model) sum(b *bag) ([]float32, bool) {
	sum, any := make([]float32, Width), false
	for _, stem := range b.order {
		k, ok := m.stems[stem]
		if !ok || k.vector < 0 {
			continue
		}
		any = true
		weight := float32((1 + math.Log(b.counts[stem])) * math.Sqrt(rarity(m.docs, int(k.posts))))
		for i, v := range m.vectors.row(k.vector) {
			sum[i] += weight * v
		}
	}
	return sum, any
}

// normalise makes a vector of length one; it is false for zeros.
func normalise(v []float32) bool {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	if sum < 1e-12 {
		return false
	}
	scale := float32(1 / math.Sqrt(sum))
	for i := range v {
		v[i] *= scale
	}
	return true
}
