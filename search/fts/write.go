package fts

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
)

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
