package moderation_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

func TestNowTakesTwoPeople(t *testing.T) {
	h := open(t)
	ana, ben := h.staff("Ana", account.Moderator), h.staff("Ben", account.Moderator)
	h.must(h.room.StartShift(t.Context(), ben))
	p := h.waiting(triage.Now)
	out := h.decides(ana, h.reads(ana, p), moderation.Decision{Act: moderation.Decline, Rule: "safety", Words: "We are worried about canaryone.", Reason: "I am alone"})
	if out.Status != forum.Waiting || out.Needs != moderation.NeedsSecond || !out.Pause {
		t.Fatalf("%+v", out)
	}
	if item := h.next(ana); item != nil {
		t.Fatalf("the first reader was given it again: %+v", item)
	}
	item := h.reads(ben, p)
	page, err := json.Marshal(item)
	h.must(err)
	if strings.Contains(string(page), "canaryone") || strings.Contains(string(page), "decline") || strings.Contains(string(page), string(ana.ID)) || len(item.Verdicts) > 0 {
		t.Fatalf("the second reader sees the first verdict: %s", page)
	}
	out = h.decides(ben, item, moderation.Decision{Act: moderation.Care, Rule: "safety", Words: "Please talk to somebody now."})
	if out.Status != forum.Declined {
		t.Fatalf("%+v", out)
	}
	h.pass(time.Minute)
	if told := p.told(); told.Act != moderation.Care || told.Alone || told.Words != "Please talk to somebody now." {
		t.Fatalf("%+v", told)
	}
	figures, err := h.room.Figures(t.Context())
	h.must(err)
	if len(figures.Agreement) != 1 || figures.Agreement[0] != (moderation.Agreement{Rule: "safety", Title: "When tonight is not safe", Pairs: 1, Agreed: 1}) {
		t.Fatalf("%+v", figures.Agreement)
	}
}

func TestDisagreementGoesToALead(t *testing.T) {
	h := open(t)
	ana, ben, cleo := h.staff("Ana", account.Moderator), h.staff("Ben", account.Moderator), h.staff("Cleo", account.Lead)
	p := h.waiting(triage.Now)
	h.decides(ana, h.reads(ana, p), approve)
	if out := h.decides(ben, h.reads(ben, p), decline); out.Needs != moderation.NeedsLead || p.public() {
		t.Fatalf("%+v", out)
	}
	if h.called(moderation.AlertLead) != 1 {
		t.Fatal("the leads were not called")
	}
	for _, who := range []moderation.Staff{ana, ben} {
		if item := h.next(who); item != nil {
			t.Fatalf("%s was given it", who.Name)
		}
	}
	item := h.reads(cleo, p)
	if len(item.Verdicts) != 2 || item.Verdicts[0].Act != moderation.Approve || item.Verdicts[1].Words != decline.Words {
		t.Fatalf("%+v", item.Verdicts)
	}
	if out := h.decides(cleo, item, approve); out.Status != forum.Approved || !p.public() {
		t.Fatalf("%+v", out)
	}
}

// Two readers of one item are one pair, however often the second thinks again.
func TestUndoneAgreementIsCountedOnce(t *testing.T) {
	h := open(t)
	ana, ben := h.staff("Ana", account.Moderator), h.staff("Ben", account.Moderator)
	p := h.waiting(triage.Now)
	h.decides(ana, h.reads(ana, p), approve)
	item := h.reads(ben, p)
	h.decides(ben, item, approve)
	h.must(h.room.Undo(t.Context(), ben, item.ID))
	if n := h.count("SELECT sum(pairs) + sum(agreed) FROM agreement"); n != 0 {
		t.Fatalf("the undone pair is still counted: %d", n)
	}
	if out := h.decides(ben, h.reads(ben, p), decline); out.Needs != moderation.NeedsLead {
		t.Fatalf("%+v", out)
	}
	figures, err := h.room.Figures(t.Context())
	h.must(err)
	if a := figures.Agreement; len(a) != 1 || a[0].Rule != "approve" || a[0].Pairs != 1 || a[0].Agreed != 0 {
		t.Fatalf("%+v", figures.Agreement)
	}
}

