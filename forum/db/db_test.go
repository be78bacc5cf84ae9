package db_test

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"beenthere/forum/db"
	"beenthere/forum/db/dbtest"
	"beenthere/forum/fault"
)

func addTopic(slug string) func(context.Context, *db.Tx) error {
	return func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO topics (slug, title, about, place) VALUES ($1, $1, '', 0)", slug)
		return err
	}
}

func countTopics(t *testing.T, database *db.DB) (n int) {
	t.Helper()
	if err := database.QueryRow(t.Context(), "SELECT count(*) FROM topics").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestFailedChangeTakesNothingOfItsNeighbours(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, database *db.DB) {
		boom := errors.New("boom")
		var wg sync.WaitGroup
		for i := range 300 {
			wg.Go(func() {
				slug := "topic-" + strings.Repeat("x", i)
				err := database.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
					if err := addTopic(slug)(ctx, tx); err != nil {
						return err
					}
					switch i % 3 {
					case 1:
						return boom
					case 2:
						panic("boom")
					}
					return nil
				})
				if (i%3 == 0) != (err == nil) {
					t.Errorf("change %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		if n := countTopics(t, database); n != 100 {
			t.Fatalf("%d topics, want the 100 whose change succeeded", n)
		}
	})
}

func TestAfterRunsOnlyOnceCommitted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, database *db.DB) {
		rang := 0
		before := database.PublicVersion()
		if err := database.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			tx.After(func() { rang++ })
			tx.ChangesPublic()
			return errors.New("no")
		}); err == nil {
			t.Fatal("the error was lost")
		}
		if rang != 0 || database.PublicVersion() != before {
			t.Fatal("a change that was undone rang or changed what is public")
		}
		if err := database.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			tx.After(func() { rang += countTopics(t, database) })
			tx.ChangesPublic()
			return addTopic("grief")(ctx, tx)
		}); err != nil {
			t.Fatal(err)
		}
		if rang != 1 || database.PublicVersion() == before {
			t.Fatal("the commit was not visible when its bell rang")
		}
	})
}

func TestReadersCannotWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, database *db.DB) {
		rows, err := database.Query(t.Context(), "INSERT INTO topics (slug, title, about, place) VALUES ('a', '', '', 0) RETURNING slug")
		if err == nil {
			rows.Next()
			err = rows.Err()
			rows.Close()
		}
		if err == nil || countTopics(t, database) != 0 {
			t.Fatal("a reader wrote")
		}
	})
}

func TestClosed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, database *db.DB) {
		if err := database.Close(); err != nil {
			t.Fatal(err)
		}
		if err := database.InTx(t.Context(), addTopic("late")); !fault.Is(err, fault.Unavailable) {
			t.Fatalf("a change after closing: %v, want unavailable", err)
		}
	})
}

func TestErasedWordsLeaveTheFiles(t *testing.T) {
	file := filepath.Join(t.TempDir(), "b.db")
	database, err := db.Open(t.Context(), "sqlite:"+file)
	if err != nil {
		t.Fatal(err)
	}
	defer database.Close()
	word := "sycamore-canary"
	if err := database.InTx(t.Context(), addTopic(word)); err != nil {
		t.Fatal(err)
	}
	if err := database.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM topics")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := database.Truncate(t.Context()); err != nil {
		t.Fatal(err)
	}
	if at := dbtest.Find(t, filepath.Dir(file), word); at != "" {
		t.Fatalf("an erased word is still in %s", at)
	}
}

// Whoever reads an older state for long, as a copy does, keeps nobody from
// writing; erased words go when that has ended, though nobody asks again.
func TestErasedWordsGoAfterALongReader(t *testing.T) {
	file := filepath.Join(t.TempDir(), "beenthere.db")
	database := dbtest.At(t, "sqlite:"+file)
	word := "sycamore-canary"
	if err := errors.Join(database.InTx(t.Context(), addTopic(word)), database.InTx(t.Context(), addTopic("second"))); err != nil {
		t.Fatal(err)
	}
	rows, err := database.Query(t.Context(), "SELECT slug FROM topics")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	if !rows.Next() {
		t.Fatal("nothing to read", rows.Err())
	}
	if err := database.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM topics")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	short, cancel := context.WithTimeout(t.Context(), 5*time.Second) // half of what a statement waits for a lock
	defer cancel()
	if err := database.Truncate(short); err != nil {
		t.Fatalf("an erasure waits for a reader: %v", err)
	}
	gone, leave := context.WithTimeout(t.Context(), 50*time.Millisecond) // half of what a sweep waits for the reader
	defer leave()
	_ = database.Truncate(gone) // somebody else erases and does not wait
	if err := rows.Close(); err != nil {
		t.Fatal(err)
	}
	late := time.After(time.Minute)
	for at := "?"; at != ""; {
		select {
		case <-late:
			t.Fatalf("an erased word is still in %s", at)
		default:
			at = dbtest.Find(t, filepath.Dir(file), word)
		}
	}
}

