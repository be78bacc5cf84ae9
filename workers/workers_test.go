package workers_test

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/db/dbtest"
	"beenthere/forum/identity"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
	"beenthere/search"
	"beenthere/search/fts"
	"beenthere/workers"
	"beenthere/workers/bus"
	"beenthere/workers/bus/bustest"
)

// place is everything between the author and the index, without doors.
type place struct {
	*workers.Belts
	t        *testing.T
	database *db.DB
	forum    *forum.Forum
	engine   search.Engine
	search   *search.Room
	deaf     atomic.Bool // no bell is heard: only the reconciler helps
	broken   atomic.Bool // triage fails
	now      func() time.Time
	said     *said // what operators read
}

// said collects what is logged.
type said struct {
	mu   sync.Mutex
	text strings.Builder
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

func newPlace(t *testing.T) *place {
	t.Helper()
	keys, err := identity.OpenKeys(filepath.Join(t.TempDir(), "keys"), true)
	if err != nil {
		t.Fatal(err)
	}
	database, b := dbtest.Open(t), bustest.Start(t)
	p := &place{t: t, database: database, now: time.Now, said: &said{}}
	p.forum = forum.New(database, keys, forum.Bells{
		Submitted: func(post forum.PostID, n int) {
			p.ring(b, bus.PostsSubmitted, bus.Note{Post: string(post), Revision: n})
		},
		Changed: func(post forum.PostID) { p.ring(b, bus.PostsChanged, bus.Note{Post: string(post)}) },
	}, func() time.Time { return p.now() })
	catalog, err := forum.FirstCatalog()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.forum.Seed(t.Context(), catalog); err != nil {
		t.Fatal(err)
	}
	room := moderation.New(moderation.Config{DB: database, Forum: p.forum, Keys: keys, Hasher: account.NewHasher(), Now: time.Now})
	engine, err := fts.Open(t.Context(), filepath.Join(t.TempDir(), "search.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { engine.Close() })
	log := slog.New(slog.NewTextHandler(p.said, nil))
	p.engine, p.search = engine, search.New(engine, workers.Public{Forum: p.forum}, t.TempDir())
	alerts, err := workers.NewAlerts(nil, "", log)
	if err != nil {
		t.Fatal(err)
	}
	indexer := workers.NewIndexer(p.forum, p.search, engine, log)
	p.Belts = &workers.Belts{Bus: b, Sanitizer: &workers.Sanitizer{Forum: p.forum, Room: room, Scan: p.scan}, Indexer: indexer, Alerts: alerts, Log: log,
		Trainer:    &workers.Trainer{Forum: p.forum, Search: p.search, Every: 20 * time.Millisecond, Now: time.Now, Log: log},
		Reconciler: &workers.Reconciler{Forum: p.forum, Room: room, Engine: engine, Bus: b, Indexer: indexer, Every: 20 * time.Millisecond, Log: log}}
	t.Cleanup(func() { p.Stop(context.Background()) })
	return p
}

func (p *place) ring(b *bus.Bus, subject bus.Subject, note bus.Note) {
	if !p.deaf.Load() {
		b.Ring(subject, note)
	}
}

func (p *place) scan(_ context.Context, text triage.Text) triage.Result {
	if p.broken.Load() {
		panic("the lexicon is damaged")
	}
	return triage.Scan(text)
}

func (p *place) submit() forum.PostID {
	p.t.Helper()
	at := forum.Place{Thread: forum.ThreadID(identity.NewID()), Post: forum.PostID(identity.NewID())}
	if _, err := p.forum.Submit(p.t.Context(), identity.NewSecret(), at, forum.Draft{Topic: "grief-and-loss", Title: "The empty chair", Body: "Her chair is still at the window and I say good morning to it."}); err != nil {
		p.t.Fatal(err)
	}
	return at.Post
}

func (p *place) publish(post forum.PostID) {
	p.t.Helper()
	if err := p.forum.InTx(p.t.Context(), func(ctx context.Context, tx *db.Tx) error { return p.forum.Publish(ctx, tx, post, 1) }); err != nil {
		p.t.Fatal(err)
	}
}

// until waits for a fact.
func (p *place) until(what string, fact func() bool) {
	p.t.Helper()
	ctx, cancel := context.WithTimeoutCause(p.t.Context(), 2*time.Minute, errors.New("it never happened that "+what))
	defer cancel()
	for !fact() {
		if ctx.Err() != nil {
			p.t.Fatal(context.Cause(ctx))
		}
	}
}

func (p *place) waiting(post forum.PostID) bool {
	_, err := p.forum.Raw(p.t.Context(), post, 1)
	return err != nil // it is past the sanitizer
}

func (p *place) indexed(n int) func() bool {
	return func() bool {
		count, err := p.engine.Count(p.t.Context())
		return err == nil && count == n
	}
}

func TestFromSubmittedToFound(t *testing.T) {
	p := newPlace(t)
	if err := p.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	post := p.submit()
	p.until("it waits to be read", func() bool { return p.waiting(post) })
	p.publish(post)
	p.until("it is indexed", p.indexed(1))
	if err := p.forum.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error { return p.forum.TakeDown(ctx, tx, post, 1, 1) }); err != nil {
		t.Fatal(err)
	}
	p.until("the index has let go of it", p.indexed(0))
}

func TestLostBellsAreRungAgain(t *testing.T) {
	p := newPlace(t)
	p.deaf.Store(true)
	post := p.submit()
	if err := p.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.until("it waits to be read", func() bool { return p.waiting(post) })
	p.publish(post)
	p.until("it is indexed", p.indexed(1))
}

func TestLostEntriesComeBack(t *testing.T) {
	p := newPlace(t)
	if err := p.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	post := p.submit()
	p.until("it waits to be read", func() bool { return p.waiting(post) })
	p.publish(post)
	p.until("it is indexed", p.indexed(1))
	if err := p.search.Delete(t.Context(), string(post)); err != nil { // behind the indexer's back
		t.Fatal(err)
	}
	p.until("it is indexed again", p.indexed(1))
}

func TestOneBadStepLosesNothing(t *testing.T) {
	p := newPlace(t)
	p.broken.Store(true)
	if err := p.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	post := p.submit()
	p.until("the failure is noted in the row", func() bool {
		due, err := p.forum.Unsanitized(t.Context(), 1)
		return err == nil && len(due) == 0 // not due before its next try
	})
	p.until("the operator is told where it failed", func() bool {
		return strings.Contains(p.said.String(), "could not be sanitized") && strings.Contains(p.said.String(), "panic at beenthere/workers_test")
	})
	if strings.Contains(p.said.String(), "damaged") {
		t.Error("the log holds what a panic said, which may be somebody's words")
	}
	p.broken.Store(false)
	p.until("a later try succeeds", func() bool { return p.waiting(post) })
}

// The same words sent twice are noticed on the desk. What is kept of that names
// no other post, so that it joins no two threads.
func TestSameWordsTwiceAreASignal(t *testing.T) {
	p := newPlace(t)
	var kept []string
	var ids []forum.PostID
	for range 2 {
		at := forum.Place{Thread: forum.ThreadID(identity.NewID()), Post: forum.PostID(identity.NewID())}
		if _, err := p.forum.Submit(t.Context(), identity.NewSecret(), at, forum.Draft{Topic: "grief-and-loss", Title: "The empty chair",
			Body: "Her chair is still at the window and I say good morning to it, as if she had only gone out for bread."}); err != nil {
			t.Fatal(err)
		}
		if err := p.Sanitizer.Handle(t.Context(), bus.Note{Post: string(at.Post), Revision: 1}); err != nil {
			t.Fatal(err)
		}
		var signals string
		if err := p.database.QueryRow(t.Context(), "SELECT signals FROM queue WHERE post_id = $1", at.Post).Scan(&signals); err != nil {
			t.Fatal(err)
		}
		kept, ids = append(kept, signals), append(ids, at.Post)
	}
	if strings.Contains(kept[0], "duplicate") || !strings.Contains(kept[1], `"kind":"duplicate"`) || !strings.Contains(kept[1], "good morning") {
		t.Errorf("the first: %s\nthe second: %s", kept[0], kept[1])
	}
	if strings.Contains(kept[1], string(ids[0])) {
		t.Errorf("the signal names the other post: %s", kept[1])
	}
}

func TestStopTwiceAndWithoutStart(t *testing.T) {
	p := newPlace(t)
	p.Stop(t.Context())
	if err := p.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	p.Stop(t.Context())
	p.Stop(t.Context())
}

func TestSearchLearnsByItself(t *testing.T) {
	p := newPlace(t)
	if err := p.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		post := p.submit()
		p.until("it waits to be read", func() bool { return p.waiting(post) })
		p.publish(post)
	}
	p.until("all of it is indexed and learned", func() bool { return p.indexed(3)() && !p.search.NeedsTraining(3, time.Now()) })
}

// picky is an engine that takes no batch with a certain post in it.
type picky struct {
	search.Engine
	refused string
}

func (e *picky) Put(ctx context.Context, entries []search.Entry) error {
	for _, entry := range entries {
		if entry.ID == e.refused {
			return errors.New("there is something about this one")
		}
	}
	return e.Engine.Put(ctx, entries)
}

// A post that the engine does not take holds up no others for longer than two
// tries with them and one before them.
func TestOneBadPostIsIndexedAlone(t *testing.T) {
	p := newPlace(t)
	day := time.Now()
	var posts []forum.PostID
	for range 5 {
		post := p.submit()
		if err := p.Sanitizer.Handle(t.Context(), bus.Note{Post: string(post), Revision: 1}); err != nil {
			t.Fatal(err)
		}
		p.publish(post)
		posts = append(posts, post)
	}
	p.now = func() time.Time { return day }
	refused := slices.Min(posts) // which the database gives first
	engine := &picky{p.engine, string(refused)}
	room := search.New(engine, workers.Public{Forum: p.forum}, t.TempDir())
	indexer := workers.NewIndexer(p.forum, room, engine, p.Log)
	for range 4 {
		_ = indexer.Catch(t.Context()) // it fails each time
		day = day.Add(time.Minute)
	}
	due, err := p.forum.Unindexed(t.Context(), 10)
	if err != nil || !p.indexed(4)() || len(due) != 1 || due[0].Post != refused {
		t.Errorf("due is %v (%v), want only the post that is refused", due, err)
	}
}

// While search learns, posts may be indexed with what it knew before. So it
// looks at all of them once more.
func TestAfterLearningEverythingIsDueAgain(t *testing.T) {
	p := newPlace(t)
	if err := p.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	post := p.submit()
	p.until("it waits to be read", func() bool { return p.waiting(post) })
	p.publish(post)
	p.until("it is indexed", p.indexed(1))
	p.Stop(t.Context())
	p.Trainer.Now = func() time.Time { return time.Now().Add(30 * 24 * time.Hour) }
	if err := p.Trainer.Look(t.Context()); err != nil {
		t.Fatal(err)
	}
	if due, err := p.forum.Unindexed(t.Context(), 10); err != nil || len(due) != 1 {
		t.Errorf("%d posts are due, %v", len(due), err)
	}
}
