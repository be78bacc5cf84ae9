package fts

import "encoding/binary"

// perSegment is how many document numbers share a block. A block of a word
// that all use is some four kilobytes, so that one more post rewrites little.
const perSegment = 2048

// posting says how often a post has a stem.
type posting struct{ doc, count int32 }

// readBlock hands out the postings of a block, in order of document numbers.
func readBlock(segment int32, block []byte, yield func(doc, count int32)) {
	doc := segment*perSegment - 1
	for len(block) > 0 {
		step, n := binary.Uvarint(block)
		if n <= 0 || n >= len(block) {
			return
		}
		doc += int32(step)
		yield(doc, int32(block[n]))
		block = block[n+1:]
	}
}

// writeBlock is the opposite of readBlock.
func writeBlock(segment int32, postings []posting) []byte {
	block := make([]byte, 0, 3*len(postings))
	before := segment*perSegment - 1
	for _, p := range postings {
		block = binary.AppendUvarint(block, uint64(p.doc-before))
		block = append(block, byte(min(p.count, 255)))
		before = p.doc
	}
	return block
}
