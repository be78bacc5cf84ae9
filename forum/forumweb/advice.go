package forumweb

import (
	"regexp"
	"slices"
	"strings"
)

// advice finds the turns of phrase that tell somebody what to do. RE2 reads
// any text in linear time.
var advice = regexp.MustCompile(`(?i)\b(you (?:should(?:n['’]t)?|need to|must(?:n['’]t)?|have to|ought to|had better)|you['’]d better|why don['’]t you|you just have to|just (?:try|do|stop|get|leave|go|think|be|talk|tell|forget|ignore|relax|focus|let)|at least you|if i were you)\b`)

// mostAdvice bounds how many turns of phrase the hint quotes.
const mostAdvice = 3

// adviceIn gives the first few of them, in lower case and once each. It is
// for a hint on preview, and never keeps anything from being sent.
func adviceIn(text string) []string {
	var found []string
	for _, hit := range advice.FindAllString(text, -1) {
		hit = strings.ToLower(hit)
		if !slices.Contains(found, hit) {
			found = append(found, hit)
		}
		if len(found) == mostAdvice {
			break
		}
	}
	return found
}
