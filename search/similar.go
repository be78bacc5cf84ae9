package search

import (
	"cmp"
	"context"
	"slices"
	"time"

	"beenthere/forum/fault"
	"beenthere/search/meaning"
)

// similarWait is how long a page waits for stories like this at most.
const similarWait = 150 * time.Millisecond

// similarWords is how many words of a post are asked for: those that say most.
const similarWords = 40

// mostPostBytes is how much of a post is read to rank it, and to find what is
// like it. Engines keep the whole.
const mostPostBytes = 16_000

// Similar gives stories like a post, best first, at most n, none of its own
// thread and only what the filter lets through. It never delays a page: when
// the answer is late or the engine away, there are none, and it is Unavailable.
// The post may be a draft; nothing of it is kept.
func (r *Room) Similar(ctx context.Context, doc Doc, filter Filter, n int) ([]Result, error) {
	ctx, cancel := context.WithTimeout(ctx, similarWait)
	defer cancel()
	found, err := r.similar(ctx, doc, filter, n)
	if err != nil {
		return nil, fault.Wrap(fault.Unavailable, "search.Similar", err)
	}
	return found, nil
}

// similar is Similar without its patience.
func (r *Room) similar(ctx context.Context, doc Doc, filter Filter, n int) ([]Result, error) {
	p := r.planOfPost(doc)
	if len(p.terms) == 0 {
		return nil, nil
	}
	filter.HideThread = doc.Thread
	found, err := r.confirmed(ctx, p, filter)
	return r.show(p, found[:min(len(found), n)]), err
}

// planOfPost makes a plan from a whole post: its telling words, no
// corrections.
func (r *Room) planOfPost(doc Doc) *plan {
	model := r.model.Load()
	title, body := r.language.Read(doc.Title), r.language.Read(clip(doc.Body, mostPostBytes))
	p := &plan{vector: model.Embed(title, body)}
	at := map[string]int{}
	for _, part := range []meaning.Reading{title, body} {
		for _, token := range part.Tokens {
			if i, ok := at[token.Stem]; ok {
				p.terms[i].weight++
			} else if !token.Stop {
				at[token.Stem] = len(p.terms)
				p.terms = append(p.terms, wanted{token: token, weight: 1, meant: map[string]float64{token.Stem: 1}})
			}
		}
	}
	for i := range p.terms {
		w := &p.terms[i]
		w.weight = model.Rarity(w.token.Lexeme) * w.weight / (w.weight + 1)
	}
	for _, part := range []meaning.Reading{title, body} {
		for _, mention := range part.Mentions {
			for place := mention.First; place < mention.First+mention.Count; place++ {
				if i, ok := at[part.Tokens[place].Stem]; ok {
					p.terms[i].mention(mention.Concept, r.part(mention, part.Tokens, place))
				}
			}
		}
	}
	slices.SortFunc(p.terms, func(a, b wanted) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.token.Stem, b.token.Stem))
	})
	p.terms = p.terms[:min(len(p.terms), similarWords)]
	return p
}
