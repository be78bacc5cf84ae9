package identity

import (
	"encoding/base32"
	"strings"
)

// phraseWords is the length of a recovery phrase: 11 words of 12 bits hold the
// 128 bits of a secret and 4 bits that check them.
const phraseWords = 11

// codeLength is the length of the other spelling, for password managers: 27
// letters of 5 bits hold the secret and 7 bits that check it.
const codeLength = 27

// crockford is an alphabet without letters that look like others.
var crockford = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// Phrase spells the secret as eleven words, to be written down.
func (s Secret) Phrase() string { return strings.Join(s.spell(), " ") }

// Base32 spells the secret as 27 letters and digits, for a password manager.
func (s Secret) Base32() string {
	// 17 bytes make 28 letters; the last one would hold no bit of ours.
	return crockford.EncodeToString(append(s[:], check7(s)<<1))[:codeLength]
}

// spell gives the words of the phrase.
func (s Secret) spell() []string {
	spelled := make([]string, phraseWords)
	for i := range spelled {
		number := 0
		for j := range 3 {
			number = number<<4 | s.nibble(3*i+j)
		}
		spelled[i] = words[number]
	}
	return spelled
}

// nibble gives the i-th four bits: 32 of the secret and the check.
func (s Secret) nibble(i int) int {
	if i == 2*len(s) {
		return int(check4(s))
	}
	return int(s[i/2]>>(4*(1-i%2))) & 15
}

// check4 makes the check of the phrase. It counts in the field of sixteen
// elements and gives each word another weight. So exactly 15 of 16 wrong words
// are caught at every place, where a hash would catch that many only on
// average, and so are 15 of 16 exchanges of two words.
func check4(s Secret) byte {
	var sum byte
	for i := range 2 * len(s) {
		sum = double(sum) ^ byte(s.nibble(i))
		if i%3 == 2 {
			sum = double(sum) // one step more after each word sets its weight apart
		}
	}
	return double(sum)
}

// double multiplies by x modulo x⁴ + x + 1.
func double(n byte) byte {
	n <<= 1
	if n&16 != 0 {
		n ^= 0b10011
	}
	return n
}

// check7 is CRC-7 (x⁷ + x³ + 1), which catches every single wrong letter.
func check7(s Secret) byte {
	var crc byte // kept one bit to the left
	for _, b := range s {
		crc ^= b
		for range 8 {
			carry := crc&0x80 != 0
			crc <<= 1
			if carry {
				crc ^= 0x09 << 1
			}
		}
	}
	return crc >> 1
}
