package search

import (
	"cmp"
	"slices"
)

// Tag is an experience that authors can choose.
type Tag struct{ Slug, Title string }

const (
	mostSuggestions = 5
	leastCover      = .45 // of what a tag's title says, with other wordings counting less
)

// Suggest gives the slugs of the experiences that a text tells of, the surest
// first, at most five. The author chooses; nothing of the text is kept.
func (r *Room) Suggest(title, body string, tags []Tag) []string {
	model := r.model.Load()
	text := newRead(r.language, model, Doc{Title: title, Body: clip(body, mostPostBytes)})
	type suggestion struct {
		slug  string
		cover float64
	}
	var found []suggestion
	for _, tag := range tags {
		p := r.plan(question{words: r.language.Tokens(tag.Title)})
		if cover := r.newScorer(p, model).cover(text); cover >= leastCover {
			found = append(found, suggestion{tag.Slug, cover + meaningOfPost*max(0, dot(p.vector, text.vector))})
		}
	}
	slices.SortStableFunc(found, func(a, b suggestion) int { return cmp.Compare(b.cover, a.cover) })
	slugs := make([]string, min(len(found), mostSuggestions))
	for i := range slugs {
		slugs[i] = found[i].slug
	}
	return slugs
}

// cover is the part of the plan that a post answers in any place.
func (s *scorer) cover(post *read) float64 {
	s.count(post.body, post.inBody, 1, s.best)
	s.count(post.title, post.inTitle, 1, s.best)
	var sum float64
	for i, w := range s.plan.terms {
		sum += w.weight * s.best[i]
	}
	if s.most == 0 {
		return 0
	}
	return sum / s.most
}
