package fts

import (
	"math"

	"beenthere/search"
)

// near gives the posts whose vectors are nearest. Signs choose, packed
// vectors decide.
func (q *asking) near(limit int) []search.Hit {
	vector := pack(q.ask.Vector)
	if len(vector) == 0 || limit == 0 {
		return nil
	}
	numbers := q.bySigns(vector, 8*limit)
	q.scores.clear()
	for _, number := range numbers {
		q.scores.add(number, float32(cosine(vector, q.m.docs[number].vector)))
	}
	return q.best(numbers, limit)
}

// bySigns gives about as many posts as asked for whose signs differ least.
func (q *asking) bySigns(vector packed, count int) []int32 {
	signs := vector.signs()
	apart := make([]uint16, len(q.m.docs))
	histogram := make([]int, len(vector)+1)
	for i := range q.m.docs {
		d := &q.m.docs[i]
		apart[i] = math.MaxUint16
		if len(d.vector) == len(vector) && q.allowed(int32(i)) {
			apart[i] = uint16(differ(signs, d.signs))
			histogram[apart[i]]++
		}
	}
	border, sum := 0, 0
	for border < len(histogram)-1 && sum+histogram[border] < count {
		sum += histogram[border]
		border++
	}
	var numbers []int32
	for i, d := range apart {
		if int(d) <= border {
			numbers = append(numbers, int32(i))
		}
	}
	return numbers
}
