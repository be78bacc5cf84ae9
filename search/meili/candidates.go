package meili

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"unicode"

	client "github.com/meilisearch/meilisearch-go"

	"beenthere/search"
)

const (
	wordsOfQuery = 10  // that Meilisearch reads
	someWords    = 6   // the most telling words, of which a post should have two
	longLimit    = 100 // hits for a story or a long question, by vector
	partLimit    = 80  // hits of each query but that by all words
)

// Candidates asks for the words, for what they mean and for the nearest
// vectors, all in one request.
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
	} else if err != nil && e.halfMade(ctx) {
		return nil, nil // the index is there and its settings are not yet
	} else if err != nil {
		return nil, unavailable("meili.Candidates", err)
	}
	return fuse(answer.Results, ask.Limit)
}

// halfMade tells whether the index is being made just now: its generation is
// written last.
func (e *Engine) halfMade(ctx context.Context) bool {
	word, err := e.generationOf(ctx, e.live)
	return err == nil && word == ""
}

// queries cuts a question into queries, at most five: each takes the server two
// or three milliseconds, whatever it asks. A query of several words finds posts
// that have all of them, or all but the commonest, and nothing when the rarest
// is nowhere; so that one is asked for alone as well, with its typing errors.
// The rest is asked of the vectors, in filters, which can say "or": the nearest
// of those that have the most telling word or mention what it means, of those
// that have two of the first six, and of all. Before there are vectors there are
// so few posts that all can be asked for that have any of it.
func (e *Engine) queries(ask search.Ask) []*client.SearchRequest {
	q := &queries{index: e.live, filter: filterOf(ask.Filter), without: excluded(ask.Without)}
	words, phrases := plainWords(ask.Terms), phrased(ask.Phrases)
	limit, vector := int64(ask.Limit), rounded(ask.Vector)
	part := min(limit, partLimit)
	long := len(words) > wordsOfQuery
	if long && vector != nil {
		// The meaning of so many says more than any few of them.
		if !ask.Story {
			q.add(phrases+strings.Join(words[:wordsOfQuery], " "), part)
		}
		q.addVector(vector, min(limit, longLimit), "")
		return q.all
	}
	if len(words) > 0 {
		q.add(phrases+strings.Join(words[:min(wordsOfQuery, len(words))], " "), limit).Distinct = "thread"
	}
	if len(words) > 1 {
		q.add(phrases+words[0], part)
	}
	either := groups(ask)
	if !long {
		either = either[:min(someWords, len(either))]
	}
	switch {
	case len(either) == 0:
	case vector == nil: // there are few posts yet, or the question has no known word
		q.add(phrases, limit).Filter = q.filter + " AND " + anyOf(either)
	default:
		for _, filter := range telling(either) {
			if phrases != "" {
				q.add(phrases, part).Filter = q.filter + " AND " + filter
			} else { // those that have it have no order, so the nearest come first
				q.addVector(vector, part, " AND "+filter)
			}
		}
	}
	q.addVector(vector, part, "")
	if len(ask.Terms)+len(ask.Concepts)+len(ask.Vector) == 0 {
		newest := q.add("", limit)
		newest.Sort, newest.Distinct = []string{"day:desc"}, "thread"
	}
	return q.all
}

// queries are those of one question. Only those that must not be filled by one
// long thread ask for distinct ones, because that is slow.
type queries struct {
	index, filter, without string
	all                    []*client.SearchRequest
}

func (q *queries) add(words string, limit int64) *client.SearchRequest {
	query := &client.SearchRequest{IndexUID: q.index, Query: strings.TrimSpace(words + q.without), Limit: limit, Filter: q.filter,
		AttributesToRetrieve: []string{"id", "thread"}, MatchingStrategy: client.Frequency}
	q.all = append(q.all, query)
	return query
}

func (q *queries) addVector(vector []float32, limit int64, filter string) {
	if vector == nil {
		return
	}
	query := q.add("", limit)
	query.Query = ""
	// Without this the answer is filled up with posts that have no vector.
	query.Filter = q.filter + " AND embedded = true" + filter
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

// plainWords gives the words as they were typed. What a misspelt one was
// probably meant to be is left to the filters: the server forgives typing
// errors by itself, and finds nothing that has the error and the word.
func plainWords(terms []search.Term) []string {
	var words []string
	for i, term := range terms {
		if i > 0 && term.Word == terms[i-1].Word {
			continue
		}
		if word := onlyLetters(term.Stem); word != "" {
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
// reciprocal rank fusion); it is large, because places say little here. manyPosts
// is the number of posts beside which an answer's hits are few or many.
const (
	patience  = 60
	manyPosts = 10_000
)

// fuse puts several answers together: the posts that are in many of them, in
// small ones, and high, come first; one of each thread.
func fuse(answers []client.SearchResponse, limit int) ([]search.Hit, error) {
	byID := map[string]*search.Hit{}
	var order []string
	for _, answer := range answers {
		says := math.Log1p(manyPosts / float64(max(1, answer.EstimatedTotalHits)))
		for rank, hit := range answer.Hits {
			var d document
			if err := hit.DecodeInto(&d); err != nil {
				return nil, unavailable("meili.Candidates", &problem{code: "answer_not_read"})
			}
			if byID[d.ID] == nil {
				byID[d.ID] = &search.Hit{ID: d.ID, Thread: d.Thread}
				order = append(order, d.ID)
			}
			byID[d.ID].Score += says / float64(patience+rank)
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
