package pgtest

import (
	"strings"
	"sync"
	"testing"

	"beenthere/forum/db"
)

var shared struct {
	sync.Mutex
	server *Server
	clean  []string // migrated databases that a test is done with
}

const template = "migrated"

// Shared gives the server of this test process. It ends with the process.
func Shared(t testing.TB) *Server {
	t.Helper()
	shared.Lock()
	defer shared.Unlock()
	if shared.server == nil {
		server := begin(t)
		server.Do(t, "postgres", "CREATE DATABASE "+template)
		database, err := db.Open(t.Context(), server.URL(template))
		if err != nil {
			t.Fatal(err)
		}
		if err := database.Close(); err != nil {
			t.Fatal(err)
		}
		shared.server = server
	}
	return shared.server
}

// Migrated gives the address of a database that is migrated and empty. To make
// one takes longer than most tests, so it is swept afterwards and used again.
func Migrated(t testing.TB) string {
	t.Helper()
	s := Shared(t)
	name := takeClean()
	if name == "" {
		name = s.create(t, "TEMPLATE "+template)
	}
	t.Cleanup(func() {
		s.Do(t, name, sweep)
		shared.Lock()
		defer shared.Unlock()
		shared.clean = append(shared.clean, name)
	})
	return s.URL(name)
}

func takeClean() (name string) {
	shared.Lock()
	defer shared.Unlock()
	if last := len(shared.clean) - 1; last >= 0 {
		name, shared.clean = shared.clean[last], shared.clean[:last]
	}
	return name
}

// sweep sends away whoever a test has left behind, and empties all tables.
const sweep = `DO $$ DECLARE one text; BEGIN
	PERFORM pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();
	SET LOCAL session_replication_role = replica;
	FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'goose_db_version' LOOP
		EXECUTE format('DELETE FROM %I', one);
	END LOOP;
END $$`

// Empty gives the address of a new database with nothing in it.
func Empty(t testing.TB) string {
	t.Helper()
	s := Shared(t)
	return s.URL(s.Create(t, ""))
}

// Copy gives the address of a copy of a database that nobody is using any more.
func Copy(t testing.TB, address string) string {
	t.Helper()
	s := Shared(t)
	return s.URL(s.Create(t, "TEMPLATE "+nameIn(address)))
}

// Break ends all connections of the program to a database.
func Break(t testing.TB, address string) {
	t.Helper()
	Shared(t).Do(t, nameIn(address), "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'beenthere' AND datname = current_database()")
}

func nameIn(address string) string {
	_, name, _ := strings.Cut(address, "@/")
	name, _, _ = strings.Cut(name, "?")
	return name
}
