package workers_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/db/dbtest"
	"beenthere/forum/identity"
	"beenthere/forum/sanitize"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
	"beenthere/search"
	"beenthere/search/fts"
	"beenthere/workers"
	"beenthere/workers/bus/bustest"
)

// Every round of the reconciler calls for what is overdue, not only the one in
// many that tidies: rounds are seconds apart.
func TestEveryRoundCallsForOverdue(t *testing.T) {
	at, heard := time.Now(), make(chan moderation.AlertKind, 10)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	now := func() time.Time { return at }
	keys, err := identity.OpenKeys(filepath.Join(t.TempDir(), "keys"), true)
	must(err)
	database := dbtest.Open(t)
	hall := forum.New(database, keys, forum.Bells{Submitted: func(forum.PostID, int) {}, Changed: func(forum.PostID) {}}, now)
	must(hall.Seed(t.Context(), forum.Catalog{Topics: []forum.Topic{{Slug: "grief", Title: "Grief"}}}))
	room := moderation.New(moderation.Config{DB: database, Forum: hall, Keys: keys, Hasher: account.NewHasher(), Now: now,
		Alert: func(a moderation.Alert) { heard <- a.Kind }})
	engine, err := fts.Open(t.Context(), filepath.Join(t.TempDir(), "search.db"))
	must(err)
	t.Cleanup(func() { engine.Close() })
	find, log := search.New(engine, workers.Public{Forum: hall}, t.TempDir()), slog.New(slog.DiscardHandler)
	rounds := &workers.Reconciler{Forum: hall, Room: room, Engine: engine, Bus: bustest.Start(t), Indexer: workers.NewIndexer(hall, find, engine, log), Log: log}
	must(rounds.Round(t.Context())) // the first one tidies

	post := forum.PostID(identity.NewID())
	_, err = hall.Submit(t.Context(), identity.NewSecret(), forum.Place{Thread: forum.ThreadID(identity.NewID()), Post: post},
		forum.Draft{Topic: "grief", Title: "Tonight", Body: "The house is quiet and I do not know what to do."})
	must(err)
	must(hall.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		if err := hall.Arrive(ctx, tx, post, 1, sanitize.Make("The house is quiet.")); err != nil {
			return err
		}
		return room.Enqueue(ctx, tx, moderation.Arrival{Post: post, Revision: 1, Kind: moderation.First, Lane: triage.Now, SinceMs: at.UnixMilli()})
	}))
	if kind := <-heard; kind != moderation.AlertNow {
		t.Fatalf("on arrival: %s", kind)
	}
	for _, want := range []moderation.AlertKind{moderation.AlertUnread, moderation.AlertOverdue} {
		at = at.Add(16 * time.Minute)
		must(rounds.Round(t.Context()))
		select {
		case kind := <-heard:
			if kind != want {
				t.Fatalf("heard %s, want %s", kind, want)
			}
		default:
			t.Fatalf("a round did not call: %s", want)
		}
	}
}
