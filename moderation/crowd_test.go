package moderation_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// tireless are limits for readers that are no people.
var tireless = moderation.Limits{SittingMinutes: 1 << 30, WeekMinutes: 1 << 30, HeavyInARow: 1 << 30, HeavyPerShift: 1 << 30}

// fill puts n posts into the queue without going through the author's door:
// threads, posts, revisions and items as the real way leaves them.
func (h *house) fill(n int, lane string) {
	h.t.Helper()
	now := h.now().UnixMilli()
	numbers := fmt.Sprintf("WITH RECURSIVE c (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < %d)", n)
	h.must(h.db.InTx(h.t.Context(), func(ctx context.Context, tx *db.Tx) error {
		for _, query := range []string{
			numbers + " INSERT INTO threads (id, topic, pepper, wants, created_day) SELECT 't' || i, CASE i % 2 WHEN 0 THEN 'grief' ELSE 'work' END, 1, 'listening', 20000 FROM c",
			numbers + " INSERT INTO posts (id, thread_id, tag, kind, created_day) SELECT 'p' || i, 't' || i, 'tag' || i, 'opening', 20000 FROM c",
			numbers + ` INSERT INTO revisions (post_id, n, state, by, title, raw, html, text, sent_day, since_ms)
				SELECT 'p' || i, 1, 'waiting', 'author', 'A title', 'Some words', '<p>Some words</p>', 'Some words', 20000, ` + fmt.Sprint(now) + ` - i * 60000 FROM c`,
			numbers + ` INSERT INTO queue (id, post_id, revision, thread_id, topic, kind, lane, weight, proven, signals, length, since_ms, rank_ms, look_ms, due_ms)
				SELECT 'i' || i, 'p' || i, 1, 't' || i, CASE i % 2 WHEN 0 THEN 'grief' ELSE 'work' END, 'first', ` + lane + `, i % 7, 1, '[]', 10,
				` + fmt.Sprintf("%d - i * 60000, %d - i * 60000, %d - i * 60000 + 3600000, %d - i * 60000 + 7200000 FROM c", now, now, now, now),
			numbers + " INSERT INTO queue_subjects (item_id, subject) SELECT 'i' || i, CASE i % 2 WHEN 0 THEN 'topic:grief' ELSE 'topic:work' END FROM c",
			numbers + " INSERT INTO queue_subjects (item_id, subject) SELECT 'i' || i, 'note:eating' FROM c WHERE i % 3 = 0",
			numbers + " INSERT INTO queue_subjects (item_id, subject) SELECT 'i' || i, 'signal:' || " + lane + " FROM c",
		} {
			if _, err := tx.Exec(ctx, query); err != nil {
				return err
			}
		}
		return nil
	}))
}

const mixedLanes = "CASE i % 10 WHEN 0 THEN 'now' WHEN 1 THEN 'soon' WHEN 2 THEN 'care' WHEN 3 THEN 'care' ELSE 'routine' END"

// TestFiftyReaders lets fifty people read a thousand posts at once. They slip
// up, pass, walk away for good in the middle, and come back too late.
func TestFiftyReaders(t *testing.T) {
	const posts, readers = 1000 / share, 50
	h := open(t)
	h.fill(posts, mixedLanes)
	crowd := &crowd{left: readers}
	crowd.turned = sync.NewCond(&crowd.mu)
	var wg sync.WaitGroup
	for n := range readers {
		who := h.staff(fmt.Sprintf("Reader %d", n), account.Lead)
		who.Limits = tireless
		wg.Go(func() {
			random := rand.New(rand.NewPCG(7, uint64(n)))
			for h.count("SELECT count(*) FROM decisions") < posts {
				if !crowd.turn(h, who, random) {
					return
				}
			}
		})
	}
	wg.Wait()
	if n := h.count("SELECT count(DISTINCT post_id) FROM decisions"); n != posts || h.count("SELECT count(*) FROM decisions") != posts {
		t.Fatalf("%d posts decided in %d decisions", n, h.count("SELECT count(*) FROM decisions"))
	}
	if n := h.count("SELECT sum(n) FROM waits"); n != posts {
		t.Fatalf("%d waits counted", n)
	}
	if n := h.count("SELECT count(*) FROM revisions WHERE state = 'waiting'"); n != 0 {
		t.Fatalf("%d still wait", n)
	}
	if n := h.count("SELECT count(*) FROM decisions WHERE lane = 'now' AND other_id = ''"); n != 0 {
		t.Fatalf("%d posts in now were decided by one person", n)
	}
	answered := 0
	crowd.decided.Range(func(any, any) bool { answered++; return true })
	if answered != posts {
		t.Fatalf("%d decisions were answered with success", answered)
	}
	h.must(h.room.VerifyAudit(t.Context()))
}

