package meili

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	client "github.com/meilisearch/meilisearch-go"

	"beenthere/search"
)

// wordsOfQuery is how many words of a query Meilisearch reads, queriesOfWords
// how many queries of that length a long question is cut into, singleQueries
// how many words and how many concepts are asked for alone.
const (
	wordsOfQuery   = 10
	queriesOfWords = 3
	singleQueries  = 6
)

// Candidates asks for the words, for the concepts and for the nearest vectors,
// all in one request.
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
	return fuse(answer.Results, ask.Limit)
}

// queries cuts a question into queries. A query of several words finds posts
// that have all of them, or all but the commonest, and nothing when the rarest
// is nowhere; so the most telling words and concepts are asked for one by one as well.
func (e *Engine) queries(ask search.Ask) []*client.SearchRequest {
	q := &queries{index: e.live, filter: filterOf(ask.Filter), limit: int64(ask.Limit), without: excluded(ask.Without)}
	words, concepts := plainWords(ask.Terms, onlyLetters), plainWords(ask.Concepts, conceptWord)
	phrases := phrased(ask.Phrases)
	for i := 0; i < len(words) && i < queriesOfWords*wordsOfQuery; i += wordsOfQuery {
		q.add(phrases+strings.Join(words[i:min(i+wordsOfQuery, len(words))], " "), "title", "body")
	}
	if len(concepts) > 0 {
		q.add(strings.Join(concepts[:min(wordsOfQuery, len(concepts))], " "), "concepts")
	}
	for i := 0; len(words)+len(concepts) > 1 && i < singleQueries; i++ {
		if i < len(words) {
			q.add(phrases+words[i], "title", "body")
		}
		if i < len(concepts) {
			q.add(concepts[i], "concepts")
		}
	}
	q.addVector(rounded(ask.Vector))
	if len(ask.Terms)+len(ask.Concepts)+len(ask.Vector) == 0 {
		q.add("").Sort = []string{"day:desc"}
	}
	return q.all
}

// queries are those of one question.
type queries struct {
	index, filter, without string
	limit                  int64
	all                    []*client.SearchRequest
}

func (q *queries) add(words string, attributes ...string) *client.SearchRequest {
	query := &client.SearchRequest{IndexUID: q.index, Query: strings.TrimSpace(words + q.without), Limit: q.limit, Filter: q.filter,
		Distinct: "thread", AttributesToRetrieve: []string{"id", "thread"}, AttributesToSearchOn: attributes, MatchingStrategy: client.Frequency}
	q.all = append(q.all, query)
	return query
}

func (q *queries) addVector(vector []float32) {
	if vector == nil {
		return
	}
	query := q.add("")
	query.Query = ""
	// Without this the answer is filled up with posts that have no vector.
	query.Filter = q.filter + " AND embedded = true"
	query.Vector, query.Hybrid = vector, &client.SearchRequestHybrid{SemanticRatio: 1, Embedder: embedder}
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

// patience is how soon a lower place in an answer counts less (the constant of
// reciprocal rank fusion). It is large: a post in two answers comes before
// the first of one.
const patience = 60

// fuse puts several answers together: the posts that are in many, and high,
// come first; one of each thread.
func fuse(answers []client.SearchResponse, limit int) ([]search.Hit, error) {
	byID := map[string]*search.Hit{}
	var order []string
	for _, answer := range answers {
		for rank, hit := range answer.Hits {
			var d document
			if err := hit.DecodeInto(&d); err != nil {
				return nil, unavailable("meili.Candidates", &problem{code: "answer_not_read"})
			}
			if byID[d.ID] == nil {
				byID[d.ID] = &search.Hit{ID: d.ID, Thread: d.Thread}
				order = append(order, d.ID)
			}
			byID[d.ID].Score += 1 / float64(patience+rank)
		}
	}
	slices.SortStableFunc(order, func(a, b string) int { return cmp.Compare(byID[b].Score, byID[a].Score) })
	hits, threads := make([]search.Hit, 0, limit), map[string]bool{}
	for _, id := range order {
		if hit := byID[id]; hit.Thread != "" && !threads[hit.Thread] && len(hits) < limit {
			threads[hit.Thread] = true
			hits = append(hits, *hit)
		}
	}
	return hits, nil
}
