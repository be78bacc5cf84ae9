package search

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"time"

	"beenthere/forum/fault"
)

// judged is a query with the ids of the posts that answer it.
type judged struct {
	Kind string   `json:"kind"`
	ID   string   `json:"qid"`
	Q    string   `json:"q"`
	Rel  []string `json:"rel"`
}

// collection is a set of posts that stands for the public view.
type collection struct {
	docs []Doc
	byID map[string]Doc
}

// Docs gives the posts of the collection.
func (c *collection) Docs(_ context.Context, ids []string) ([]Doc, error) {
	docs := make([]Doc, 0, len(ids))
	for _, id := range ids {
		if doc, ok := c.byID[id]; ok {
			docs = append(docs, doc)
		}
	}
	return docs, nil
}

func (c *collection) all() iter.Seq2[Doc, error] {
	return func(yield func(Doc, error) bool) {
		for _, doc := range c.docs {
			if !yield(doc, nil) {
				return
			}
		}
	}
}

// Evaluate measures an engine with the room's ranking on judged queries, and
// writes a table. Posts and queries are JSON lines: {id, title, body} and
// {kind, qid, q, rel}. Kinds that begin with "title2body" are asked of bodies
// alone; kinds that end in "topic" are whole posts, answered by Similar. Folder
// is for the model. Everything in the engine is overwritten, and in the end it
// is empty.
func Evaluate(ctx context.Context, posts, queries io.Reader, engine Engine, folder string, out io.Writer) error {
	docs, err := readDocs(posts)
	if err != nil {
		return fault.Wrap(fault.Invalid, "search.Evaluate", err)
	}
	asked, err := readLines[judged](queries)
	if err != nil {
		return fault.Wrap(fault.Invalid, "search.Evaluate", err)
	}
	table := map[string]*measures{}
	for _, titles := range []bool{true, false} {
		if err := evaluate(ctx, docs, asked, engine, folder, titles, table); err != nil {
			return fault.Wrap(fault.Unavailable, "search.Evaluate", err)
		}
	}
	nothing := func(func(Entry, error) bool) {}
	if err := engine.Rebuild(ctx, nothing, nil); err != nil {
		return fault.Wrap(fault.Unavailable, "search.Evaluate", err)
	}
	return report(out, table)
}

func evaluate(ctx context.Context, docs []Doc, asked []judged, engine Engine, folder string, titles bool, table map[string]*measures) error {
	c := &collection{byID: map[string]Doc{}}
	for _, doc := range docs {
		if !titles {
			doc.Title = ""
		}
		c.docs = append(c.docs, doc)
		c.byID[doc.ID] = doc
	}
	room := New(engine, c, folder)
	if err := room.Train(ctx, c.all(), time.Time{}, nil); err != nil {
		return err
	}
	for _, q := range asked {
		if strings.HasPrefix(q.Kind, "title2body") == titles {
			continue
		}
		start := time.Now()
		found, err := room.answer(ctx, q)
		if err != nil {
			return err
		}
		took := time.Since(start)
		if table[q.Kind] == nil {
			table[q.Kind] = &measures{}
		}
		relevant := map[string]bool{}
		for _, id := range q.Rel {
			relevant[id] = true
		}
		table[q.Kind].add(found, relevant, took)
	}
	return nil
}

// answer gives the ids that the room finds for a query.
func (r *Room) answer(ctx context.Context, q judged) ([]string, error) {
	var hits []Result
	var err error
	if strings.HasSuffix(q.Kind, "topic") {
		hits, err = r.similar(ctx, Doc{ID: q.ID, Thread: q.ID, Body: q.Q}, Filter{}, 10)
	} else {
		var found Results
		found, err = r.Find(ctx, Query{Words: q.Q})
		hits = found.Hits
	}
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(hits))
	for i, hit := range hits {
		ids[i] = hit.Doc.ID
	}
	return ids, nil
}

// report writes a row for each kind.
func report(out io.Writer, table map[string]*measures) error {
	kinds := make([]string, 0, len(table))
	for kind := range table {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	text := fmt.Sprintf("%-18s %7s %9s %9s %7s %8s %6s %8s %8s\n", "kind", "queries", "success@1", "success@5", "MRR@10", "nDCG@10", "P@10", "ms p50", "ms p99")
	for _, kind := range kinds {
		m := table[kind]
		n := float64(m.queries)
		text += fmt.Sprintf("%-18s %7d %9.3f %9.3f %7.3f %8.3f %6.3f %8.1f %8.1f\n", kind, m.queries, m.first/n, m.five/n, m.reciprocal/n,
			m.gain/n, m.precise/n, milliseconds(m.percentile(.5)), milliseconds(m.percentile(.99)))
	}
	_, err := io.WriteString(out, text)
	return err
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func readDocs(from io.Reader) ([]Doc, error) {
	posts, err := readLines[struct{ ID, Title, Body string }](from)
	docs := make([]Doc, len(posts))
	for i, post := range posts {
		docs[i] = Doc{ID: post.ID, Thread: post.ID, Title: post.Title, Body: post.Body}
	}
	return docs, err
}

// readLines reads JSON lines.
func readLines[T any](from io.Reader) ([]T, error) {
	var all []T
	lines := bufio.NewScanner(from)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		if len(strings.TrimSpace(lines.Text())) == 0 {
			continue
		}
		var one T
		if err := json.Unmarshal(lines.Bytes(), &one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, lines.Err()
}
