package main

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"beenthere/forum/db"
	"beenthere/forum/db/dbtest"
)

// When the disk is full, whoever writes is told so kindly and keeps their
// words in the form; the same form is taken once there is room. Reading goes
// on all the while.
func TestFullDiskKeepsTheWordsInTheForm(t *testing.T) {
	dbtest.NeedsFile(t)
	h := open(t, t.TempDir(), func(f *serveFlags) { f.Limits = "off" })
	author := h.visitor(t)
	long := strings.Repeat("I still set the table for two some evenings. ", 400)
	first := author.write("Before it was full", long)
	h.mayGrowTo(t, 1) // as large as it is now

	var sent url.Values
	var a answer
	for range 50 { // what is left of free pages is used up first
		sent = hidden(t, author.page("/new"), "/threads")
		sent.Set("topic", "grief-and-loss")
		sent.Set("title", "A second winter")
		sent.Set("body", long)
		if a = author.form("/threads", sent); a.status == 503 {
			break
		}
	}
	if a.want(t, 503); !strings.Contains(a.body, strings.TrimSpace(long)) || !strings.Contains(a.body, `href="/help"`) {
		t.Fatalf("the words are not in the form that came back: %.600s", a.body)
	}
	author.get("/").want(t, 200)
	author.get(first.StatusURL).want(t, 200)

	h.mayGrowTo(t, 1<<30)
	if again := author.form("/threads", sent); again.status != 303 && again.status != 200 {
		t.Fatalf("the same form is not taken once there is room: %d %.600s", again.status, again.body)
	}
}

// mayGrowTo bounds the pages of the database, as a full disk does.
func (h *house) mayGrowTo(t *testing.T, pages int) {
	t.Helper()
	must(t, h.database.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		var now int
		return tx.QueryRow(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages)).Scan(&now)
	}))
}
