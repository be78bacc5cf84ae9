package search

import (
	"cmp"
	"context"
	"slices"
	"time"

	"beenthere/search/meaning"
)

// similarWait is how long a page waits for stories like this at most.
const similarWait = 150 * time.Millisecond

// similarWords is how many words of a post are asked for: those that say most.
const similarWords = 40

// Similar gives stories like a post, best first, at most n, none of its own
// thread and only what the filter lets through. It never delays a page: when
// the answer is late or the engine away, there are none. The post may be a
// draft; nothing of it is kept.
func (r *Room) Similar(ctx context.Context, doc Doc, filter Filter, n int) []Result {
	ctx, cancel := context.WithTimeout(ctx, similarWait)
	defer cancel()
	found, p, err := r.similar(ctx, doc, filter)
	if err != nil {
		return nil
	}
	return r.show(p, found[:min(len(found), n)])
}

func (r *Room) similar(ctx context.Context, doc Doc, filter Filter) ([]ranked, *plan, error) {
	filter.HideThread = doc.Thread
	p := r.planOfPost(doc)
	if len(p.terms) == 0 {
		return nil, p, nil
	}
	found, err := r.confirmed(ctx, p, filter)
	return found, p, err
}

// planOfPost makes a plan from a whole post: its telling words, no
// corrections.
func (r *Room) planOfPost(doc Doc) *plan {
	model := r.model.Load()
	tokens := append(r.language.Read(clip(doc.Title, mostBytes)), r.language.Read(clip(doc.Body, 8*mostBytes))...)
	p := &plan{whole: true, vector: model.Embed(tokens)}
	count := map[string]float64{}
	first := map[string]meaning.Token{}
	for _, token := range tokens {
		if token.Stop {
			continue
		}
		if count[token.Stem]++; count[token.Stem] == 1 {
			first[token.Stem] = token
		}
	}
	for stem, n := range count {
		weight := model.Rarity(stem, false) * n / (n + 1)
		p.terms = append(p.terms, wanted{token: first[stem], weight: weight, meant: map[string]float64{stem: 1}})
	}
	slices.SortFunc(p.terms, func(a, b wanted) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.token.Stem, b.token.Stem))
	})
	p.terms = p.terms[:min(len(p.terms), similarWords)]
	r.addConcepts(p, tokens)
	return p
}

// addConcepts notes which concepts the tokens of the plan's terms mention.
func (r *Room) addConcepts(p *plan, tokens []meaning.Token) {
	at := map[string]int{}
	for i, w := range p.terms {
		at[w.token.Stem] = i
	}
	for _, mention := range r.language.Mentions(tokens) {
		for _, token := range tokens[mention.First : mention.First+mention.Count] {
			if i, ok := at[token.Stem]; ok {
				p.terms[i].addConcept(mention.Concept)
			}
		}
	}
}
