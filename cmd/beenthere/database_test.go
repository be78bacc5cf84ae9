package main

import (
	"strings"
	"sync"
	"testing"

	"beenthere/forum/db"
	"beenthere/forum/db/dbtest"
	"beenthere/forum/db/dbtest/pgtest"
)

// addresses are the databases of data folders on PostgreSQL: who opens a folder
// again finds what was in it.
var addresses sync.Map

// databaseOf names the database of a data folder: "", which is a file in it,
// or one on the PostgreSQL of the tests.
func databaseOf(t testing.TB, dir string) string {
	t.Helper()
	if !dbtest.OnPostgres() {
		return ""
	}
	if known, ok := addresses.Load(dir); ok {
		return known.(string)
	}
	address := pgtest.Empty(t)
	addresses.Store(dir, address)
	return address
}

// copyDatabase gives the copy of a folder a copy of its database.
func copyDatabase(t testing.TB, from, to string) {
	t.Helper()
	if address := databaseOf(t, from); address != "" {
		addresses.Store(to, pgtest.Copy(t, address))
	}
}

// notInPostgres looks through every row of a database that is not a file.
func notInPostgres(t testing.TB, h *house, name, needle string) {
	t.Helper()
	if dbtest.OnPostgres() && rowWith(t, h, needle) != "" {
		t.Errorf("%s is in the database", name)
	}
}

// rowWith gives the table of the first row that holds a word, or "".
func rowWith(t testing.TB, h *house, word string) string {
	t.Helper()
	for _, e := range takeDump(t, h.database) {
		if strings.Contains(e.String(), word) {
			return e.table
		}
	}
	return ""
}

// tablesOf asks what tables there are, in the words of each database.
func tablesOf(from db.Reader) string {
	if _, house := from.(*db.DB); house && dbtest.OnPostgres() {
		return "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
	}
	return "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
}
