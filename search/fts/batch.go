package fts

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"beenthere/search"
)

// conceptMark stands before a concept in the index, so that none is ever
// taken for a word.
const conceptMark = "~"

// titleCount is how often a word in a title counts.
const titleCount = 2

// place is one block of the index.
type place struct {
	term    string
	segment int32
}

// batch gathers what a change does to a shelf.
type batch struct {
	shelf  shelf
	edits  map[place][]posting // a count of 0 takes the post out
	posts  map[string]int32    // stem → change in the number of its posts
	set    []row
	gone   []int32
	newest int32 // the highest document number in use
}

// row is a post under its number.
type row struct {
	number int32
	entry  search.Entry
	counts map[string]int32
	length int32
	vector packed
}

// newBatch starts a change of a shelf.
func newBatch(ctx context.Context, tx *sql.Tx, s shelf) (*batch, error) {
	b := &batch{shelf: s, edits: map[place][]posting{}, posts: map[string]int32{}}
	err := tx.QueryRowContext(ctx, s.sql(`SELECT COALESCE(MAX(doc), -1) FROM `, "docs", ``)).Scan(&b.newest)
	return b, err
}

// put adds an entry to the change, unless the shelf holds it just so.
func (b *batch) put(ctx context.Context, tx *sql.Tx, entry search.Entry) error {
	number, stamp, err := b.take(ctx, tx, entry.ID, entry.Stamp)
	if err != nil || stamp == entry.Stamp {
		return err
	}
	if number < 0 {
		b.newest++
		number = b.newest
	}
	r := row{number: number, entry: entry, counts: counts(entry), length: int32(len(entry.Title) + len(entry.Body)), vector: pack(entry.Vector)}
	for term, count := range r.counts {
		b.edit(term, number, count)
	}
	b.set = append(b.set, r)
	return nil
}

// delete adds the loss of a post to the change.
func (b *batch) delete(ctx context.Context, tx *sql.Tx, id string) error {
	number, _, err := b.take(ctx, tx, id, "")
	if err == nil && number >= 0 {
		b.gone = append(b.gone, number)
	}
	return err
}

// take takes the postings of a post out, unless it has the stamp. It gives
// the post's number, -1 when there is none.
func (b *batch) take(ctx context.Context, tx *sql.Tx, id, unless string) (int32, string, error) {
	var number int32
	var stems, stamp string
	err := tx.QueryRowContext(ctx, b.shelf.sql(`SELECT doc, stems, stamp FROM `, "docs", ` WHERE id = $1`), id).Scan(&number, &stems, &stamp)
	if errors.Is(err, sql.ErrNoRows) {
		return -1, "", nil
	}
	if err != nil || (unless != "" && stamp == unless) {
		return number, stamp, err
	}
	for _, term := range strings.Fields(stems) {
		b.edit(term, number, 0)
	}
	return number, "", nil
}

func (b *batch) edit(term string, number, count int32) {
	at := place{term, number / perSegment}
	b.edits[at] = append(b.edits[at], posting{number, count})
	if count > 0 {
		b.posts[term]++
	} else {
		b.posts[term]--
	}
}

// counts says how often an entry has each stem and mentions each concept.
func counts(entry search.Entry) map[string]int32 {
	out := make(map[string]int32, len(entry.Body))
	for _, stem := range entry.Title {
		out[stem] += titleCount
	}
	for _, stem := range entry.Body {
		out[stem]++
	}
	for _, concept := range entry.Concepts {
		out[conceptMark+concept]++
	}
	return out
}

// remember brings the memory to the state of the file. The caller holds
// Engine.mu.
func (b *batch) remember(m *memory) {
	for _, number := range b.gone {
		m.drop(number)
	}
	for _, r := range b.set {
		m.set(r.number, r.entry, r.length, r.vector)
	}
	for term, change := range b.posts {
		if m.terms[term] += change; m.terms[term] <= 0 {
			delete(m.terms, term)
		}
	}
}
