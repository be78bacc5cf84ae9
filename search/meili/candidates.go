package meili

import (
	"context"
	"strings"
	"unicode"

	client "github.com/meilisearch/meilisearch-go"

	"beenthere/search"
)

// wordsOfQuery is how many words of a query Meilisearch reads; questionsOfWords
// how many queries of that length a long question is cut into.
const (
	wordsOfQuery     = 10
	questionsOfWords = 3
)

// Candidates asks for the words, for the concepts and for the nearest vectors,
// all in one request, and deals out the hits in turns.
func (e *Engine) Candidates(ctx context.Context, ask search.Ask) ([]search.Hit, error) {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	ask.Limit = max(0, min(ask.Limit, search.MostCandidates))
	if ask.Limit == 0 {
		return nil, ctx.Err()
	}
	queries := e.queries(ask)
	if len(queries) == 0 {
		return nil, nil
	}
	answer, err := e.search.MultiSearchWithContext(ctx, &client.MultiSearchRequest{Queries: queries})
	if err := trouble(err); isCode(err, "index_not_found") {
		e.missing()
		return nil, nil // not made yet: nothing to find
	} else if err != nil {
		return nil, unavailable("meili.Candidates", err)
	}
	return deal(answer.Results, ask.Limit)
}

// queries cuts a question into queries.
func (e *Engine) queries(ask search.Ask) []*client.SearchRequest {
	var queries []*client.SearchRequest
	add := func(words string, attributes ...string) *client.SearchRequest {
		q := &client.SearchRequest{IndexUID: e.live, Query: words, Limit: int64(ask.Limit), Filter: filterOf(ask.Filter), Distinct: "thread",
			AttributesToRetrieve: []string{"id", "thread"}, AttributesToSearchOn: attributes, MatchingStrategy: client.Frequency}
		queries = append(queries, q)
		return q
	}
	without := excluded(ask.Without)
	words := plainWords(ask.Terms, onlyLetters)
	for i := 0; i < len(words) && i < questionsOfWords*wordsOfQuery; i += wordsOfQuery {
		add(phrased(ask.Phrases)+strings.Join(words[i:min(i+wordsOfQuery, len(words))], " ")+without, "title", "body")
	}
	if concepts := plainWords(ask.Concepts, conceptWord); len(concepts) > 0 {
		add(strings.Join(concepts[:min(wordsOfQuery, len(concepts))], " ")+without, "concepts")
	}
	if vector := rounded(ask.Vector); vector != nil {
		q := add("")
		// Without this the answer is filled up with posts that have no vector.
		q.Filter = filterOf(ask.Filter) + " AND embedded = true"
		q.Vector, q.Hybrid = vector, &client.SearchRequestHybrid{SemanticRatio: 1, Embedder: embedder}
	}
	if asksNothing := len(ask.Terms)+len(ask.Concepts)+len(ask.Vector) == 0; asksNothing {
		add(strings.TrimSpace(without)).Sort = []string{"day:desc"}
	}
	return queries
}

// phrased writes phrases in front of the other words; a phrase must be there.
func phrased(phrases [][]string) string {
	var out strings.Builder
	for _, phrase := range phrases[:min(len(phrases), 2)] {
		var words []string
		for _, stem := range phrase {
			words = append(words, onlyLetters(stem))
		}
		out.WriteString(`"` + strings.Join(words, " ") + `" `)
	}
	return out.String()
}

func excluded(stems []string) string {
	var out strings.Builder
	for _, stem := range stems {
		if word := onlyLetters(stem); word != "" {
			out.WriteString(" -" + word)
		}
	}
	return out.String()
}

func plainWords(terms []search.Term, write func(string) string) []string {
	var words []string
	for _, term := range terms {
		if word := write(term.Stem); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// onlyLetters leaves of a word what cannot be a sign of the query language.
func onlyLetters(word string) string {
	if len(word) > longestValue {
		return ""
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, word)
}

// deal takes the hits of several answers in turns, best first, one of each
// thread.
func deal(answers []client.SearchResponse, limit int) ([]search.Hit, error) {
	var hits []search.Hit
	threads := map[string]bool{}
	for rank := 0; rank < limit; rank++ {
		for _, answer := range answers {
			if rank >= len(answer.Hits) || len(hits) >= limit {
				continue
			}
			var d document
			if err := answer.Hits[rank].DecodeInto(&d); err != nil {
				return nil, unavailable("meili.Candidates", &problem{code: "answer_not_read"})
			}
			if d.Thread != "" && !threads[d.Thread] {
				threads[d.Thread] = true
				hits = append(hits, search.Hit{ID: d.ID, Thread: d.Thread, Score: 1 / float64(rank+1)})
			}
		}
	}
	return hits, nil
}
