package moderation_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

func TestApproveIsPublicAtOnce(t *testing.T) {
	h := open(t)
	ana := h.staff("Ana", account.Moderator)
	p := h.waiting(triage.Routine)
	if p.public() {
		t.Fatal("public before anybody read it")
	}
	item := h.reads(ana, p)
	if got := p.told(); got.State != forum.Waiting || !got.BeingRead || got.Lane != triage.Routine {
		t.Fatalf("told %+v while it is read", got)
	}
	out := h.decides(ana, item, moderation.Decision{Act: moderation.Approve, Notes: []string{"eating"}})
	if out.Status != forum.Approved || !p.public() {
		t.Fatalf("outcome %+v, public %v", out, p.public())
	}
	if notes := p.own().Last().Notes; len(notes) != 1 || notes[0] != "eating" {
		t.Fatalf("notes %v", notes)
	}
	if got := p.told(); got.State != forum.Approved || got.CanAppeal {
		t.Fatalf("told %+v", got)
	}
	if _, err := h.decide(ana, item, approve); !fault.Is(err, fault.Conflict) {
		t.Fatalf("decided twice: %v", err)
	}
	h.must(h.room.VerifyAudit(t.Context()))
}

func TestDecisionNeedsAReasonAndALine(t *testing.T) {
	h := open(t)
	ana := h.staff("Ana", account.Moderator)
	p := h.waiting(triage.Routine)
	item := h.reads(ana, p)
	for name, d := range map[string]moderation.Decision{
		"no rule":                    {Act: moderation.Return, Words: "Please look again."},
		"no words":                   {Act: moderation.Decline, Rule: "hostile", Words: "  "},
		"unknown rule":               {Act: moderation.Decline, Rule: "nonsense", Words: "Please look again."},
		"unknown act":                {Act: "delete"},
		"unknown note":               {Act: moderation.Approve, Notes: []string{"nonsense"}},
		"no wording":                 {Act: moderation.Suggest, Rule: "hostile", Words: "What about this?"},
		"own wording":                {Act: moderation.Suggest, Rule: "hostile", Words: "What about this?", Body: string(words(0))},
		"broken letter":              {Act: moderation.Decline, Rule: "hostile", Words: "\xff"},
		"a whole new text as a mask": {Act: moderation.Mask, Body: strings.Repeat("Something quite different from what was written here. ", 5)},
	} {
		if _, err := h.decide(ana, item, d); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if p.own().Last().State != forum.Waiting {
		t.Fatal("something changed")
	}
}

// To compare a mask with what it covers takes a while, so nobody waits for it:
// it is over before the change begins, here while somebody else writes.
func TestAWordingIsReadWhileOthersWrite(t *testing.T) {
	h := open(t)
	ana := h.staff("Ana", account.Moderator)
	item := h.reads(ana, h.waiting(triage.Routine))
	h.must(h.db.InTx(t.Context(), func(context.Context, *db.Tx) error {
		answer := make(chan error, 1)
		go func() {
			_, err := h.decide(ana, item, moderation.Decision{Act: moderation.Mask, Body: "Another text."})
			answer <- err
		}()
		select {
		case err := <-answer:
			h.want(fault.Invalid, err)
		case <-time.After(10 * time.Second):
			t.Error("it waits for another writer")
		}
		return nil
	}))
}

func TestStaleDecisionsChangeNothing(t *testing.T) {
	h := open(t)
	ana, ben := h.staff("Ana", account.Moderator), h.staff("Ben", account.Moderator)
	decline := decline

	t.Run("lease over", func(t *testing.T) {
		p := h.waiting(triage.Routine)
		item := h.reads(ana, p)
		h.pass(11 * time.Minute)
		_, err := h.decide(ana, item, decline)
		h.want(fault.Conflict, err)
		taken := h.reads(ben, p)
		_, err = h.decide(ana, item, decline)
		h.want(fault.Conflict, err)
		_, err = h.room.Get(t.Context(), ana, item.ID, item.Token)
		h.want(fault.Conflict, err)
		h.decides(ben, taken, approve)
	})
	t.Run("reload keeps it", func(t *testing.T) {
		p := h.waiting(triage.Routine)
		item := h.reads(ana, p)
		h.pass(9 * time.Minute)
		_, err := h.room.Get(t.Context(), ana, item.ID, item.Token)
		h.must(err)
		h.pass(9 * time.Minute)
		h.decides(ana, item, approve)
	})
	t.Run("revised meanwhile", func(t *testing.T) {
		p := h.waiting(triage.Routine)
		item := h.reads(ana, p)
		p.revise(1)
		_, err := h.decide(ana, item, approve)
		h.want(fault.Conflict, err)
		p.arrive(triage.Routine)
		_, err = h.decide(ana, item, approve)
		h.want(fault.Conflict, err)
		if s, err := h.room.Stands(t.Context(), ana, item.ID); !fault.Is(err, fault.NotFound) {
			t.Fatalf("the replaced item stands: %+v, %v", s, err)
		}
		item = h.reads(ana, p)
		if item.Revision != 2 {
			t.Fatalf("revision %d", item.Revision)
		}
		h.decides(ana, item, approve)
	})
	t.Run("withdrawn meanwhile", func(t *testing.T) {
		p := h.waiting(triage.Routine)
		item := h.reads(ana, p)
		h.must(h.forum.Withdraw(t.Context(), p.who, p.id))
		for _, d := range []moderation.Decision{approve, decline, {Act: moderation.Hold}, {Act: moderation.Escalate}} {
			_, err := h.decide(ana, item, d)
			h.want(fault.Conflict, err)
		}
		if s, err := h.room.Stands(t.Context(), ana, item.ID); err != nil || s.Status != forum.Withdrawn || s.Open {
			t.Fatalf("%+v, %v", s, err)
		}
		if h.next(ana) != nil || p.public() {
			t.Fatal("a withdrawn post is in the queue or public")
		}
		h.must(h.room.Tidy(t.Context()))
		if n := h.count("SELECT count(*) FROM queue WHERE post_id = $1", p.id); n != 0 {
			t.Fatalf("%d items stay", n)
		}
	})
	t.Run("wrong revision and wrong token", func(t *testing.T) {
		p := h.waiting(triage.Routine)
		item := h.reads(ana, p)
		d := approve
		d.Token, d.Revision = item.Token, 2
		_, err := h.room.Decide(t.Context(), ana, item.ID, d)
		h.want(fault.Conflict, err)
		d.Token, d.Revision = "", 1
		_, err = h.room.Decide(t.Context(), ana, item.ID, d)
		h.want(fault.Conflict, err)
		d.Token = item.Token
		_, err = h.room.Decide(t.Context(), ben, item.ID, d)
		h.want(fault.Conflict, err)
		h.decides(ana, item, approve)
	})
}

func TestReturnIsToldAfterThirtySeconds(t *testing.T) {
	h := open(t)
	ana := h.staff("Ana", account.Moderator)
	for _, d := range []moderation.Decision{returns, decline} {
		p := h.waiting(triage.Routine)
		before := p.told()
		item := h.reads(ana, p)
		h.decides(ana, item, d)
		h.pass(29 * time.Second)
		if got := p.told(); got.State != forum.Waiting || got.Act != "" || got.Words != "" || got.CanAppeal || got.Lane != before.Lane {
			t.Fatalf("told early: %+v", got)
		}
		h.want(fault.Conflict, h.room.Appeal(t.Context(), p.own(), ""))
		h.pass(2 * time.Second)
		got := p.told()
		if got.State != p.own().Last().State || got.Act != d.Act || got.Words != d.Words || got.RuleText == "" || !got.CanAppeal {
			t.Fatalf("told %+v", got)
		}
	}
}

func TestUndoBeforeTellingIsSeenByNobody(t *testing.T) {
	h := open(t)
	ana := h.staff("Ana", account.Moderator)
	for _, d := range []moderation.Decision{returns, decline, {Act: moderation.Suggest, Rule: "personal-details", Words: "What about this?", Body: "It has been a long winter."}} {
		p := h.waiting(triage.Routine)
		item := h.reads(ana, p)
		h.decides(ana, item, d)
		h.pass(20 * time.Second)
		h.must(h.room.Undo(t.Context(), ana, item.ID))
		for range 5 {
			if got := p.told(); got.State != forum.Waiting || got.Act != "" {
				t.Fatalf("%s: told %+v", d.Act, got)
			}
			h.pass(time.Minute)
		}
		if n := h.count("SELECT count(*) FROM waits WHERE n <> 0"); n != 0 {
			t.Fatalf("the undone wait is still counted in %d rows", n)
		}
		again := h.reads(ana, p)
		if !again.Due.Equal(item.Due) || len(again.Decisions) != 0 {
			t.Fatalf("due %v, was %v; decisions %v", again.Due, item.Due, again.Decisions)
		}
		h.must(h.forum.Withdraw(t.Context(), p.who, p.id))
	}
	h.must(h.room.VerifyAudit(t.Context()))
}

func TestUndoOfAnApprovalHidesAtOnce(t *testing.T) {
	h := open(t)
	ana, ben, cleo := h.staff("Ana", account.Moderator), h.staff("Ben", account.Moderator), h.staff("Cleo", account.Lead)
	for _, who := range []moderation.Staff{ana, cleo} {
		p := h.waiting(triage.Routine)
		item := h.reads(ana, p)
		h.decides(ana, item, approve)
		h.pass(40 * time.Minute)
		h.want(fault.Forbidden, h.room.Undo(t.Context(), ben, item.ID))
		h.must(h.room.Undo(t.Context(), who, item.ID))
		if p.public() {
			t.Fatal("still public")
		}
		h.want(fault.Conflict, h.room.Undo(t.Context(), who, item.ID))
		again := h.reads(ana, p)
		if !again.Due.Equal(item.Due) {
			t.Fatalf("due %v, was %v", again.Due, item.Due)
		}
		h.decides(ana, again, approve)
		if !p.public() {
			t.Fatal("not public again")
		}
	}
}

func TestUndoMeetsTheAuthor(t *testing.T) {
	h := open(t)
	ana := h.staff("Ana", account.Moderator)
	p := h.waiting(triage.Care)
	item := h.reads(ana, p)
	h.decides(ana, item, returns)
	h.pass(10 * time.Second)
	since := item.Due
	p.revise(1) // the author changes it without knowing of the decision
	h.want(fault.Conflict, h.room.Undo(t.Context(), ana, item.ID))
	p.arrive(triage.Care)
	if again := h.reads(ana, p); !again.Due.Equal(since) {
		t.Fatalf("lost its place in line: due %v, was %v", again.Due, since)
	}
	if got := p.told(); got.Act != "" {
		t.Fatalf("told %+v", got)
	}
}

func TestSuggestAndMask(t *testing.T) {
	h := open(t)
	ana := h.staff("Ana", account.Moderator)

	p := h.waiting(triage.Routine)
	h.decides(ana, h.reads(ana, p), moderation.Decision{Act: moderation.Suggest, Rule: "hostile", Words: "What about this?", Body: "It has been a long winter here."})
	if p.public() {
		t.Fatal("a suggestion is public before its author accepts it")
	}
	if got := p.told(); got.State != forum.Waiting {
		t.Fatalf("told %+v", got)
	}
	h.pass(time.Minute)
	if got := p.told(); got.State != forum.Offered || got.Words == "" {
		t.Fatalf("told %+v", got)
	}
	h.must(h.forum.Accept(t.Context(), p.who, p.id, 2))
	if !p.public() {
		t.Fatal("not public after accepting")
	}

	q := h.waiting(triage.Routine)
	masked := strings.Replace(string(words(0)), "long winter", "[time]", 1)
	item := h.reads(ana, q)
	out := h.decides(ana, item, moderation.Decision{Act: moderation.Mask, Body: masked})
	if out.Status != forum.Approved || !q.public() || q.own().Last().By != forum.ByMask || q.own().Last().Title != "A long winter" {
		t.Fatalf("%+v %+v", out, q.own().Last())
	}
	h.must(h.room.Tidy(t.Context()))
	h.must(h.room.Undo(t.Context(), ana, item.ID))
	if q.public() {
		t.Fatal("an undone mask is public")
	}
	// What waits again is what the author wrote, not what the volunteer made of it.
	again := h.reads(ana, q)
	if last := q.own().Last(); last.By != forum.ByAuthor || string(last.Raw) != string(words(0)) || again.Revision != last.N || string(again.Raw) != string(words(0)) {
		t.Fatalf("after undoing a mask %+v waits", last)
	}
	if n := h.count("SELECT count(*) FROM revisions WHERE post_id = $1 AND text <> ''", q.id); n != 1 {
		t.Errorf("%d wordings are left", n)
	}
	out = h.decides(ana, again, moderation.Decision{Act: moderation.Mask, Body: masked})
	if out.Status != forum.Approved || !q.public() {
		t.Fatalf("masked again: %+v", out)
	}
	h.must(h.room.VerifyAudit(t.Context()))
}

// A mask that a report took down is read already: to undo it is a Conflict.
func TestUndoOfAMaskTakenDown(t *testing.T) {
	h := open(t)
	ana, ben := h.staff("Ana", account.Moderator), h.staff("Ben", account.Moderator)
	p := h.waiting(triage.Routine)
	item := h.reads(ana, p)
	h.decides(ana, item, moderation.Decision{Act: moderation.Mask, Body: strings.Replace(string(words(0)), "long winter", "[time]", 1)})
	h.must(h.room.Report(t.Context(), p.id, "hostile", ""))
	h.decides(ben, h.reads(ben, p), moderation.Decision{Act: moderation.TakeDown, Rule: "method-detail", Words: "We are reading this again."})
	h.want(fault.Conflict, h.room.Undo(t.Context(), ana, item.ID))
	if got := h.reads(ben, p); got.Revision != 2 {
		t.Fatalf("revision %d is read", got.Revision)
	}
}

// Who was worried about an author once asks for an early second look.
func TestAppealOfHelpFirstIsReadSoon(t *testing.T) {
	h := open(t)
	ana := h.staff("Ana", account.Moderator)
	p := h.waiting(triage.Routine)
	h.decides(ana, h.reads(ana, p), moderation.Decision{Act: moderation.Care, Rule: "safety", Words: "We are worried about you tonight."})
	h.pass(time.Minute)
	h.must(h.room.Appeal(t.Context(), p.own(), ""))
	if item := h.reads(h.staff("Ben", account.Moderator), p); item.Lane != triage.Soon || item.Kind != moderation.Appealed {
		t.Errorf("%s, %s", item.Lane, item.Kind)
	}
}

func TestReopen(t *testing.T) {
	h := open(t)
	ana := h.staff("Ana", account.Moderator)
	p := h.waiting(triage.Routine)
	h.decides(ana, h.reads(ana, p), approve)
	h.pass(20 * 24 * time.Hour)
	h.must(h.room.Tidy(t.Context()))
	var decision string
	h.must(h.db.QueryRow(t.Context(), "SELECT id FROM decisions").Scan(&decision))
	h.must(h.room.Reopen(t.Context(), ana, decision, nil))
	if p.public() {
		t.Fatal("a reopened post is public")
	}
	h.want(fault.Conflict, h.room.Reopen(t.Context(), ana, decision, nil))
	item := h.reads(ana, p)
	if item.Kind != moderation.Reopened || len(item.Decisions) != 1 {
		t.Fatalf("%+v", item)
	}
	h.decides(ana, item, approve)
	h.pass(31 * 24 * time.Hour)
	h.must(h.db.QueryRow(t.Context(), "SELECT id FROM decisions ORDER BY audit_seq DESC LIMIT 1").Scan(&decision))
	h.want(fault.Conflict, h.room.Reopen(t.Context(), ana, decision, nil))
}
