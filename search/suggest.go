package search

import (
	"cmp"
	"slices"
)

// Tag is an experience that authors can choose.
type Tag struct{ Slug, Title string }

const mostSuggestions = 5

// Suggest gives the slugs of the experiences that a text tells of, the surest
// first, at most five. The author chooses; nothing of the text is kept. A wrong
// one can hurt, so all that is particular to a tag must be told: who lost a
// brother is not asked about a parent, and a death is no suicide.
func (r *Room) Suggest(title, body string, tags []Tag) []string {
	model := r.model.Load()
	text := newRead(r.language, model, Doc{Title: title, Body: clip(body, mostPostBytes)})
	type suggestion struct {
		slug  string
		score float64
	}
	var found []suggestion
	for _, tag := range tags {
		p := r.plan(question{words: r.language.Tokens(tag.Title)})
		if s := r.newScorer(p, model); s.tells(text) {
			found = append(found, suggestion{tag.Slug, s.score(text) + meaningOfPost*max(0, dot(p.vector, text.vector))})
		}
	}
	slices.SortStableFunc(found, func(a, b suggestion) int { return cmp.Compare(b.score, a.score) })
	slugs := make([]string, min(len(found), mostSuggestions))
	for i := range slugs {
		slugs[i] = found[i].slug
	}
	return slugs
}

// tells tells whether a post says every telling word of the plan, or another
// word for the same. Of words with "or" or "and" between them one is enough.
func (s *scorer) tells(post *read) bool {
	clear(s.counts)
	clear(s.best)
	s.count(post.body, post.inBody, 1, s.best)
	s.count(post.title, post.inTitle, 1, s.best)
	told, any := true, false
	choice := false
	for _, term := range s.plan.order {
		w := s.plan.terms[term]
		switch {
		case w.token.Word == "or" || w.token.Word == "and":
			choice = any
		case w.token.Stop:
		case choice:
			told, choice = told || s.best[term] >= surelyMeant, false
		case !told:
			return false
		default:
			told, any = s.best[term] >= surelyMeant, true
		}
	}
	return told && any
}
