package moderation

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"beenthere/forum/sanitize"
)

// mostWords is the room for a line to an author, a note or an appeal, in characters.
const mostWords = 2000

// tidyWords reads a line that a person typed. The sentence says what is wrong
// with it, "" when nothing is.
func tidyWords(words string) (tidy, wrong string) {
	words, err := sanitize.Normalise(words)
	if err != nil {
		return "", "Some characters arrived damaged. Please type that part again."
	}
	words = strings.TrimSpace(words)
	if n := utf8.RuneCountInString(words); n > mostWords {
		return words, fmt.Sprintf("There is room for %d characters; this has %d.", mostWords, n)
	}
	return words, ""
}

// InWords says how long something took, as coarsely as a person would.
func InWords(d time.Duration) string {
	switch {
	case d < 10*time.Minute:
		return "a few minutes"
	case d < 55*time.Minute:
		return plural(int((d+5*time.Minute)/(10*time.Minute))*10, "minute")
	case d < 36*time.Hour:
		return plural(int((d+30*time.Minute)/time.Hour), "hour")
	}
	return plural(int((d+12*time.Hour)/(24*time.Hour)), "day")
}

func plural(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}
