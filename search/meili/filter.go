package meili

import (
	"strings"

	"beenthere/search"
)

// filterOf writes a filter in Meilisearch's language. Every value is quoted.
// "thread EXISTS" leaves out the one document that is not a post.
func filterOf(f search.Filter) string {
	parts := []string{"thread EXISTS"}
	is := func(attribute, value string) {
		if value != "" {
			parts = append(parts, attribute+" = "+quote(value))
		}
	}
	not := func(attribute string, values ...string) {
		for _, value := range values {
			if value != "" {
				parts = append(parts, "NOT "+attribute+" = "+quote(value))
			}
		}
	}
	is("topic", f.Topic)
	is("wants", f.Wants)
	switch f.Answered {
	case "yes":
		parts = append(parts, "answered = true")
	case "no":
		parts = append(parts, "answered = false")
	}
	switch {
	case f.Experience != "" && f.Stance != "":
		is("experiences", withStance(f.Experience, f.Stance))
	case f.Experience != "":
		is("experiences", f.Experience)
	}
	not("topic", f.HideTopics...)
	not("notes", f.HideNotes...)
	not("thread", f.HideThread)
	return strings.Join(parts, " AND ")
}

// longestValue is longer than any slug or id. What is longer matches nothing.
const longestValue = 200

// quote makes a value a string of the filter language.
func quote(value string) string {
	if len(value) > longestValue {
		value = value[:longestValue]
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(strings.ToValidUTF8(value, "")) + `"`
}
