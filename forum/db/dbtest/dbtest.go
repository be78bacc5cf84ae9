// Package dbtest gives tests a real, empty, migrated database.
package dbtest

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"beenthere/forum/db"
)

// Open opens a new database in a folder of the test and closes it at its end.
func Open(t testing.TB) *db.DB {
	t.Helper()
	database, err := db.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "beenthere.db"))
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
