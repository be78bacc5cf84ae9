package workers

import (
	"context"

	"beenthere/forum"
	"beenthere/search"
)

// Public answers for the search room what is public at this moment.
type Public struct{ Forum *forum.Forum }

// Docs gives those of the posts that are public, in the order of ids.
func (p Public) Docs(ctx context.Context, ids []string) ([]search.Doc, error) {
	posts := make([]forum.PostID, len(ids))
	for i, id := range ids {
		posts[i] = forum.PostID(id)
	}
	cards, err := p.Forum.Cards(ctx, posts)
	docs := make([]search.Doc, len(cards))
	for i, card := range cards {
		docs[i] = Doc(card)
	}
	return docs, err
}

// Doc makes what the index keeps of a public post.
func Doc(c forum.Card) search.Doc {
	doc := search.Doc{ID: string(c.Post), Thread: string(c.Thread), Topic: c.Topic, Title: c.Title, Body: c.Clean.Text(),
		Notes: c.AllNotes(), Wants: c.Wants, Answered: c.Answered, Day: c.Day, Revision: c.Revision}
	for _, e := range c.Experiences {
		doc.Experiences = append(doc.Experiences, search.Experience{Slug: e.Slug, Stance: e.Stance})
	}
	return doc
}
