package meili

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"

	client "github.com/meilisearch/meilisearch-go"

	"beenthere/search"
)

// embedder is the name under which the index keeps our vectors.
const embedder = "own"

// generationID is the id of the one document that is not a post.
const generationID = "_generation"

// layout is the version of the documents and settings. An index with another
// one gets new settings and a new generation, so that it is filled again.
const layout = "2:"

// document is an entry in Meilisearch's words.
type document struct {
	ID          string               `json:"id"`
	Thread      string               `json:"thread,omitempty"`
	Topic       string               `json:"topic,omitempty"`
	Wants       string               `json:"wants,omitempty"`
	Notes       []string             `json:"notes,omitempty"`
	Experiences []string             `json:"experiences,omitempty"`
	Answered    bool                 `json:"answered"`
	Day         int64                `json:"day,omitempty"`
	Title       string               `json:"title"`
	Body        string               `json:"body"`
	Stems       []string             `json:"stems,omitempty"` // each once, because filters can say "or" and queries cannot
	Concepts    []string             `json:"concepts,omitempty"`
	Stamp       string               `json:"stamp,omitempty"`
	Generation  string               `json:"generation,omitempty"`
	Embedded    bool                 `json:"embedded"`
	Vectors     map[string][]float32 `json:"_vectors"` // null, never zeros
}

func newDocument(entry search.Entry) document {
	d := document{
		ID: entry.ID, Thread: entry.Thread, Topic: entry.Topic, Wants: entry.Wants, Notes: entry.Notes, Answered: entry.Answered,
		Day: entry.Day, Title: text(entry.Title), Body: text(entry.Body), Stems: distinct(entry.Title, entry.Body), Concepts: distinct(entry.Concepts), Stamp: layout + entry.Stamp,
		Vectors: map[string][]float32{embedder: rounded(entry.Vector)},
	}
	d.Embedded = d.Vectors[embedder] != nil
	for _, x := range entry.Experiences {
		d.Experiences = append(d.Experiences, x.Slug, withStance(x.Slug, x.Stance))
	}
	return d
}

func generationDocument(word string) document {
	return document{ID: generationID, Generation: layout + word, Vectors: map[string][]float32{embedder: nil}}
}

func withStance(slug, stance string) string { return slug + "/" + stance }

func text(stems []string) string { return strings.Join(stems, " ") }

// distinct gives each word once.
func distinct(words ...[]string) []string {
	all := slices.Concat(words...)
	slices.Sort(all)
	return slices.Compact(all)
}

// rounded cuts the numbers of a vector to four digits, which halves what is
// sent and changes no neighbour. It is nil for zeros.
func rounded(vector []float32) []float32 {
	var out []float32
	any := false
	for _, v := range vector {
		r := float32(math.Round(float64(v)*1e4) / 1e4)
		out = append(out, r)
		any = any || r != 0
	}
	if !any {
		return nil
	}
	return out
}

// generationOf reads the generation of an index, "" when it has none of this
// layout.
func (e *Engine) generationOf(ctx context.Context, name string) (string, error) {
	var kept document
	err := trouble(e.write.Index(name).GetDocumentWithContext(ctx, generationID, &client.DocumentQuery{Fields: []string{"generation"}}, &kept))
	if isCode(err, "document_not_found") {
		return "", nil
	}
	word, ok := strings.CutPrefix(kept.Generation, layout)
	if !ok {
		return "", err
	}
	return word, err
}

// changed gives the entries that the index does not hold just so.
func (e *Engine) changed(ctx context.Context, entries []search.Entry) ([]search.Entry, error) {
	ids := make([]string, len(entries))
	for i, entry := range entries {
		ids[i] = entry.ID
	}
	var held client.DocumentsResult
	err := trouble(e.write.Index(e.live).GetDocumentsWithContext(ctx, &client.DocumentsQuery{Limit: int64(len(ids)), Ids: ids, Fields: []string{"id", "stamp"}}, &held))
	if err != nil {
		return nil, err
	}
	stamps := map[string]string{}
	for _, hit := range held.Results {
		var d document
		if err := hit.DecodeInto(&d); err != nil {
			return nil, errors.New("an answer could not be read")
		}
		stamps[d.ID] = d.Stamp
	}
	var changed []search.Entry
	for _, entry := range entries {
		if stamp, ok := stamps[entry.ID]; !ok || stamp != layout+entry.Stamp {
			changed = append(changed, entry)
		}
	}
	return changed, nil
}
