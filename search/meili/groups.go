package meili

import (
	"strings"

	"beenthere/search"
)

// groupFilters gives a filter for the posts that have the most telling word of
// a question or mention what it means, and one for those that have two of its
// first words so.
func groupFilters(ask search.Ask) []string {
	groups := groupsOf(ask)
	if len(groups) == 0 {
		return nil
	}
	filters := groups[:1:1]
	var pairs []string
	for i, a := range groups {
		for _, b := range groups[:i] {
			pairs = append(pairs, a+" AND "+b)
		}
	}
	if len(pairs) > 0 {
		filters = append(filters, "("+strings.Join(pairs, " OR ")+")")
	}
	return filters
}

// groupsOf gives a filter for each of the most telling words: posts that have
// it, or mention what it means.
func groupsOf(ask search.Ask) []string {
	var stems, concepts [someWords][]string
	for _, term := range ask.Terms {
		if term.Word < someWords {
			stems[term.Word] = append(stems[term.Word], quote(term.Stem))
		}
	}
	for _, term := range ask.Concepts {
		if term.Word < someWords {
			concepts[term.Word] = append(concepts[term.Word], quote(term.Stem))
		}
	}
	var groups []string
	for word := range someWords {
		var either []string
		if len(stems[word]) > 0 {
			either = append(either, "stems IN ["+strings.Join(stems[word], ", ")+"]")
		}
		if len(concepts[word]) > 0 {
			either = append(either, "concepts IN ["+strings.Join(concepts[word], ", ")+"]")
		}
		if len(either) > 0 {
			groups = append(groups, "("+strings.Join(either, " OR ")+")")
		}
	}
	return groups
}
