// Package pgtest gives tests a real PostgreSQL: one server for each test
// process, in a temporary folder and without a port, and databases that are
// copies of one that was migrated once.
package pgtest

import (
	"context"
	"database/sql"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	_ "beenthere/forum/db" // registers the driver "pgx"
)

// Password is in every address; the server does not ask for it. Tests look
// whether it is ever said aloud.
const Password = "sesamecanary"

// Server is a PostgreSQL of the tests.
type Server struct {
	binaries, dir string
	process       *exec.Cmd
	mouth         io.WriteCloser // what it listens to: a word stops it, silence ends it
	databases     atomic.Int64
}

// New starts a server of its own and ends it with the test. Without the
// program the test is skipped; BEENTHERE_TEST_REQUIRE=all makes that a failure.
func New(t testing.TB) *Server {
	t.Helper()
	s := begin(t)
	t.Cleanup(func() {
		_ = s.mouth.Close()
		_ = s.process.Wait()
	})
	return s
}

// begin makes a cluster and starts it.
func begin(t testing.TB) *Server {
	t.Helper()
	s := &Server{binaries: find(t)}
	var err error
	if s.dir, err = os.MkdirTemp("", "beenthere-postgres-"); err != nil {
		t.Fatal(err)
	}
	initdb := exec.Command(filepath.Join(s.binaries, "initdb"), "--pgdata", s.dir+"/data", "--username", "postgres", "--auth", "trust",
		"--locale", "C", "--encoding", "UTF8", "--no-sync")
	if err := asNobodySpecial(initdb, s.dir); err != nil {
		t.Fatal(err)
	}
	if out, err := initdb.CombinedOutput(); err != nil {
		t.Fatalf("initdb: %v: %s", err, out)
	}
	s.Start(t)
	return s
}

// Debian keeps the programs apart by version and not on the PATH.
const debian = "/usr/lib/postgresql/15/bin"

func find(t testing.TB) string {
	t.Helper()
	for _, dir := range []string{os.Getenv("BEENTHERE_TEST_POSTGRES"), debian} {
		if _, err := os.Stat(filepath.Join(dir, "initdb")); dir != "" && err == nil {
			return dir
		}
	}
	if os.Getenv("BEENTHERE_TEST_REQUIRE") == "all" {
		t.Fatal("there is no PostgreSQL 15, and BEENTHERE_TEST_REQUIRE=all asks for one")
	}
	t.Skip("there is no PostgreSQL in " + debian + "; name the folder of its programs with BEENTHERE_TEST_POSTGRES")
	return ""
}

// settings are for speed: what these tests write need not survive the machine.
var settings = []string{"listen_addresses=", "fsync=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
	"max_connections=400", "shared_buffers=64MB", "autovacuum_naptime=1", "logging_collector=off", "wal_init_zero=off", "wal_recycle=off"}

// guard runs the server as long as somebody holds the other end of its input.
// However a test process ends, nothing of this stays.
const guard = `dir=$1; shift; "$@" >>"$dir/log" 2>&1 & server=$!
if read -r word; then kill -INT $server; wait $server; else kill -QUIT $server; wait $server; rm -rf "$dir"; fi`

// Start starts the server again after Stop and waits until it answers.
func (s *Server) Start(t testing.TB) {
	t.Helper()
	args := []string{"-c", guard, "guard", s.dir, filepath.Join(s.binaries, "postgres"), "-D", s.dir + "/data", "-k", s.dir}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	s.process = exec.Command("/bin/sh", args...)
	if err := asNobodySpecial(s.process, s.dir); err != nil {
		t.Fatal(err)
	}
	var err error
	if s.mouth, err = s.process.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := s.process.Start(); err != nil {
		t.Fatal(err)
	}
	s.await(t)
}

// Stop stops the server as an operator does who restarts it.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	if _, err := io.WriteString(s.mouth, "stop\n"); err != nil {
		t.Fatal(err)
	}
	_ = s.process.Wait()
}

func (s *Server) await(t testing.TB) {
	t.Helper()
	pool := s.admin(t, "postgres")
	defer pool.Close()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	var err error
	for ctx.Err() == nil {
		if err = pool.PingContext(ctx); err == nil {
			return
		}
		<-time.After(20 * time.Millisecond) // asked again, not waited for
	}
	log, _ := os.ReadFile(filepath.Join(s.dir, "log"))
	t.Fatalf("PostgreSQL does not answer: %v\n%s", err, log)
}

// URL is the address of a database.
func (s *Server) URL(name string) string {
	return "postgres://postgres:" + Password + "@/" + name + "?host=" + s.dir
}

// admin is a connection beside those of the program.
func (s *Server) admin(t testing.TB, name string) *sql.DB {
	t.Helper()
	pool, err := sql.Open("pgx", s.URL(name)+"&application_name=test")
	if err != nil {
		t.Fatal(err)
	}
	return pool
}

// Do runs a statement beside the program.
func (s *Server) Do(t testing.TB, name, statement string) {
	t.Helper()
	pool := s.admin(t, name)
	defer pool.Close()
	if _, err := pool.ExecContext(context.Background(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// Ask reads one value beside the program.
func (s *Server) Ask(t testing.TB, name, question string) (answer string) {
	t.Helper()
	pool := s.admin(t, name)
	defer pool.Close()
	if err := pool.QueryRowContext(context.Background(), question).Scan(&answer); err != nil {
		t.Fatalf("%s: %v", question, err)
	}
	return answer
}

// Create makes an empty database with a name of its own and drops it after the
// test; more says how it is to be made.
func (s *Server) Create(t testing.TB, more string) (name string) {
	t.Helper()
	name = s.create(t, more)
	t.Cleanup(func() { s.Do(t, "postgres", "DROP DATABASE "+name+" WITH (FORCE)") })
	return name
}

func (s *Server) create(t testing.TB, more string) (name string) {
	t.Helper()
	name = "test" + strconv.FormatInt(s.databases.Add(1), 10)
	s.Do(t, "postgres", "CREATE DATABASE "+name+" "+more+" STRATEGY file_copy")
	return name
}
