package meaning

import (
	"context"
	"math"
)

// window is how far apart two words may stand to count as neighbours, stop
// words left out. contextPower makes rare neighbours count less.
const (
	window       = 10
	contextPower = .75
)

// between stands between two posts in a sequence.
const between = -1

// cell is a number of a sparse matrix's row.
type cell struct {
	column int32
	value  float32
}

// ppmi gives for each word how much more often than by chance each other
// word stands near it: the positive pointwise mutual information, as the rows
// of a sparse matrix. Neighbours count by one over the root of their distance.
func ppmi(ctx context.Context, sequence []int32, words int) ([][]cell, error) {
	places := make([][]int32, words)
	totals := make([]float64, words)
	for at, word := range sequence {
		if word == between {
			continue
		}
		places[word] = append(places[word], int32(at))
		neighbours(sequence, at, func(_ int32, weight float32) { totals[word] += float64(weight) })
	}
	var all float64
	powers := make([]float64, words)
	for i, total := range totals {
		powers[i] = math.Pow(total, contextPower)
		all += powers[i]
	}
	rows := make([][]cell, words)
	row := make([]float32, words)
	var touched []int32
	for word := range rows {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		touched = touched[:0]
		for _, at := range places[word] {
			neighbours(sequence, int(at), func(other int32, weight float32) {
				if row[other] == 0 {
					touched = append(touched, other)
				}
				row[other] += weight
			})
		}
		for _, other := range touched {
			if value := math.Log(float64(row[other]) * all / (totals[word] * powers[other])); value > 0 {
				rows[word] = append(rows[word], cell{other, float32(value)})
			}
			row[other] = 0
		}
	}
	return rows, nil
}

// nearness holds one over the root of each distance.
var nearness = func() (weights [window + 1]float32) {
	for distance := 1; distance <= window; distance++ {
		weights[distance] = float32(1 / math.Sqrt(float64(distance)))
	}
	return weights
}()

// neighbours hands out the words near a place in their post.
func neighbours(sequence []int32, at int, yield func(word int32, weight float32)) {
	for distance := 1; distance <= window && at-distance >= 0 && sequence[at-distance] != between; distance++ {
		yield(sequence[at-distance], nearness[distance])
	}
	for distance := 1; distance <= window && at+distance < len(sequence) && sequence[at+distance] != between; distance++ {
		yield(sequence[at+distance], nearness[distance])
	}
}
