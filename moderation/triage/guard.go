package triage

import (
	"fmt"
	"strings"
)

// marks are what the words around a hit tell about it.
type marks uint16

const (
	markDenial  marks = 1 << iota // "never", "don't think I"
	markSelf                      // "I", "me"
	markOthers                    // "he", "my brother"
	markPast                      // "used to", "years ago"
	markStill                     // "again", "still": takes the past back
	markJoke                      // "lol", "of laughter"
	markFiction                   // "the song", "the news"
	markSaid                      // "I told her", "I keep thinking": the quotation is the author's
	markSupport                   // "hang in there", "it gets better": speaking to someone else
	markYou                       // "you", "your"
	markWas                       // "wanted", "felt": the past tense alone, which in comfort tells of a time that is over
)

// markNames are the names that lexicon files use.
var markNames = map[string]marks{
	"denial": markDenial, "self": markSelf, "others": markOthers, "past": markPast, "still": markStill,
	"joke": markJoke, "fiction": markFiction, "said": markSaid, "support": markSupport, "you": markYou, "was": markWas,
}

// guards are the checks a hit goes through. An entry whose own words are a
// denial or about somebody else leaves some out.
type guards uint8

const (
	guardDenial guards = 1 << iota
	guardOthers
	guardPast
	guardJoke
	guardFiction
	guardQuote
	guardSupport
	allGuards = 1<<7 - 1
)

var guardNames = map[string]guards{
	"denial": guardDenial, "others": guardOthers, "past": guardPast, "joke": guardJoke,
	"fiction": guardFiction, "quote": guardQuote, "support": guardSupport, "all": allGuards, "none": 0,
}

// parseGuards reads "all", "none", "denial quote" or "all -past".
func parseGuards(text string) (guards, error) {
	var g guards
	for _, name := range strings.Fields(text) {
		bare := strings.TrimPrefix(name, "-")
		bit, ok := guardNames[bare]
		if !ok {
			return 0, fmt.Errorf("there is no guard %q", bare)
		}
		if bare != name {
			g &^= bit
		} else {
			g |= bit
		}
	}
	return g, nil
}
