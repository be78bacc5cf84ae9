package meaning

import (
	"context"
	"math"
	"math/rand/v2"
	"runtime"
	"sync"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/lapack/lapack64"
	"gonum.org/v1/gonum/mat"
)

// Settings of the randomised decomposition (Halko, Martinsson, Tropp: Finding
// structure with randomness, 2011): some columns more than are wanted, and
// the powers that sharpen them.
const (
	spareColumns = 20
	sharpenings  = 2
)

// decompose gives for each row of a sparse square matrix its vector: the
// leading left singular vectors times the roots of their singular values, as
// length one. Columns beyond the rank are zero.
func decompose(ctx context.Context, rows [][]cell) ([]float32, error) {
	words := len(rows)
	columns := min(Width+spareColumns, words)
	random := rand.New(rand.NewPCG(1, 2)) // the same posts give the same vectors
	y := mat.NewDense(words, columns, nil)
	for i := range words {
		for j := range columns {
			y.Set(i, j, random.NormFloat64())
		}
	}
	y = times(rows, y)
	for range sharpenings {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		orthonormalise(y)
		y = transposedTimes(rows, y)
		orthonormalise(y)
		y = times(rows, y)
	}
	orthonormalise(y)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return leading(y, transposedTimes(rows, y)), nil
}

// leading finishes: with Q and B = (Aᵀ Q)ᵀ, the left singular vectors of A are
// Q times those of B, which the small matrix B Bᵀ has as eigenvectors.
func leading(q, bt *mat.Dense) []float32 {
	words, columns := q.Dims()
	var small mat.SymDense
	small.SymOuterK(1, bt.T())
	var eigen mat.EigenSym
	eigen.Factorize(&small, true)
	var turned mat.Dense
	eigen.VectorsTo(&turned)
	values := eigen.Values(nil)
	var u mat.Dense
	u.Mul(q, &turned)
	out := make([]float32, words*Width)
	for i := range words {
		row := out[i*Width : (i+1)*Width]
		for j := range min(Width, columns) {
			from := columns - 1 - j // eigenvalues come in ascending order
			row[j] = float32(u.At(i, from) * math.Pow(max(values[from], 0), .25))
		}
		normalise(row)
	}
	return out
}

// orthonormalise turns the columns into orthonormal ones that span the same.
func orthonormalise(m *mat.Dense) {
	raw := m.RawMatrix()
	a := blas64.General{Rows: raw.Rows, Cols: raw.Cols, Stride: raw.Stride, Data: raw.Data}
	tau := make([]float64, min(raw.Rows, raw.Cols))
	need := make([]float64, 1)
	lapack64.Geqrf(a, tau, need, -1)
	work := make([]float64, int(need[0]))
	lapack64.Geqrf(a, tau, work, len(work))
	lapack64.Orgqr(a, tau, need, -1)
	if int(need[0]) > len(work) {
		work = make([]float64, int(need[0]))
	}
	lapack64.Orgqr(a, tau, work, len(work))
}

// times multiplies the sparse matrix with a dense one.
func times(rows [][]cell, x *mat.Dense) *mat.Dense {
	_, columns := x.Dims()
	out := mat.NewDense(len(rows), columns, nil)
	inParts(len(rows), func(from, to int) {
		for i := from; i < to; i++ {
			sum := out.RawRowView(i)
			for _, c := range rows[i] {
				add(sum, x.RawRowView(int(c.column)), float64(c.value))
			}
		}
	})
	return out
}

// transposedTimes multiplies the transposed sparse matrix with a dense one.
func transposedTimes(rows [][]cell, x *mat.Dense) *mat.Dense {
	_, columns := x.Dims()
	out := mat.NewDense(len(rows), columns, nil)
	for i, row := range rows {
		from := x.RawRowView(i)
		for _, c := range row {
			add(out.RawRowView(int(c.column)), from, float64(c.value))
		}
	}
	return out
}

func add(sum, row []float64, factor float64) {
	row = row[:len(sum)]
	for j := range sum {
		sum[j] += factor * row[j]
	}
}

// inParts divides rows among the processors.
func inParts(rows int, do func(from, to int)) {
	parts := runtime.GOMAXPROCS(0)
	var all sync.WaitGroup
	for part := range parts {
		all.Go(func() { do(rows*part/parts, rows*(part+1)/parts) })
	}
	all.Wait()
}