func TestAloneWithAReason(t *testing.T) {
	h := open(t)
	ana := h.staff("Ana", account.Moderator)
	p := h.waiting(triage.Now)
	item := h.reads(ana, p)
	if !item.Alone {
		t.Fatal("one person may decide when nobody else is there")
	}
	if out := h.decides(ana, item, approve); out.Needs != moderation.NeedsSecond {
		t.Fatalf("%+v", out)
	}
	item = h.reads(ana, p) // nobody else could read it
	if h.called(moderation.AlertAlone) != 1 {
		t.Fatal("no alert that somebody decides alone")
	}
	_, err := h.decide(ana, item, approve)
	h.want(fault.Invalid, err)
	withReason := approve
	withReason.Reason = "Nobody else has been here since yesterday."
	if out := h.decides(ana, item, withReason); out.Status != forum.Approved {
		t.Fatalf("%+v", out)
	}
	if !p.told().Alone {
		t.Fatal("the author is not told that one person decided")
	}

	q := h.waiting(triage.Now)
	if out := h.decides(ana, h.reads(ana, q), withReason); out.Status != forum.Approved {
		t.Fatalf("%+v", out)
	}
}

func TestHoldAndEscalate(t *testing.T) {
	h := open(t)
	ana, ben, cleo := h.staff("Ana", account.Moderator), h.staff("Ben", account.Moderator), h.staff("Cleo", account.Lead)
	p := h.waiting(triage.Routine)
	if out := h.decides(ana, h.reads(ana, p), moderation.Decision{Act: moderation.Hold, Words: "I know the place."}); out.Needs != moderation.NeedsSecond {
		t.Fatalf("%+v", out)
	}
	if h.next(ana) != nil {
		t.Fatal("who asked for another pair of eyes was given it again")
	}
	item := h.reads(ben, p)
	if item.Note != "I know the place." {
		t.Fatalf("note %q", item.Note)
	}
	h.decides(ben, item, moderation.Decision{Act: moderation.Escalate, Words: "This is for you."})
	item = h.reads(cleo, p)
	if item.Note != "This is for you." {
		t.Fatalf("note %q", item.Note)
	}
	h.decides(cleo, item, approve)
	if !p.public() {
		t.Fatal("not public")
	}
}

func TestFirstDeciderNeverGetsTheAppeal(t *testing.T) {
	h := open(t)
	ana, ben := h.staff("Ana", account.Moderator), h.staff("Ben", account.Moderator)
	h.must(h.room.StartShift(t.Context(), ben))
	for n := range 50 {
		first, second := ana, ben
		if n%2 == 1 {
			first, second = ben, ana
		}
		p := h.waiting(triage.Routine)
		h.decides(first, h.reads(first, p), decline)
		h.pass(31 * time.Second)
		h.must(h.room.Appeal(t.Context(), p.own(), "You have misread me."))
		if told := p.told(); told.State != forum.Waiting || !told.Appealed || told.CanAppeal {
			t.Fatalf("%+v", told)
		}
		if item := h.next(first); item != nil {
			t.Fatalf("%s was given the appeal of their own decision", first.Name)
		}
		item := h.reads(second, p)
		if item.Kind != moderation.Appealed || item.Appeal != "You have misread me." || len(item.Decisions) != 1 {
			t.Fatalf("%+v", item)
		}
		_, err := h.room.Claim(t.Context(), first, item.ID, nil)
		h.want(fault.Conflict, err)
		act := approve
		if n%5 == 0 {
			act = decline
		}
		h.decides(second, item, act)
		h.pass(31 * time.Second)
		told := p.told()
		if told.CanAppeal || (told.State == forum.Approved) != (n%5 != 0) {
			t.Fatalf("%+v", told)
		}
		h.want(fault.Conflict, h.room.Appeal(t.Context(), p.own(), ""))
		h.must(h.room.EndShift(t.Context(), ana, ""))
		h.must(h.room.EndShift(t.Context(), ben, ""))
	}
	figures, err := h.room.Figures(t.Context())
	h.must(err)
	if figures.Appealed != 50 || figures.Changed != 40 {
		t.Fatalf("appealed %d, changed %d", figures.Appealed, figures.Changed)
	}
}

