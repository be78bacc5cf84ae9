package meaning

// Width is the number of dimensions of a vector.
const Width = 300

// vectors are those of the stems, one row each.
type vectors struct {
	width int
	rows  []float32
}

// Embed gives the vector of a text, of length one, or nil when the model has
// none for its words.
func (m *Model) Embed(parts ...[]Token) []float32 { return nil }