// Neither the database nor the index can be read by others on the machine,
// wherever they are.
func TestFilesArePrivate(t *testing.T) {
	dir := t.TempDir()
	database := dbtest.At(t, "sqlite:"+filepath.Join(dir, "beenthere.db"))
	index, err := db.OpenIndex(t.Context(), filepath.Join(dir, "search.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	if err := database.InTx(t.Context(), addTopic("grief")); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 3 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if info, err := file.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", file.Name(), info.Mode(), err)
		}
	}
}

func TestOpenNamesWhatItNeeds(t *testing.T) {
	for _, address := range []string{"", "sqlite:", "postgres:", "postgres://localhost", "mysql://localhost/b", "beenthere.db"} {
		if _, err := db.Open(t.Context(), address); !fault.Is(err, fault.Invalid) {
			t.Errorf("Open(%q) = %v, want invalid", address, err)
		}
	}
}

func BenchmarkChanges(b *testing.B) {
	database := dbtest.Open(b)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := database.InTx(b.Context(), func(ctx context.Context, tx *db.Tx) error {
				_, err := tx.Exec(ctx, "INSERT INTO revocations (value, day) VALUES ($1, 1)", rand.Text())
				return err
			}); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkRead(b *testing.B) {
	database := dbtest.Open(b)
	for b.Loop() {
		var n int
		if err := database.QueryRow(b.Context(), "SELECT count(*) FROM topics WHERE slug = $1", "a").Scan(&n); err != nil {
			b.Fatal(err)
		}
	}
}

// A change reads what it has written so far.
func TestChangeReadsItsOwnWords(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, database *db.DB) {
		const find = "SELECT slug FROM topics WHERE slug >= $1 ORDER BY slug"
		for range 2 { // the second time every statement is known
			err := database.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
				if _, err := tx.Exec(ctx, "DELETE FROM topics"); err != nil {
					return err
				}
				for _, slug := range []string{"a", "B", "c_"} {
					if err := addTopic(slug)(ctx, tx); err != nil {
						return err
					}
				}
				rows, err := tx.Query(ctx, find, "B")
				seen, err := db.All(rows, err, func(rows *sql.Rows) (slug string, err error) { return slug, rows.Scan(&slug) })
				if got := strings.Join(seen, " "); got != "B a c_" {
					t.Errorf("read %q", got)
				}
				var last string
				return errors.Join(err, tx.QueryRow(ctx, find, "c").Scan(&last))
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

// A change that goes on after a statement of it failed harms nobody else.
func TestGoingOnAfterAFailureHarmsNobodyElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, database *db.DB) {
		if err := database.InTx(t.Context(), addTopic("taken")); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for i := range 60 {
			wg.Go(func() {
				err := database.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
					if i%2 == 1 {
						_ = addTopic("taken")(ctx, tx)
						return nil
					}
					return addTopic(fmt.Sprint("own-", i))(ctx, tx)
				})
				if i%2 == 0 && err != nil || fault.Is(err, fault.Unavailable) {
					t.Errorf("change %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		if n := countTopics(t, database); n != 31 {
			t.Errorf("%d topics, want 31", n)
		}
	})
}

func TestNothingIsLeftInTheLogAfterClosing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "b.db")
	database, err := db.Open(t.Context(), "sqlite:"+file)
	if err != nil {
		t.Fatal(err)
	}
	if err := database.InTx(t.Context(), addTopic("grief")); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := database.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(file + "-wal"); !errors.Is(err, os.ErrNotExist) {
		t.Fatal("the write-ahead log is still there", err)
	}
}

func TestTruncateBetweenChanges(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, database *db.DB) {
		var wg sync.WaitGroup
		for i := range 40 {
			wg.Go(func() {
				if err := database.InTx(t.Context(), addTopic(strings.Repeat("x", i+1))); err != nil {
					t.Error(err)
				}
			})
			wg.Go(func() {
				if err := database.Truncate(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := countTopics(t, database); n != 40 {
			t.Fatalf("%d of 40 changes", n)
		}
		if err := database.Close(); err != nil {
			t.Fatal(err)
		}
		if err := database.Truncate(t.Context()); !fault.Is(err, fault.Unavailable) {
			t.Fatalf("after closing: %v, want unavailable", err)
		}
	})
}
