package db_test

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"beenthere/forum/db"
	"beenthere/forum/db/dbtest"
	"beenthere/forum/db/dbtest/pgtest"
	"beenthere/forum/fault"
)

// tell gives the sentence for the operator.
func tell(err error) string {
	var known *fault.Error
	errors.As(err, &known)
	if known == nil {
		return ""
	}
	return known.Tell
}

// One program serves from a database. Commands may come beside it.
func TestSecondProgramIsRefused(t *testing.T) {
	address := pgtest.Migrated(t)
	first, err := db.OpenAlone(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	second, err := db.OpenAlone(t.Context(), address)
	if err == nil {
		second.Close()
	}
	if !fault.Is(err, fault.Conflict) || !strings.Contains(tell(err), "Another Beenthere is running") {
		t.Errorf("%v, want a conflict and a sentence", err)
	}
	beside := dbtest.At(t, address)
	if err := errors.Join(beside.InTx(t.Context(), addTopic("beside")), first.InTx(t.Context(), addTopic("first"))); err != nil {
		t.Error(err)
	}
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	again, err := db.OpenAlone(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	again.Close()
}

// When another program has taken the lock meanwhile, nothing is changed.
func TestLostLockStopsChanges(t *testing.T) {
	address := pgtest.Migrated(t)
	server := pgtest.Shared(t)
	first, err := db.OpenAlone(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	taken := make(chan *db.DB, 1)
	go func() { // stands in line for the lock and has it once the first has lost it
		for {
			if second, err := db.OpenAlone(context.Background(), address); err == nil {
				taken <- second
				return
			}
		}
	}()
	const waits = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
	until(t, "the second stands in line", func() bool { return server.Ask(t, "postgres", waits) != "0" })
	server.Do(t, nameOf(address), "SELECT pg_terminate_backend(pid) "+ofProgram+" AND pid = (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = datid LIMIT 1)")
	second := <-taken
	for range 2 {
		if err := first.InTx(t.Context(), addTopic("late")); !fault.Is(err, fault.Unavailable) || tell(err) != "" {
			t.Errorf("%v, want unavailable", err)
		}
	}
	if countTopics(t, first) != 0 {
		t.Error("changed beside another program")
	}
	second.Close()
	until(t, "it goes on", func() bool { return first.InTx(context.Background(), addTopic("again")) == nil })
}

// A password in an address is in no error, however wrong the address is.
func TestPasswordIsNotSaid(t *testing.T) {
	address := pgtest.Migrated(t)
	server := pgtest.Shared(t)
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte(pgtest.Password+"\n"), 0o400); err != nil {
		t.Fatal(err)
	}
	strict := server.Create(t, "")
	wrong := []string{
		"postgres://postgres:" + pgtest.Password + "@127.0.0.1:1/b", "postgres://a:" + pgtest.Password + "@no such host/b",
		"postgres://a:" + pgtest.Password + "%zz@h/b", "postgres://a:" + pgtest.Password + "@h:port/b", "postgresql://a:" + pgtest.Password + "@/none?host=/nowhere",
		"postgres://a:" + pgtest.Password + "@h/b?sslmode=perhaps", "postgres://a:" + pgtest.Password + "@h/", server.URL("none"),
		"postgres:/a:" + pgtest.Password + "@h/b", "mysql://a:" + pgtest.Password + "@h/b", strings.Replace(server.URL(strict), "postgres:"+pgtest.Password, "nobody:"+pgtest.Password, 1),
		"postgres://a@127.0.0.1:1/b?password_file=" + secret, "postgres://a@127.0.0.1:1/b?password_file=" + secret + ".none",
	}
	for i, at := range wrong {
		_, err := db.Open(t.Context(), at)
		_, name, err2 := db.Begun(t.Context(), at)
		for _, err := range []error{err, err2} {
			if err == nil || tell(err) == "" {
				t.Errorf("%d: opened, or no sentence: %v", i, err)
			} else if strings.Contains(err.Error()+tell(err)+name, pgtest.Password) {
				t.Errorf("%d: the password is in %v", i, err)
			}
		}
	}
	database := dbtest.At(t, address)
	if err := database.Mark(t.Context(), "one"); err != nil {
		t.Fatal(err)
	}
	other := database.Mark(t.Context(), "two")
	database.Close()
	for _, err := range []error{other, database.Mark(t.Context(), "one"), database.InTx(t.Context(), addTopic("late")), database.Truncate(t.Context()), database.Check(t.Context())} {
		if err == nil || strings.Contains(err.Error()+tell(err), pgtest.Password) {
			t.Errorf("the password is in %v", err)
		}
	}
}

// A database that sorts by the rules of a language is refused, with the
// command that makes another.
func TestLanguagesOrderIsRefused(t *testing.T) {
	server := pgtest.Shared(t)
	name := server.Create(t, "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en' LOCALE 'C'")
	if _, err := db.Open(t.Context(), server.URL(name)); !strings.Contains(tell(err), "LC_COLLATE 'C'") {
		t.Errorf("%v, want to be told how to make it", err)
	}
}

func TestBegun(t *testing.T) {
	address := pgtest.Empty(t)
	if begun, _, err := db.Begun(t.Context(), address); begun || err != nil {
		t.Errorf("an empty database: %v %v", begun, err)
	}
	dbtest.At(t, address)
	if begun, _, err := db.Begun(t.Context(), address); !begun || err != nil {
		t.Errorf("one with a forum: %v %v", begun, err)
	}
}

// What PostgreSQL's text cannot hold is no trouble: a question finds nothing,
// and words are kept as readers will see them.
func TestAnyBytes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, database *db.DB) {
		type slug string
		for _, bytes := range []string{"a\x00b", "c\xffd", "e\xed\xa0\x80f"} {
			var n int
			if err := database.QueryRow(t.Context(), "SELECT count(*) FROM topics WHERE slug = $1", slug(bytes)).Scan(&n); err != nil || n != 0 {
				t.Errorf("%q: %v", bytes, err)
			}
			if err := database.InTx(t.Context(), addTopic(bytes)); err != nil {
				t.Errorf("%q: %v", bytes, err)
			}
		}
		if n := countTopics(t, database); n != 3 {
			t.Errorf("%d of 3 are kept", n)
		}
	})
}

