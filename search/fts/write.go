package fts

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
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

// write makes the change in the file.
func (b *batch) write(ctx context.Context, tx *sql.Tx) error {
	for _, step := range []func(context.Context, *sql.Tx) error{b.writeBlocks, b.writeTerms, b.writeDocs} {
		if err := step(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) writeBlocks(ctx context.Context, tx *sql.Tx) error {
	read, err := tx.PrepareContext(ctx, b.shelf.sql(`SELECT block FROM `, "postings", ` WHERE term = $1 AND segment = $2`))
	if err != nil {
		return err
	}
	defer read.Close()
	write, err := tx.PrepareContext(ctx, b.shelf.sql(`INSERT INTO `, "postings", ` (term, segment, block) VALUES ($1, $2, $3)
		ON CONFLICT (term, segment) DO UPDATE SET block = excluded.block`))
	if err != nil {
		return err
	}
	defer write.Close()
	for _, at := range b.places() {
		var block []byte
		if err := read.QueryRowContext(ctx, at.term, at.segment).Scan(&block); err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if block = edited(at.segment, block, b.edits[at]); len(block) > 0 {
			_, err = write.ExecContext(ctx, at.term, at.segment, block)
		} else {
			_, err = tx.ExecContext(ctx, b.shelf.sql(`DELETE FROM `, "postings", ` WHERE term = $1 AND segment = $2`), at.term, at.segment)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// places gives the blocks to edit in the order of the file.
func (b *batch) places() []place {
	places := make([]place, 0, len(b.edits))
	for at := range b.edits {
		places = append(places, at)
	}
	slices.SortFunc(places, func(a, b place) int {
		return cmp.Or(strings.Compare(a.term, b.term), cmp.Compare(a.segment, b.segment))
	})
	return places
}

// edited applies edits to a block; the last edit of a post counts.
func edited(segment int32, block []byte, edits []posting) []byte {
	last := make(map[int32]int32, len(edits))
	for _, edit := range edits {
		last[edit.doc] = edit.count
	}
	var postings []posting
	readBlock(segment, block, func(doc, count int32) {
		if _, ok := last[doc]; !ok {
			postings = append(postings, posting{doc, count})
		}
	})
	for doc, count := range last {
		if count > 0 {
			postings = append(postings, posting{doc, count})
		}
	}
	slices.SortFunc(postings, func(a, b posting) int { return cmp.Compare(a.doc, b.doc) })
	return writeBlock(segment, postings)
}

func (b *batch) writeTerms(ctx context.Context, tx *sql.Tx) error {
	add, err := tx.PrepareContext(ctx, b.shelf.sql(`INSERT INTO `, "terms", ` (term, posts) VALUES ($1, $2)
		ON CONFLICT (term) DO UPDATE SET posts = posts + excluded.posts`))
	if err != nil {
		return err
	}
	defer add.Close()
	for term, change := range b.posts {
		if change == 0 {
			continue
		}
		if _, err := add.ExecContext(ctx, term, change); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, b.shelf.sql(`DELETE FROM `, "terms", ` WHERE posts <= 0`))
	return err
}

func (b *batch) writeDocs(ctx context.Context, tx *sql.Tx) error {
	for _, number := range b.gone {
		if _, err := tx.ExecContext(ctx, b.shelf.sql(`DELETE FROM `, "docs", ` WHERE doc = $1`), number); err != nil {
			return err
		}
	}
	add, err := tx.PrepareContext(ctx, b.shelf.sql(`INSERT OR REPLACE INTO `, "docs", ` (doc, id, thread, topic, wants, notes, experiences,
		answered, day, stamp, length, stems, vector) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`))
	if err != nil {
		return err
	}
	defer add.Close()
	for _, r := range b.set {
		e := r.entry
		terms := make([]string, 0, len(r.counts))
		for term := range r.counts {
			terms = append(terms, term)
		}
		answered := 0
		if e.Answered {
			answered = 1
		}
		if _, err := add.ExecContext(ctx, r.number, e.ID, e.Thread, e.Topic, e.Wants, strings.Join(e.Notes, "\n"), joinExperiences(e.Experiences),
			answered, e.Day, e.Stamp, r.length, strings.Join(terms, " "), []byte(r.vector)); err != nil {
			return err
		}
	}
	return nil
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
