package moderation_test

import (
	"slices"
	"testing"
	"time"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// reported is a house with two readers and a public post.
type reported struct {
	*house
	ana, ben moderation.Staff
	post
}

func public(t *testing.T) reported {
	h := open(t)
	r := reported{house: h, ana: h.staff("Ana", account.Moderator), ben: h.staff("Ben", account.Moderator), post: h.waiting(triage.Routine)}
	h.decides(r.ana, h.reads(r.ana, r.post), approve)
	return r
}

func TestReportsAreReadOnceHoweverMany(t *testing.T) {
	r := public(t)
	h, ana, ben, p := r.house, r.ana, r.ben, r.post
	for range 40 {
		h.must(h.room.Report(t.Context(), p.id, "hostile", "It hurts."))
	}
	if !p.public() || p.told().State != forum.Approved || p.told().BeingRead {
		t.Fatal("a report hid something")
	}
	if h.called(moderation.AlertReport) != 1 {
		t.Fatalf("%d alerts", h.called(moderation.AlertReport))
	}
	item := h.reads(ben, p)
	if item.Lane != triage.Care || item.Kind != moderation.Reported || len(item.Reports) != 20 {
		t.Fatalf("%s %s %d", item.Lane, item.Kind, len(item.Reports))
	}
	h.must(h.room.Report(t.Context(), p.id, "personal", ""))
	if out := h.decides(ben, item, moderation.Decision{Act: moderation.Approve, Reason: "-"}); out.Needs != moderation.NeedsSecond {
		t.Fatalf("personal details take two: %+v", out)
	}
	item = h.reads(ana, p)
	if item.Lane != triage.Now {
		t.Fatalf("lane %s", item.Lane)
	}
	if out := h.decides(ana, item, approve); out.Status != forum.Approved || !p.public() {
		t.Fatalf("%+v", out)
	}
	if h.next(ben) != nil || h.count("SELECT count(*) FROM reports WHERE closed = ''") != 0 {
		t.Fatal("something stays open")
	}
	h.must(h.room.VerifyAudit(t.Context()))
}

func TestReportTakenDownAtOnce(t *testing.T) {
	r := public(t)
	h, ana, ben, p := r.house, r.ana, r.ben, r.post
	h.must(h.room.Report(t.Context(), p.id, "danger", ""))
	item := h.reads(ben, p)
	h.decides(ben, item, moderation.Decision{Act: moderation.TakeDown, Rule: "method-detail", Words: "We are reading this again."})
	if p.public() || p.told().State != forum.Waiting || p.told().Words != "We are reading this again." {
		t.Fatalf("%+v", p.told())
	}
	h.decides(ben, item, decline)
	h.decides(ana, h.reads(ana, p), decline)
	h.pass(time.Minute)
	if told := p.told(); told.State != forum.Declined || !told.CanAppeal {
		t.Fatalf("%+v", told)
	}
	h.must(h.room.VerifyAudit(t.Context()))
}

func TestReportDeclinedAndUndone(t *testing.T) {
	r := public(t)
	h, ana, ben, p := r.house, r.ana, r.ben, r.post
	h.must(h.room.Report(t.Context(), p.id, "hostile", ""))
	item := h.reads(ben, p)
	h.decides(ben, item, decline)
	if p.public() || p.told().State != forum.Approved {
		t.Fatalf("told early: %+v", p.told())
	}
	h.must(h.room.Undo(t.Context(), ben, item.ID))
	if !p.public() || len(h.reads(ben, p).Reports) != 1 {
		t.Fatal("not as before")
	}
	h.must(h.room.EndShift(t.Context(), ben, ""))
	h.decides(ana, h.reads(ana, p), approve)
	h.must(h.room.VerifyAudit(t.Context()))
}

// The author changes the post after a report of it was answered, and then the
// answer is taken back: the change is read, with the report.
func TestUndoOfAReportKeepsTheAuthorsEdit(t *testing.T) {
	for name, arrives := range map[string]bool{"which waits": true, "which is on its way": false} {
		t.Run(name, func(t *testing.T) {
			r := public(t)
			h, ben, p := r.house, r.ben, r.post
			h.must(h.room.Report(t.Context(), p.id, "hostile", ""))
			item := h.reads(ben, p)
			h.decides(ben, item, approve)
			p.revise(3)
			if arrives {
				p.arrive(triage.Routine)
			}
			h.must(h.room.Undo(t.Context(), ben, item.ID))
			if !arrives {
				p.arrive(triage.Routine)
			}
			h.must(h.room.Tidy(t.Context()))
			item = h.reads(ben, p)
			if item.Kind != moderation.Edit || item.Revision != 2 || item.Lane != triage.Care || len(item.Reports) != 1 || !p.public() {
				t.Fatalf("%s of revision %d in %s with %d reports", item.Kind, item.Revision, item.Lane, len(item.Reports))
			}
			h.decides(ben, item, approve)
			if p.own().PublicRev != 2 {
				t.Fatal("the author's change is not up")
			}
			h.must(h.room.VerifyAudit(t.Context()))
		})
	}
}

// A post that a report took down is not put up again over what its author has
// written since.
func TestUndoOfAReportKeepsTheAuthorsAnswer(t *testing.T) {
	for name, read := range map[string]bool{"which waits": false, "which is up": true} {
		t.Run(name, func(t *testing.T) {
			r := public(t)
			h, ana, ben, p := r.house, r.ana, r.ben, r.post
			h.must(h.room.Report(t.Context(), p.id, "hostile", ""))
			item := h.reads(ben, p)
			h.decides(ben, item, decline)
			p.revise(3)
			p.arrive(triage.Routine)
			if read {
				h.decides(ana, h.reads(ana, p), approve)
			}
			h.want(fault.Conflict, h.room.Undo(t.Context(), ben, item.ID))
			if !read {
				h.decides(ana, h.reads(ana, p), approve)
			}
			if up := p.own().PublicRev; up != 2 {
				t.Fatalf("revision %d is up", up)
			}
			h.must(h.room.VerifyAudit(t.Context()))
		})
	}
}

func TestEditCarriesTheReport(t *testing.T) {
	r := public(t)
	h, ben, p := r.house, r.ben, r.post
	h.must(h.room.Report(t.Context(), p.id, "hostile", ""))
	p.revise(3)
	p.arrive(triage.Routine)
	item := h.reads(ben, p)
	if item.Kind != moderation.Edit || item.Lane != triage.Care || len(item.Reports) != 1 {
		t.Fatalf("%+v", item)
	}
	h.decides(ben, item, returns)
	item = h.reads(ben, p)
	if item.Kind != moderation.Reported || item.Revision != 1 || len(item.Reports) != 1 {
		t.Fatalf("%+v", item)
	}
	h.decides(ben, item, approve)
	h.must(h.room.VerifyAudit(t.Context()))
}

func TestEditTakenBackLeavesTheReport(t *testing.T) {
	r := public(t)
	h, ben, p := r.house, r.ben, r.post
	h.must(h.room.Report(t.Context(), p.id, "hostile", ""))
	p.revise(3)
	p.arrive(triage.Routine)
	h.must(h.forum.WithdrawEdit(t.Context(), p.who, p.id))
	if h.next(ben) != nil {
		t.Fatal("an edit that was taken back is read")
	}
	h.must(h.room.Tidy(t.Context()))
	h.decides(ben, h.reads(ben, p), moderation.Decision{Act: moderation.Approve, Notes: []string{"eating"}})
	if !p.public() {
		t.Fatal("not public")
	}
	h.must(h.room.VerifyAudit(t.Context()))
}

// alike tells whether an author would see a difference.
func alike(a, b moderation.Told) bool {
	if a.State != b.State || a.Act != b.Act || a.Words != b.Words || a.CanAppeal != b.CanAppeal || a.Known.PublicRev != b.Known.PublicRev {
		return false
	}
	return slices.EqualFunc(a.Known.Revisions, b.Known.Revisions, func(x, y forum.OwnRevision) bool { return x.N == y.N && x.Clean.Text() == y.Clean.Text() })
}

// While a suggestion waits for its author, what is up can be reported as well.
func TestReportBesideASuggestion(t *testing.T) {
	r := public(t)
	h, ben, p := r.house, r.ben, r.post
	p.revise(3)
	p.arrive(triage.Routine)
	h.decides(ben, h.reads(ben, p), moderation.Decision{Act: moderation.Suggest, Rule: "personal-details", Words: "Would this do?", Body: "It has been a long winter."})
	h.pass(time.Minute)
	h.must(h.room.Report(t.Context(), p.id, "hostile", ""))
	item, before := h.reads(ben, p), p.told()
	h.decides(ben, item, decline)
	if told := p.told(); before.State != forum.Offered || !alike(told, before) {
		t.Fatalf("the author's page answers %+v\nbefore it was told, and before it was decided %+v", told, before)
	}
}

func TestReportBesideAReturnedEdit(t *testing.T) {
	r := public(t)
	h, ana, ben, p := r.house, r.ana, r.ben, r.post
	p.revise(3)
	p.arrive(triage.Routine)
	h.decides(ben, h.reads(ben, p), returns)
	h.pass(time.Minute)
	h.must(h.room.Report(t.Context(), p.id, "hostile", ""))
	item := h.reads(ben, p)
	before := p.told()
	h.decides(ben, item, decline)
	if p.public() {
		t.Fatal("still up")
	}
	if told := p.told(); before.State != forum.Returned || !alike(told, before) {
		t.Fatalf("the author's page answers %+v\nbefore it was told, and before it was decided %+v", told, before)
	}
	h.must(h.room.Undo(t.Context(), ben, item.ID))
	if !p.public() {
		t.Fatal("not up again")
	}
	item = h.reads(ben, p)
	h.decides(ben, item, moderation.Decision{Act: moderation.TakeDown, Rule: "hostile", Words: "This cannot stay."})
	if p.public() {
		t.Fatal("not down at once")
	}
	item, err := h.room.Get(t.Context(), ben, item.ID, item.Token)
	h.must(err)
	h.decides(ben, item, decline)
	h.pass(time.Minute)
	if told := p.told(); told.State != forum.Declined || told.Words != decline.Words || !told.CanAppeal {
		t.Fatalf("%+v", told)
	}
	h.must(h.room.Appeal(t.Context(), p.own(), ""))
	h.decides(ana, h.reads(ana, p), approve)
	if !p.public() {
		t.Fatal("not up after the appeal")
	}
	h.must(h.room.VerifyAudit(t.Context()))
}

func TestUndoAfterAnEditWasTakenBack(t *testing.T) {
	r := public(t)
	h, ana := r.house, r.ana
	p := h.waiting(triage.Routine)
	item := h.reads(ana, p)
	h.decides(ana, item, approve)
	p.revise(5)
	h.must(h.forum.WithdrawEdit(t.Context(), p.who, p.id))
	h.must(h.room.Undo(t.Context(), ana, item.ID))
	if p.public() {
		t.Fatal("still public")
	}
	item = h.reads(ana, p)
	if item.Text != string(words(0)) {
		t.Fatalf("the author's words are lost: %q", item.Text)
	}
	h.decides(ana, item, approve)
	h.must(h.room.VerifyAudit(t.Context()))
}

func TestUndoAfterANewerWordingCame(t *testing.T) {
	r := public(t)
	h, ana := r.house, r.ana
	p := h.waiting(triage.Routine)
	item := h.reads(ana, p)
	h.decides(ana, item, approve)
	p.revise(5)
	p.arrive(triage.Routine)
	h.must(h.room.Undo(t.Context(), ana, item.ID))
	if p.public() {
		t.Fatal("still public")
	}
	h.decides(ana, h.reads(ana, p), approve)
	h.must(h.room.VerifyAudit(t.Context()))
}

func TestOnlyWhatIsPublicCanBeReported(t *testing.T) {
	h := open(t)
	h.want(fault.NotFound, h.room.Report(t.Context(), h.waiting(triage.Routine).id, "hostile", ""))
	h.want(fault.Invalid, h.room.Report(t.Context(), "x", "boring", ""))
}
