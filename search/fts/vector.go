package fts

import (
	"math"
	"math/bits"
)

// packed is a vector in one byte per dimension, after its signs in one bit
// each. Rounding costs a thousandth of a cosine; the room computes the exact
// one.
type packed []byte

// pack packs a vector of length one.
func pack(vector []float32) packed {
	if len(vector) == 0 {
		return nil
	}
	var most float32
	for _, v := range vector {
		most = max(most, float32(math.Abs(float64(v))))
	}
	if most == 0 {
		return nil
	}
	out := make(packed, len(vector))
	for i, v := range vector {
		out[i] = byte(int8(math.Round(float64(v / most * 127))))
	}
	return out
}

// signs gives the signs of a packed vector.
func (p packed) signs() []uint64 {
	out := make([]uint64, (len(p)+63)/64)
	for i, v := range p {
		if int8(v) > 0 {
			out[i/64] |= 1 << (i % 64)
		}
	}
	return out
}

// differ counts the signs that differ.
func differ(a, b []uint64) int {
	n := 0
	for i := range a {
		n += bits.OnesCount64(a[i] ^ b[i])
	}
	return n
}

// cosine is that of two packed vectors.
func cosine(a, b packed) float64 {
	if len(a) != len(b) {
		return 0
	}
	var ab, aa, bb int32
	for i := range a {
		x, y := int32(int8(a[i])), int32(int8(b[i]))
		ab += x * y
		aa += x * x
		bb += y * y
	}
	if ab <= 0 {
		return 0
	}
	return float64(ab) / math.Sqrt(float64(aa)*float64(bb))
}
