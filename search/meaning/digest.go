package meaning

import (
	"hash/fnv"
	"strconv"
)

// digest is a short name for a text. It keeps no secrets.
func digest(text string) string {
	sum := fnv.New64a()
	sum.Write([]byte(text))
	return strconv.FormatUint(sum.Sum64(), 36)
}