// After an erasure the rows are gone from the tables, also when somebody was
// reading the moment before.
func TestErasedRowsLeaveTheTables(t *testing.T) {
	address := pgtest.Migrated(t)
	server, database := pgtest.Shared(t), dbtest.At(t, address)
	server.Do(t, nameOf(address), "CREATE EXTENSION IF NOT EXISTS pgstattuple")
	word := strings.Repeat("sycamore-canary ", 1000) // long enough to be kept apart
	if err := database.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO topics (slug, title, about, place) VALUES ('a', '', $1, 0)", word)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	read := make(chan error)
	go func() {
		var about string
		read <- database.QueryRow(context.Background(), "SELECT pg_sleep(1)::text || about FROM topics").Scan(&about)
	}()
	until(t, "somebody reads", func() bool {
		return server.Ask(t, nameOf(address), "SELECT count(*) "+ofProgram+" AND wait_event = 'PgSleep'") != "0"
	})
	if err := database.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM topics")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(database.Truncate(t.Context()), <-read); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{"'topics'::regclass", "(SELECT reltoastrelid FROM pg_class WHERE oid = 'topics'::regclass)"} {
		if left := server.Ask(t, nameOf(address), "SELECT tuple_count + dead_tuple_count FROM pgstattuple("+table+")"); left != "0" {
			t.Errorf("%s rows are left in %s", left, table)
		}
	}
}

// Readers end by themselves, and cannot change anything.
func TestConnectionsAreSetUp(t *testing.T) {
	database := dbtest.At(t, pgtest.Migrated(t))
	for setting, want := range map[string]string{"default_transaction_read_only": "on", "statement_timeout": "30s", "application_name": "beenthere"} {
		var got string
		if err := database.QueryRow(t.Context(), "SELECT current_setting($1)", setting).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %q (%v), want %q", setting, got, err, want)
		}
	}
	if err := database.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// Trouble of the machine is told by its kind and not by its text.
func TestTroubleOfTheMachine(t *testing.T) {
	database := dbtest.At(t, pgtest.Migrated(t))
	raise := func(code string) error {
		return database.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '"+code+"'; END $$")
			return err
		})
	}
	for _, code := range []string{"08006", "53100", "53200", "53300", "57014", "57P01", "57P03", "58030", "25006", "40001", "55P03"} {
		if err := raise(code); !fault.Is(err, fault.Unavailable) {
			t.Errorf("%s: %v, want unavailable", code, err)
		}
	}
	for _, code := range []string{"23505", "42601", "22P02", "25001", "55000", "XX000"} {
		if err := raise(code); err == nil || fault.Is(err, fault.Unavailable) {
			t.Errorf("%s: %v is not the machine's", code, err)
		}
	}
	for _, cause := range []error{driver.ErrBadConn, io.ErrUnexpectedEOF} {
		if err := database.InTx(t.Context(), func(context.Context, *db.Tx) error { return cause }); !fault.Is(err, fault.Unavailable) {
			t.Errorf("%v: %v, want unavailable", cause, err)
		}
	}
	if err := database.InTx(t.Context(), addTopic("after")); err != nil {
		t.Error(err)
	}
}

// Programs beside each other write in turn: nothing comes between what a change
// has read and what it writes.
func TestProgramsWriteInTurn(t *testing.T) {
	address := pgtest.Migrated(t)
	programs := []*db.DB{dbtest.At(t, address), dbtest.At(t, address), dbtest.At(t, address)}
	var group sync.WaitGroup
	for i := range 6 {
		group.Go(func() {
			for range 20 {
				if err := programs[i%3].InTx(t.Context(), addNext); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if n := countTopics(t, programs[0]); n != 120 {
		t.Errorf("%d of 120 changes", n)
	}
}

// addNext adds a topic that is called by how many there are.
func addNext(ctx context.Context, tx *db.Tx) error {
	var n int
	if err := tx.QueryRow(ctx, "SELECT count(*) FROM topics").Scan(&n); err != nil {
		return err
	}
	return addTopic(strconv.Itoa(n))(ctx, tx)
}
