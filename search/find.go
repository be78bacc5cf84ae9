package search

import (
	"context"
	"slices"

	"beenthere/forum/fault"
)

// PerPage is how many results a page shows, MostResults how many there are to
// page through: enough for a night, and nothing that could be harvested.
const (
	PerPage     = 10
	MostResults = 100

	lastPage = MostResults / PerPage // one further is empty, and so is every other
)

// Query is what a reader asks for.
type Query struct {
	Words  string // as typed: words, "phrases", -without
	Filter Filter
	Page   int // from 1; 0 is 1
}

// Result is a post that was found, as it is public now.
type Result struct {
	Doc     Doc
	Title   []Segment
	Excerpt []Segment
}

// Results is a page of what was found.
type Results struct {
	Hits      []Result
	Total     int  // confirmed results, at most MostResults
	More      bool // there is a next page
	Page      int
	Corrected []Correction
	Topics    []string // nothing was found: the topics that are nearest, best first
}

// Find answers a reader. It shows only posts that are public at this moment,
// one of each thread. It gives Unavailable when the engine is away.
func (r *Room) Find(ctx context.Context, q Query) (Results, error) {
	p := r.plan(r.parse(q.Words))
	found, err := r.confirmed(ctx, p, q.Filter)
	if err != nil {
		return Results{}, fault.Wrap(fault.Unavailable, "search.Find", err)
	}
	found = found[:min(len(found), MostResults)]
	results := Results{Total: len(found), Page: min(max(1, q.Page), lastPage+1), Corrected: p.corrected}
	if len(found) == 0 {
		results.Topics = r.nearestTopics(ctx, p, Filter{HideTopics: q.Filter.HideTopics, HideNotes: q.Filter.HideNotes})
		return results, nil
	}
	from := min((results.Page-1)*PerPage, len(found))
	to := min(from+PerPage, len(found))
	results.More = to < len(found)
	results.Hits = r.show(p, found[from:to])
	return results, nil
}

// confirmed asks the engine for candidates, keeps what is public now and lets
// the filter through, ranks it and leaves one post of each thread.
func (r *Room) confirmed(ctx context.Context, p *plan, filter Filter) ([]ranked, error) {
	hits, err := r.engine.Candidates(ctx, p.ask(filter, MostCandidates))
	if err != nil {
		return nil, err
	}
	docs, err := r.hydrate(ctx, hits, filter)
	if err != nil {
		return nil, err
	}
	if len(p.terms) == 0 {
		return onePerThread(r.inOrder(p, docs)), nil
	}
	return onePerThread(r.rank(p, docs)), nil
}

// hydrate gives the posts of hits that are public now.
func (r *Room) hydrate(ctx context.Context, hits []Hit, filter Filter) ([]Doc, error) {
	ids := make([]string, len(hits))
	for i, hit := range hits {
		ids[i] = hit.ID
	}
	docs, err := r.public.Docs(ctx, ids)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(docs, func(d Doc) bool { return !filter.Allows(d) }), nil
}

// inOrder keeps the engine's order, newest first, when no words were asked.
func (r *Room) inOrder(p *plan, docs []Doc) []ranked {
	var all []ranked
	for _, doc := range docs {
		if one := (ranked{doc: doc, read: r.read(doc, r.model.Load())}); !p.excludes(one.read) {
			all = append(all, one)
		}
	}
	return all
}

func onePerThread(all []ranked) []ranked {
	seen := map[string]bool{}
	return slices.DeleteFunc(all, func(one ranked) bool {
		again := seen[one.doc.Thread]
		seen[one.doc.Thread] = true
		return again
	})
}

// show makes results of ranked posts.
func (r *Room) show(p *plan, page []ranked) []Result {
	s := r.newScorer(p, r.model.Load())
	results := make([]Result, len(page))
	for i, one := range page {
		title, body := r.language.Read(one.doc.Title), r.language.Read(one.doc.Body)
		spans := s.marks(body, surelyMeant)
		if len(spans) == 0 {
			spans = s.marks(body, 0)
		}
		results[i] = Result{
			Doc:     one.doc,
			Title:   excerpt(one.doc.Title, title, len(one.doc.Title), s.marks(title, surelyMeant)),
			Excerpt: excerpt(one.doc.Body, body, excerptBytes, spans),
		}
	}
	return results
}

// nearestTopics gives the topics of the posts that come nearest when nothing
// else is asked for than what the reader never wants to see, at most three.
func (r *Room) nearestTopics(ctx context.Context, p *plan, hidden Filter) []string {
	loose := *p
	loose.phrases, loose.without = nil, nil
	found, err := r.confirmed(ctx, &loose, hidden)
	if err != nil || len(p.terms) == 0 {
		return nil
	}
	weight := map[string]float64{}
	var topics []string
	for i, one := range found[:min(len(found), 20)] {
		if weight[one.doc.Topic] == 0 {
			topics = append(topics, one.doc.Topic)
		}
		weight[one.doc.Topic] += 1 / float64(i+3)
	}
	slices.SortStableFunc(topics, func(a, b string) int {
		if weight[a] > weight[b] {
			return -1
		}
		return 1
	})
	return topics[:min(len(topics), 3)]
}