// Everybody who judged the wording is one who misread it, as its author sees
// it: with two verdicts and a lead, and with a post that was taken down first.
func TestNobodyWhoJudgedItGetsTheAppeal(t *testing.T) {
	h := open(t)
	ana, ben := h.staff("Ana", account.Moderator), h.staff("Ben", account.Moderator)
	appealed := func(p post, judges ...moderation.Staff) {
		t.Helper()
		h.pass(25 * time.Hour) // by then the item is gone, with the verdicts
		h.must(h.room.Tidy(t.Context()))
		h.must(h.room.Appeal(t.Context(), p.own(), ""))
		for _, who := range judges {
			if item := h.next(who); item != nil {
				t.Errorf("%s was given the appeal", who.Name)
			}
		}
	}
	p, cleo := h.waiting(triage.Now), h.staff("Cleo", account.Lead)
	h.decides(ana, h.reads(ana, p), approve)
	h.decides(ben, h.reads(ben, p), decline)
	h.decides(cleo, h.reads(cleo, p), decline)
	dan := h.staff("Dan", account.Moderator)
	appealed(p, ana, ben, cleo)
	h.reads(dan, p)
	h.must(h.forum.Withdraw(t.Context(), p.who, p.id))

	q := h.waiting(triage.Routine)
	h.decides(dan, h.reads(dan, q), approve)
	h.must(h.room.Report(t.Context(), q.id, "hostile", ""))
	item := h.reads(ana, q)
	h.decides(ana, item, moderation.Decision{Act: moderation.TakeDown, Rule: "hostile", Words: "We are reading this again."})
	h.must(h.room.Release(t.Context(), ana, item.ID, item.Token))
	h.decides(ben, h.reads(ben, q), decline)
	appealed(q, ana, ben)
	h.reads(dan, q) // who approved it once has not decided against its author
}

func TestAppealDoesNotStarve(t *testing.T) {
	h := open(t)
	ana, ben := h.staff("Ana", account.Moderator), h.staff("Ben", account.Moderator)
	p := h.waiting(triage.Routine)
	h.decides(ana, h.reads(ana, p), decline)
	h.pass(time.Minute)
	h.must(h.room.Appeal(t.Context(), p.own(), ""))
	h.pass(23 * time.Hour)
	if h.next(ana) != nil {
		t.Fatal("there is somebody else, and it is not overdue")
	}
	h.pass(2 * time.Hour)
	h.must(h.room.CallForOverdue(t.Context()))
	if h.called(moderation.AlertOverdue) != 1 {
		t.Fatal("nobody was called")
	}
	item := h.reads(ana, p) // Ben was not seen for a day and it is overdue
	if h.called(moderation.AlertAlone) != 1 || !item.Alone {
		t.Fatal("the leads were not told")
	}
	_, err := h.decide(ana, item, approve)
	h.want(fault.Invalid, err)
	h.must(h.room.Pass(t.Context(), ana, item.ID, item.Token))
	h.must(h.room.StartShift(t.Context(), ben))
	h.pass(5 * time.Hour)
	if h.next(ana) != nil {
		t.Fatal("Ben is here again")
	}
}

func TestSampleOfBlindSecondReadings(t *testing.T) {
	h := open(t, func(c *moderation.Config) { c.Sample = 1000 })
	ana, ben := h.staff("Ana", account.Moderator), h.staff("Ben", account.Moderator)
	p := h.waiting(triage.Routine)
	if out := h.decides(ana, h.reads(ana, p), approve); out.Needs != moderation.NeedsSecond || p.public() {
		t.Fatalf("%+v", out)
	}
	if out := h.decides(ben, h.reads(ben, p), approve); out.Status != forum.Approved {
		t.Fatalf("%+v", out)
	}
}
