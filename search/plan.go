package search

import (
	"cmp"
	"slices"

	"beenthere/search/meaning"
)

// How much something counts that is not the very word that was typed.
const (
	spellingWeight = .9 // the word it was probably meant to be
	fuzzyWeight    = .7 // a word a typing error away, when nothing else is found
	stopWeight     = .3 // a word like "the" or "my"
	smallWeight    = .5 // small words that say something together, like "let go"
)

// wanted is one word of a plan.
type wanted struct {
	token    meaning.Token
	weight   float64            // how much it says
	meant    map[string]float64 // stems that count as the word, and how much
	concepts []named            // that it mentions, alone or with its neighbours
	unknown  bool               // perhaps misspelt
}

// named is a concept that stands for a word, and how much it counts as it.
type named struct {
	concept string
	part    float64
}

// plan is a question made ready for asking and ranking.
type plan struct {
	terms     []wanted // each word once
	order     []int    // the terms as they were typed; nil for a whole post
	phrases   [][]string
	without   []string
	vector    []float32
	corrected []Correction
}

// Correction is a word that was read as another one.
type Correction struct{ From, To string }

// plan reads a question with the model: repairs what is misspelt, and finds
// other wordings and the direction of its meaning.
func (r *Room) plan(q question) *plan {
	model := r.model.Load()
	p := &plan{phrases: q.phrases, without: q.without, order: make([]int, len(q.words))}
	read := slices.Clone(q.words)
	at := map[string]int{}
	for i, token := range q.words {
		term, ok := at[token.Stem]
		if !ok {
			term = len(p.terms)
			at[token.Stem] = term
			p.terms = append(p.terms, r.want(model, token, p))
		}
		p.order[i] = term
		if better := p.terms[term].token; better.Word != token.Word && p.terms[term].unknown {
			read[i] = better
		}
	}
	reading := meaning.Reading{Tokens: read, Mentions: r.language.Mentions(read)}
	for _, mention := range reading.Mentions {
		telling := false
		for at := mention.First; at < mention.First+mention.Count; at++ {
			term := p.order[at]
			p.terms[term].mention(mention.Concept, r.part(mention, read, at))
			telling = telling || !p.terms[term].token.Stop
		}
		if !telling {
			p.wantConcept(model, mention.Concept, r.part(mention, read, mention.First))
		}
	}
	p.vector = model.Embed(reading)
	return p
}

// want weighs a word. One that nobody knows is read as what it was probably
// meant to be, and keeps its own spelling as well, for it may be a rare name.
func (r *Room) want(model *meaning.Model, token meaning.Token, p *plan) wanted {
	w := wanted{token: token, meant: map[string]float64{token.Stem: 1}, weight: model.Rarity(token.Lexeme)}
	if token.Stop {
		w.weight *= stopWeight
		return w
	}
	w.unknown = !model.Knows(token.Stem)
	for i, guess := range model.Correct(token) {
		for _, meant := range r.language.Tokens(guess) {
			if w.meant[meant.Stem] == 0 {
				w.meant[meant.Stem] = spellingWeight / float64(i+1)
			}
			if i == 0 {
				p.corrected = append(p.corrected, Correction{From: token.Word, To: guess})
				w.weight = min(w.weight, model.Rarity(meant.Lexeme))
				w.token = meant
			}
		}
	}
	return w
}

// wantConcept adds a concept that is mentioned by small words alone, like
// "come out" or "let go", and that their own weight would hide.
func (p *plan) wantConcept(model *meaning.Model, concept string, part float64) {
	p.terms = append(p.terms, wanted{token: meaning.Token{Lexeme: &meaning.Lexeme{}}, weight: smallWeight * model.RarityOfConcept(concept),
		meant: map[string]float64{}, concepts: []named{{concept, part}}})
}

// part is how much a concept counts as a word of what mentions it. Several
// words together, like "lost my dad", leave little doubt of what is meant.
func (r *Room) part(mention meaning.Mention, tokens []meaning.Token, at int) float64 {
	part := conceptShare
	if mention.Count > 1 {
		part = wholeShare
	}
	if r.language.Related(mention.Concept) || !r.language.Typical(mention, tokens, at) {
		part *= relatedShare
	}
	return part
}

func (w *wanted) mention(concept string, part float64) {
	if i := slices.IndexFunc(w.concepts, func(m named) bool { return m.concept == concept }); i >= 0 {
		w.concepts[i].part = max(w.concepts[i].part, part)
		return
	}
	w.concepts = append(w.concepts, named{concept, part})
}

// fewWords is how many words a question has at most for its small words to be
// asked for as well: three of them can be all that somebody remembers.
const fewWords = 5

// ask makes the question for the engine, the words that say most first.
func (p *plan) ask(filter Filter, limit int) Ask {
	ask := Ask{Phrases: p.phrases, Without: p.without, Vector: p.vector, Filter: filter, Story: p.order == nil, Limit: limit}
	terms := slices.Clone(p.terms)
	slices.SortStableFunc(terms, func(a, b wanted) int { return cmp.Compare(b.weight, a.weight) })
	if len(p.order) > fewWords && slices.ContainsFunc(terms, func(w wanted) bool { return !w.token.Stop && len(w.meant) > 0 }) {
		terms = slices.DeleteFunc(terms, func(w wanted) bool { return w.token.Stop })
	}
	asked := map[string]bool{}
	for i, w := range terms {
		for _, stem := range byWeight(w.meant) {
			ask.Terms = append(ask.Terms, Term{Stem: stem, Weight: w.meant[stem], Word: i})
		}
		for _, m := range w.concepts {
			if !asked[m.concept] {
				asked[m.concept] = true
				ask.Concepts = append(ask.Concepts, Term{Stem: m.concept, Weight: m.part, Word: i})
			}
		}
	}
	return ask
}

// byWeight gives the stems that count as a word, the surest first.
func byWeight(meant map[string]float64) []string {
	out := make([]string, 0, len(meant))
	for stem := range meant {
		out = append(out, stem)
	}
	slices.SortFunc(out, func(a, b string) int {
		return cmp.Or(cmp.Compare(meant[b], meant[a]), cmp.Compare(a, b))
	})
	return out
}
