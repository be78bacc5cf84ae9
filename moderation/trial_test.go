package moderation_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// reword gives every nth post of fill other words.
func (h *house) reword(every int, text string) {
	h.t.Helper()
	h.must(h.db.InTx(h.t.Context(), func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, "UPDATE revisions SET text = $1 WHERE CAST(substr(post_id, 2) AS BIGINT) % $2 = 0", text, every)
		return err
	}))
}

func TestTrialCountsWhatWouldMove(t *testing.T) {
	h := open(t)
	lead := h.staff("maren", account.Lead)
	h.fill(1200, mixedLanes)
	h.reword(10, "I just want to die, marmalade")
	off, err := h.room.Trial(t.Context(), lead, triage.Change{Entry: "want-dead", Off: true})
	h.must(err)
	if off.Read != 1000 || len(off.Moved) != 1 || off.Moved[0].From != triage.Soon || off.Moved[0].To != triage.Routine || off.Moved[0].Posts < 50 {
		t.Fatalf("switched off: %+v", off)
	}
	up, err := h.room.Trial(t.Context(), lead, triage.Change{Entry: "want-dead", Lane: triage.Now})
	h.must(err)
	if want := []moderation.Moved{{From: triage.Soon, To: triage.Now, Posts: off.Moved[0].Posts}}; !slices.Equal(up.Moved, want) {
		t.Fatalf("moved up: %+v, want %+v", up, want)
	}
	if told, err := json.Marshal(up); err != nil || strings.Contains(string(told), "marmalade") || strings.Contains(string(told), `"p`+`1`) {
		t.Errorf("%v %s", err, told)
	}
	if r := h.room.Scan(t.Context(), triage.Text{Body: "I just want to die"}); r.Lane != triage.Soon {
		t.Errorf("trying changed something: %s", r.Lane)
	}
	// What is set already is where a trial starts from, and the zero change of an entry undoes it.
	h.must(h.room.SetEntry(t.Context(), lead, triage.Change{Entry: "want-dead", Off: true}))
	back, err := h.room.Trial(t.Context(), lead, triage.Change{Entry: "want-dead"})
	h.must(err)
	if len(back.Moved) != 1 || back.Moved[0].From != triage.Routine || back.Moved[0].To != triage.Soon {
		t.Fatalf("set back: %+v", back)
	}
}

// A reply is tried under the opening post it answers, as it was when it came.
func TestTrialReadsRepliesInTheirThread(t *testing.T) {
	h := open(t)
	lead := h.staff("maren", account.Lead)
	h.fill(2, mixedLanes)
	h.must(h.db.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
		for _, query := range []string{
			"UPDATE posts SET public_rev = 1 WHERE id = 'p1'",
			"UPDATE revisions SET state = 'approved', text = 'I just want to die' WHERE post_id = 'p1'",
			"UPDATE posts SET kind = 'reply', thread_id = 't1' WHERE id = 'p2'",
			"UPDATE revisions SET text = 'Then just do it' WHERE post_id = 'p2'",
		} {
			if _, err := tx.Exec(ctx, query); err != nil {
				return err
			}
		}
		return nil
	}))
	got, err := h.room.Trial(t.Context(), lead, triage.Change{Entry: "urging-in-thread", Off: true})
	h.must(err)
	if len(got.Moved) != 1 || got.Moved[0].From != triage.Soon || got.Moved[0].Posts != 1 {
		t.Errorf("%+v", got)
	}
}

func TestTrialIsForLeads(t *testing.T) {
	h := open(t)
	lead, jo := h.staff("maren", account.Lead), h.staff("jo", account.Moderator)
	_, err := h.room.Trial(t.Context(), jo, triage.Change{Entry: "want-dead", Off: true})
	h.want(fault.Forbidden, err)
	_, err = h.room.Trial(t.Context(), lead, triage.Change{Entry: "want-dead", Lane: "sideways"})
	h.want(fault.Invalid, err)
	_, err = h.room.Trial(t.Context(), lead, triage.Change{Entry: "no-such-entry", Off: true})
	h.want(fault.NotFound, err)
}

// BenchmarkTrial reads a thousand posts of some 1,200 characters among ten thousand.
func BenchmarkTrial(b *testing.B) {
	h := open(b)
	lead := h.staff("maren", account.Lead)
	h.fill(10000, mixedLanes)
	h.reword(1, strings.Repeat("I go to work, I smile, I come home and I cry in the shower so that nobody hears it. ", 14))
	for b.Loop() {
		got, err := h.room.Trial(b.Context(), lead, triage.Change{Entry: "want-dead", Off: true})
		h.must(err)
		if got.Read != 1000 {
			b.Fatal(fmt.Sprint(got))
		}
	}
}

// While a trial runs, somebody's post is received as fast as ever: it holds no
// transaction and no lock.
func BenchmarkSubmitDuringTrial(b *testing.B) {
	h := open(b)
	lead := h.staff("maren", account.Lead)
	h.fill(10000, mixedLanes)
	h.reword(1, strings.Repeat("I go to work, I smile, I come home and I cry. ", 25))
	ctx, stop := context.WithCancel(b.Context())
	done := make(chan error, 1)
	go func() {
		for ctx.Err() == nil {
			if _, err := h.room.Trial(ctx, lead, triage.Change{Entry: "want-dead", Off: true}); err != nil && ctx.Err() == nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	for b.Loop() {
		h.submit("grief")
	}
	stop()
	h.must(<-done)
}
