package db_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"beenthere/forum/db"
	"beenthere/forum/db/dbtest"
	"beenthere/forum/db/dbtest/pgtest"
	"beenthere/forum/fault"
)

// nameOf gives the name of the database in an address of the tests.
func nameOf(address string) string {
	_, after, _ := strings.Cut(address, "@/")
	name, _, _ := strings.Cut(after, "?")
	return name
}

// crowd is people who write until they are told to end, and what they were told.
type crowd struct {
	database *db.DB
	ended    atomic.Bool
	group    sync.WaitGroup
	mu       sync.Mutex
	kept     map[string]bool
	refused  atomic.Int64
}

func gather(t *testing.T, database *db.DB) *crowd {
	c := &crowd{database: database, kept: map[string]bool{}}
	for i := range 8 {
		c.group.Go(func() {
			for n := 0; !c.ended.Load(); n++ {
				c.write(t, fmt.Sprintf("%d-%d", i, n))
			}
		})
	}
	return c
}

func (c *crowd) write(t *testing.T, slug string) {
	switch err := c.database.InTx(context.Background(), addTopic(slug)); {
	case err == nil:
		c.mu.Lock()
		c.kept[slug] = true
		c.mu.Unlock()
	case fault.Is(err, fault.Unavailable):
		c.refused.Add(1)
	default:
		t.Errorf("neither kept nor unavailable: %v", err)
	}
}

func (c *crowd) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.kept)
}

func until(t *testing.T, what string, fact func() bool) {
	t.Helper()
	again := time.NewTicker(time.Millisecond)
	defer again.Stop()
	for late := time.After(30 * time.Second); !fact(); {
		select {
		case <-again.C:
		case <-late:
			t.Fatal("it never happened that", what)
		}
	}
}

// more waits until somebody is told yes again.
func (c *crowd) more(t *testing.T) {
	t.Helper()
	before := c.count()
	until(t, "a change is kept", func() bool { return c.count() > before+8 })
}

// settle ends the crowd and looks for everything that was acknowledged.
func (c *crowd) settle(t *testing.T) {
	t.Helper()
	c.ended.Store(true)
	c.group.Wait()
	for slug := range c.kept {
		var n int
		if err := c.database.QueryRow(t.Context(), "SELECT count(*) FROM topics WHERE slug = $1", slug).Scan(&n); err != nil || n != 1 {
			t.Fatalf("%s was acknowledged and is there %d times: %v", slug, n, err)
		}
	}
	if n := countTopics(t, c.database); n < len(c.kept) || n > len(c.kept)+int(c.refused.Load()) {
		t.Errorf("%d rows; %d were kept and %d refused", n, len(c.kept), c.refused.Load())
	}
	t.Logf("%d kept, %d refused", len(c.kept), c.refused.Load())
}

const ofProgram = "FROM pg_stat_activity WHERE application_name = 'beenthere' AND datname = current_database()"

// Connections that break take nothing that was acknowledged, and the next
// change finds another one.
func TestBrokenConnections(t *testing.T) {
	address := pgtest.Migrated(t)
	server, database := pgtest.Shared(t), dbtest.At(t, address)
	c := gather(t, database)
	for range 15 {
		c.more(t)
		server.Do(t, nameOf(address), "SELECT pg_terminate_backend(pid) "+ofProgram)
	}
	c.more(t)
	if c.refused.Load() == 0 || database.Doubts() == 0 {
		t.Error("no connection was broken in a change")
	}
	c.settle(t)
}

// So does a server that is stopped and started.
func TestServerThatIsRestarted(t *testing.T) {
	server := pgtest.New(t)
	database := dbtest.At(t, server.URL("postgres"))
	c := gather(t, database)
	for range 2 {
		c.more(t)
		server.Stop(t)
		refused := c.refused.Load()
		until(t, "a change is refused", func() bool { return c.refused.Load() > refused+8 })
		server.Start(t)
	}
	c.more(t)
	c.settle(t)
}

// A writer that was lost while nobody writes is found before anybody does.
func TestLostPenIsFoundWhileNobodyWrites(t *testing.T) {
	address := pgtest.Migrated(t)
	server := pgtest.Shared(t)
	database, err := db.OpenAlone(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer database.Close()
	server.Do(t, nameOf(address), "SELECT pg_terminate_backend(pid) "+ofProgram)
	if err := database.InTx(t.Context(), addTopic("lost")); !fault.Is(err, fault.Unavailable) {
		t.Fatalf("%v, want unavailable", err)
	}
	until(t, "the writer is found", func() bool {
		return server.Ask(t, nameOf(address), "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())") == "1"
	})
	if err := database.InTx(t.Context(), addTopic("found")); err != nil || countTopics(t, database) != 1 {
		t.Error(err)
	}
}