// crowd is what the readers of a test have in common.
type crowd struct {
	mu      sync.Mutex
	turned  *sync.Cond // somebody has ended a turn
	reading int        // readers in the middle of one
	left    int        // readers who have not gone for good
	decided sync.Map
}

// turn is one turn of a reader; false when they have gone for good. Time goes
// on by itself only while nobody reads: what is left then was left behind, and
// comes back when its lease is over.
func (c *crowd) turn(h *house, who moderation.Staff, random *rand.Rand) bool {
	c.mu.Lock()
	c.reading++
	c.mu.Unlock()
	given, stays := c.readOne(h, who, random)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.reading--
	switch {
	case given || !stays:
		c.turned.Broadcast()
	case c.reading == 0:
		h.pass(time.Minute)
		c.turned.Broadcast()
	default:
		c.turned.Wait()
	}
	return stays
}

// goes tells whether a reader may leave without a word: some have to stay.
func (c *crowd) goes() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left > 5 {
		c.left--
		return true
	}
	return false
}

// readOne is what a reader does in a turn: whether they were given something,
// and whether they are still there afterwards.
func (c *crowd) readOne(h *house, who moderation.Staff, random *rand.Rand) (given, stays bool) {
	item, err := h.room.Next(h.t.Context(), who, nil)
	if err != nil {
		h.t.Errorf("next: %v", err)
		return false, false
	}
	if item == nil {
		return false, true
	}
	switch random.IntN(40) {
	case 0:
		if c.goes() { // a crash: nobody hears of this reader again
			return true, false
		}
	case 1:
		h.pass(11 * time.Minute) // every lease is over, this one too
	case 2:
		if err := h.room.Pass(h.t.Context(), who, item.ID, item.Token); err != nil && !fault.Is(err, fault.Conflict) {
			h.t.Errorf("pass: %v", err)
		}
		return true, true
	}
	d := approve
	if random.IntN(3) == 0 && item.Lane != triage.Now {
		d = decline
	}
	out, err := h.decide(who, item, d)
	switch {
	case fault.Is(err, fault.Conflict):
	case err != nil:
		h.t.Errorf("decide: %v", err)
	case out.Needs == moderation.NeedsAnybody:
		if _, twice := c.decided.LoadOrStore(item.Post, true); twice {
			h.t.Errorf("%s was decided twice", item.Post)
		}
	}
	return true, true
}

func TestAThousandClaimsHonourOptOuts(t *testing.T) {
	h := open(t)
	h.fill(1500, mixedLanes)
	who := h.staff("Ana", account.Moderator)
	who.Limits = tireless
	h.must(h.room.SetOptOuts(t.Context(), who, []string{"topic:grief", "note:eating"}))
	for n := range 1000 / share {
		item := h.next(who)
		if item == nil {
			h.pass(4*time.Hour + time.Minute) // what was passed is offered again
			continue
		}
		if item.Topic == "grief" || h.count("SELECT count(*) FROM queue_subjects WHERE item_id = $1 AND subject = 'note:eating'", item.ID) > 0 {
			t.Fatalf("claim %d holds a subject that was left out", n)
		}
		h.must(h.room.Pass(t.Context(), who, item.ID, item.Token))
	}
	_, err := h.room.Claim(t.Context(), who, "i2", nil)
	h.want(fault.Conflict, err)
	lead := h.staff("Cleo", account.Lead)
	gaps, err := h.room.CoverageGaps(t.Context(), lead)
	h.must(err)
	if len(gaps) != 2 {
		t.Fatalf("gaps %v", gaps)
	}
	h.must(h.room.StartShift(t.Context(), lead))
	if gaps, err = h.room.CoverageGaps(t.Context(), lead); err != nil || len(gaps) != 0 {
		t.Fatalf("gaps %v, %v", gaps, err)
	}
	_, err = h.room.CoverageGaps(t.Context(), who)
	h.want(fault.Forbidden, err)
}

// TestOneInFourIsQuiet sees the order of dispatch through the room: a flood of
// now does not keep a routine post from its turn.
func TestOneInFourIsQuiet(t *testing.T) {
	h := open(t)
	who := h.staff("Ana", account.Moderator)
	who.Limits = tireless
	quiet := h.waiting(triage.Routine)
	for turn := range 4 {
		h.pass(time.Second)
		h.waiting(triage.Now)
		item := h.next(who)
		if (item.Post == quiet.id) != (turn == 3) {
			t.Fatalf("dispatch %d gave %s", turn, item.Lane)
		}
		h.must(h.room.Pass(t.Context(), who, item.ID, item.Token))
	}
}
