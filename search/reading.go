package search

import (
	"slices"
	"sync"

	"beenthere/search/meaning"
)

// read is a post as the ranking sees it.
type read struct {
	title, body     []*meaning.Lexeme
	inTitle, inBody []string          // concepts that are mentioned, as often as they are
	tags            []meaning.Reading // of the experiences that the author chose
	experiences     []Experience
	vector          []float32
	revision        int
	model           *meaning.Model
}

// mostReadings is how many posts are remembered as they were read, some
// 50 MB. Most questions bring the same posts up.
const mostReadings = 20_000

// readings remembers posts as they were read.
type readings struct {
	mu    sync.Mutex
	known map[string]*read
}

// read reads a post, or remembers how it did. Nobody may change the answer.
func (r *Room) read(doc Doc, model *meaning.Model) *read {
	r.readings.mu.Lock()
	known, ok := r.readings.known[doc.ID]
	r.readings.mu.Unlock()
	if ok && known.revision == doc.Revision && known.model == model && slices.Equal(known.experiences, doc.Experiences) {
		return known
	}
	fresh := newRead(r.language, model, doc)
	r.readings.mu.Lock()
	defer r.readings.mu.Unlock()
	r.readings.makeRoom()
	r.readings.known[doc.ID] = fresh
	return fresh
}

func newRead(language *meaning.Language, model *meaning.Model, doc Doc) *read {
	title, body := language.Read(doc.Title), language.Read(clip(doc.Body, mostPostBytes))
	tags := make([]meaning.Reading, len(doc.Experiences))
	for i, x := range doc.Experiences {
		tags[i] = language.Read(x.words())
	}
	return &read{title: lexemes(title.Tokens), body: lexemes(body.Tokens), inTitle: concepts(title), inBody: concepts(body),
		tags: tags, experiences: doc.Experiences, vector: model.Embed(title, body), revision: doc.Revision, model: model}
}

// makeRoom lets go of a few readings when there are too many; which ones is
// up to the order of a map, which is as good as any. The caller holds the lock.
func (r *readings) makeRoom() {
	if len(r.known) < mostReadings {
		return
	}
	for id := range r.known {
		if len(r.known) <= mostReadings*9/10 {
			return
		}
		delete(r.known, id)
	}
}

// forget lets go of what was read of posts.
func (r *readings) forget(ids []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, id := range ids {
		delete(r.known, id)
	}
}

func lexemes(tokens []meaning.Token) []*meaning.Lexeme {
	out := make([]*meaning.Lexeme, len(tokens))
	for i, token := range tokens {
		out[i] = token.Lexeme
	}
	return out
}
