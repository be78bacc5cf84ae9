package meili

import (
	"strings"

	"beenthere/search"
)

// groups gives a filter for each word of a question, the most telling first:
// posts that have the word, or mention what it means.
func groups(ask search.Ask) []string {
	stems, concepts := map[int][]string{}, map[int][]string{}
	words := 0
	for _, term := range ask.Terms {
		stems[term.Word] = append(stems[term.Word], quote(term.Stem))
		words = max(words, term.Word+1)
	}
	for _, term := range ask.Concepts {
		concepts[term.Word] = append(concepts[term.Word], quote(term.Stem))
		words = max(words, term.Word+1)
	}
	var all []string
	for word := range words {
		var either []string
		if len(stems[word]) > 0 {
			either = append(either, oneOf("stems", stems[word]))
		}
		if len(concepts[word]) > 0 {
			either = append(either, oneOf("concepts", concepts[word]))
		}
		if len(either) > 0 {
			all = append(all, anyOf(either))
		}
	}
	return all
}

// telling gives a filter for the posts that the most telling group lets
// through, and one for those that two of the groups do.
func telling(groups []string) []string {
	var pairs []string
	for i, a := range groups {
		for _, b := range groups[:i] {
			pairs = append(pairs, a+" AND "+b)
		}
	}
	if len(pairs) == 0 {
		return groups
	}
	return []string{groups[0], anyOf(pairs)}
}

func oneOf(attribute string, quoted []string) string {
	return attribute + " IN [" + strings.Join(quoted, ", ") + "]"
}

func anyOf(filters []string) string { return "(" + strings.Join(filters, " OR ") + ")" }
