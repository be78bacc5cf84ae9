// Package dbtest gives tests a real, empty, migrated database.
package dbtest

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"beenthere/forum/db"
	"beenthere/forum/db/dbtest/pgtest"
)

// OnPostgres tells whether all tests are to run on PostgreSQL, which
// BEENTHERE_TEST_DATABASE=postgres says.
func OnPostgres() bool { return os.Getenv("BEENTHERE_TEST_DATABASE") == "postgres" }

// Open opens a new database and closes it at the end of the test: in a folder
// of the test, or on a PostgreSQL of the tests.
func Open(t testing.TB) *db.DB {
	t.Helper()
	if OnPostgres() {
		return At(t, pgtest.Migrated(t))
	}
	return At(t, InFile(t))
}

// InFile gives the address of a new SQLite file.
func InFile(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "beenthere.db") }

// At opens the database of an address and closes it at the end of the test.
func At(t testing.TB, address string) *db.DB {
	t.Helper()
	database, err := db.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := database.Close(); err != nil {
			t.Error(err)
		}
	})
	return database
}

// Each runs a test on both databases, each time with a new one.
func Each(t *testing.T, test func(t *testing.T, database *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, At(t, InFile(t))) })
	t.Run("postgres", func(t *testing.T) { test(t, At(t, pgtest.Migrated(t))) })
}

// NeedsFile skips a test that is about SQLite's files.
func NeedsFile(t testing.TB) {
	t.Helper()
	if OnPostgres() {
		t.Skip("this is about SQLite's files")
	}
}

// Find gives the first file below dir that holds the word, or "". It is how
// tests look for words that must have gone.
func Find(t testing.TB, dir, word string) string {
	t.Helper()
	var at string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || at != "" {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(word)) {
			at = path
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return at
}
