package identity

import (
	"crypto/hmac"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"strings"
)

// The two halves of a name, one word a line. Any adjective must be kind beside
// any noun; the tests know which words are not.
var (
	//go:embed adjectives.txt
	adjectiveText string
	//go:embed nouns.txt
	nounText string

	adjectives = strings.Fields(adjectiveText)
	nouns      = strings.Fields(nounText)
)

// Name proposes a name for the author of a tag: "Quiet Heron". The caller
// stores the first attempt (0, 1, 2, …) that nobody else in the thread has, and
// never asks again, so that a longer list of words renames nobody.
func (k *Keys) Name(tag AuthorTag, attempt int) string {
	mac := hmac.New(sha256.New, k.names)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(attempt)))
	mac.Write([]byte(tag))
	sum := mac.Sum(nil)
	return pick(adjectives, sum[:4]) + " " + pick(nouns, sum[4:8])
}

func pick(words []string, by []byte) string {
	word := words[binary.BigEndian.Uint32(by)%uint32(len(words))]
	return strings.ToUpper(word[:1]) + word[1:]
}
