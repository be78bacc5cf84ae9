package db_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"beenthere/forum/db"
	"beenthere/forum/db/dbtest"
	"beenthere/forum/fault"
)

// bound sets how many pages the file may have, as a full disk would.
func bound(t *testing.T, database *db.DB, pages int) {
	t.Helper()
	if err := database.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		var now int
		return tx.QueryRow(ctx, fmt.Sprintf("PRAGMA max_page_count = %d", pages)).Scan(&now)
	}); err != nil {
		t.Fatal(err)
	}
}

// When nothing more fits, whoever writes is told so, nothing of their change
// is there, and whoever was told yes is right. Afterwards it works again.
func TestFullDisk(t *testing.T) {
	database := dbtest.At(t, dbtest.InFile(t))
	bound(t, database, 1) // as many as there are
	var wg sync.WaitGroup
	var mu sync.Mutex
	kept, refused := 0, 0
	for i := range 60 {
		wg.Go(func() {
			err := database.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				for part := range 3 { // half of a change must not stay
					err := addTopic(fmt.Sprintf("%d-%d-%s", i, part, strings.Repeat("x", 3000)))(ctx, tx)
					if err != nil {
						return fault.Wrap(fault.Internal, "test", err)
					}
				}
				return nil
			})
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				kept++
			case fault.Is(err, fault.Unavailable):
				refused++
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := countTopics(t, database); n != 3*kept || refused == 0 {
		t.Errorf("%d rows of %d changes that were kept; %d were refused", n, kept, refused)
	}
	bound(t, database, 1<<30)
	if err := database.InTx(t.Context(), addTopic("again")); err != nil {
		t.Error("it does not recover:", err)
	}
}

// Trouble of a change itself is no trouble of the machine.
func TestOwnTroubleStaysItsOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, database *db.DB) {
		twice := func(ctx context.Context, tx *db.Tx) error {
			return errors.Join(addTopic("twice")(ctx, tx), addTopic("twice")(ctx, tx))
		}
		if err := database.InTx(t.Context(), twice); err == nil || fault.Is(err, fault.Unavailable) {
			t.Error(err)
		}
	})
}
