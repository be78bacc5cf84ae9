package moderation_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"beenthere/forum"
	"beenthere/forum/db/dbtest"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

func TestFirstGuidelinesAreWhole(t *testing.T) {
	all := moderation.FirstGuidelines()
	if len(all) != 11 {
		t.Fatalf("%d guidelines", len(all))
	}
	for _, g := range all {
		if g.Rule == "" || g.Title == "" || g.Text == "" || g.ReturnDraft == "" || g.DeclineDraft == "" {
			t.Errorf("%+v", g)
		}
	}
}

func TestOldDecisionsShowTheRuleOfTheirDay(t *testing.T) {
	h := open(t)
	lead, ana := h.staff("Cleo", account.Lead), h.staff("Ana", account.Moderator)
	p, q := h.waiting(triage.Routine), h.waiting(triage.Routine)
	h.decides(ana, h.reads(ana, p), decline)
	h.pass(time.Minute)
	before := p.told()

	rule := moderation.Guideline{Rule: "third-person", Title: "Another title", Text: "Another text.", ReturnDraft: "Please.", DeclineDraft: "Sorry."}
	h.want(fault.Forbidden, h.room.Propose(t.Context(), ana, rule))
	h.want(fault.Invalid, h.room.Propose(t.Context(), lead, moderation.Guideline{Rule: "Third Person", Title: "x", Text: "y"}))
	h.must(h.room.Propose(t.Context(), lead, rule))
	h.must(h.room.Comment(t.Context(), rule.Rule, 2, "I liked the old one."))
	h.want(fault.Conflict, h.room.Comment(t.Context(), rule.Rule, 1, "I liked the old one."))
	proposals, err := h.room.Proposals(t.Context())
	h.must(err)
	if len(proposals) != 1 || proposals[0].New.Text != rule.Text || proposals[0].Current.Text != before.RuleText || len(proposals[0].Comments) != 1 {
		t.Fatalf("%+v", proposals)
	}
	h.want(fault.Conflict, h.room.Adopt(t.Context(), lead, rule.Rule, 2))
	if now := current(h, rule.Rule); now.Text != before.RuleText {
		t.Fatalf("in force before its comment period is over: %+v", now)
	}
	h.pass(14 * 24 * time.Hour)
	h.must(h.room.Adopt(t.Context(), lead, rule.Rule, 2))
	if now := current(h, rule.Rule); now.Text != rule.Text || now.Version != 2 {
		t.Fatalf("%+v", now)
	}
	if after := p.told(); after.RuleText != before.RuleText || after.RuleTitle != before.RuleTitle {
		t.Fatalf("the rule of its day was %q, now %q", before.RuleText, after.RuleText)
	}
	h.decides(ana, h.reads(ana, q), decline)
	h.pass(time.Minute)
	if told := q.told(); told.RuleText != rule.Text {
		t.Fatalf("%+v", told)
	}
	h.must(h.room.Propose(t.Context(), lead, moderation.Guideline{Rule: "brand-new", Title: "A new rule", Text: "With a text."}))
	h.pass(14 * 24 * time.Hour)
	h.must(h.room.Adopt(t.Context(), lead, "brand-new", 1))
	if all, err := h.room.Guidelines(t.Context()); err != nil || all[len(all)-1].Rule != "brand-new" {
		t.Fatalf("%v", err)
	}
}

func current(h *house, rule string) (found moderation.Guideline) {
	h.t.Helper()
	all, err := h.room.Guidelines(h.t.Context())
	h.must(err)
	for _, g := range all {
		if g.Rule == rule {
			found = g
		}
	}
	return found
}

// A second proposal has a number and comments of its own, and an adopted one
// needs them no longer.
func TestCommentsGoWithTheirProposal(t *testing.T) {
	h := open(t)
	lead := h.staff("Cleo", account.Lead)
	rule := moderation.Guideline{Rule: "third-person", Title: "Another title", Text: "Another text."}
	h.must(h.room.Propose(t.Context(), lead, rule))
	h.must(h.room.Comment(t.Context(), rule.Rule, 2, "This is too strict."))
	rule.Text = "A milder text."
	h.must(h.room.Propose(t.Context(), lead, rule))
	h.want(fault.Conflict, h.room.Comment(t.Context(), rule.Rule, 2, "This is too strict."))
	proposals, err := h.room.Proposals(t.Context())
	h.must(err)
	if len(proposals) != 1 || proposals[0].New.Text != rule.Text || proposals[0].New.Version != 3 || len(proposals[0].Comments) != 0 {
		t.Fatalf("%+v", proposals)
	}
	h.must(h.room.Comment(t.Context(), rule.Rule, 3, "Thank you."))
	h.pass(14 * 24 * time.Hour)
	h.must(h.room.Adopt(t.Context(), lead, rule.Rule, 3))
	if n := h.count("SELECT count(*) FROM guideline_comments"); n != 0 {
		t.Fatalf("%d comments stay", n)
	}
}

func TestPauseAndExclusion(t *testing.T) {
	h := open(t)
	cleo, ana := h.staff("Cleo", account.Lead), h.staff("Ana", account.Moderator)
	p := h.waiting(triage.Routine)
	writes := func() error {
		_, err := h.forum.Submit(t.Context(), p.who, forum.Place{Thread: forum.ThreadID(identity.NewID()), Post: forum.PostID(identity.NewID()), Proven: true},
			forum.Draft{Topic: "grief", Title: "Another one", Body: words(1)})
		return err
	}
	h.want(fault.Forbidden, h.room.Pause(t.Context(), ana, p.id, 3))
	h.want(fault.Invalid, h.room.Pause(t.Context(), cleo, p.id, 15))
	h.must(h.room.Pause(t.Context(), cleo, p.id, 3))
	h.want(fault.Invalid, writes())
	h.must(h.room.Lift(t.Context(), cleo, p.id))
	h.must(writes())

	if done, err := h.room.ProposeExclusion(t.Context(), cleo, p.id, 30, "Threats."); err != nil || !done {
		t.Fatalf("the only lead: %v, %v", done, err)
	}
	h.want(fault.Invalid, writes())
	h.must(h.room.Lift(t.Context(), cleo, p.id))

	dana := h.staff("Dana", account.Lead)
	open, err := h.room.Exclusions(t.Context(), dana)
	h.must(err)
	if len(open) != 1 || !open[0].Alone || open[0].Days != 30 || open[0].Reason != "Threats." || open[0].By != "Cleo" {
		t.Fatalf("why one lead excluded somebody alone: %+v", open)
	}
	h.want(fault.Conflict, h.room.SettleExclusion(t.Context(), dana, open[0].ID, true))
	h.pass(31 * 24 * time.Hour)
	h.must(h.room.Tidy(t.Context()))
	_, err = h.room.ProposeExclusion(t.Context(), cleo, p.id, 30, " ")
	h.want(fault.Invalid, err)
	if done, err := h.room.ProposeExclusion(t.Context(), cleo, p.id, 30, "Threats."); err != nil || done {
		t.Fatalf("%v, %v", done, err)
	}
	h.must(writes())
	open, err = h.room.Exclusions(t.Context(), dana)
	h.must(err)
	if len(open) != 1 || open[0].Alone {
		t.Fatalf("%+v", open)
	}
	h.want(fault.Conflict, h.room.SettleExclusion(t.Context(), cleo, open[0].ID, true))
	h.must(h.room.SettleExclusion(t.Context(), dana, open[0].ID, true))
	h.want(fault.Invalid, writes())
	h.want(fault.Conflict, h.room.SettleExclusion(t.Context(), dana, open[0].ID, true))
	h.pass(32 * 24 * time.Hour)
	h.must(writes())
}

func TestLeadsKeepTheCatalog(t *testing.T) {
	h := open(t)
	cleo, ana := h.staff("Cleo", account.Lead), h.staff("Ana", account.Moderator)
	h.want(fault.Forbidden, h.room.KeepTopic(t.Context(), ana, forum.Topic{Slug: "sleep", Title: "Sleep"}, 3, false))
	h.want(fault.Invalid, h.room.KeepTopic(t.Context(), cleo, forum.Topic{Slug: "Sleep!", Title: "Sleep"}, 3, false))
	h.must(h.room.KeepTopic(t.Context(), cleo, forum.Topic{Slug: "sleep", Title: "Sleep", About: "Nights."}, 3, false))
	h.must(h.room.KeepTopic(t.Context(), cleo, forum.Topic{Slug: "work", Title: "Work"}, 1, true))
	h.must(h.room.KeepExperience(t.Context(), cleo, forum.ExperienceTag{Slug: "insomnia", Title: "Sleepless nights", Topic: "sleep"}, 2))
	h.want(fault.Conflict, h.room.KeepExperience(t.Context(), cleo, forum.ExperienceTag{Slug: "other", Title: "Other", Topic: "nowhere"}, 2))
	h.must(h.room.KeepNote(t.Context(), cleo, forum.Label{Slug: "violence", Label: "Violence"}, 2))
	catalog, err := h.forum.Catalog(t.Context())
	h.must(err)
	if work, _ := catalog.Topic("work"); !work.Closed || len(catalog.Open()) != 2 || len(catalog.Experiences) != 2 || len(catalog.Notes) != 3 {
		t.Fatalf("%+v", catalog)
	}
	p := h.waiting(triage.Routine)
	h.decides(ana, h.reads(ana, p), approve)
	h.must(h.room.SetNotice(t.Context(), cleo, p.thread, forum.Notice{Locked: true}))
	_, err = h.forum.Reply(t.Context(), identity.NewSecret(), forum.Place{Thread: p.thread, Post: forum.PostID(identity.NewID()), Proven: true}, false, forum.Draft{Body: words(2)})
	h.want(fault.Conflict, err)
	h.must(h.room.SetNotice(t.Context(), cleo, p.thread, forum.Notice{}))
	before := h.count("SELECT count(*) FROM audit")
	h.must(h.room.SetNotice(t.Context(), cleo, p.thread, forum.Notice{})) // pressed twice
	if after := h.count("SELECT count(*) FROM audit"); after != before {
		t.Errorf("%d records of no change", after-before)
	}
}

// What an author closed is still closed after a lead's lock has come and gone.
func TestALockLeavesTheAuthorsWish(t *testing.T) {
	h := open(t)
	cleo := h.staff("Cleo", account.Lead)
	p := h.waiting(triage.Routine)
	h.decides(cleo, h.reads(cleo, p), approve)
	h.must(h.forum.SetClosed(t.Context(), p.who, p.id, true))
	h.must(h.room.SetNotice(t.Context(), cleo, p.thread, forum.Notice{Locked: true}))
	h.want(fault.Conflict, h.forum.SetClosed(t.Context(), p.who, p.id, false))
	h.must(h.room.SetNotice(t.Context(), cleo, p.thread, forum.Notice{}))
	thread, err := h.forum.Thread(t.Context(), p.thread)
	h.must(err)
	if state := thread.Posts[0].ThreadState; state != "closed" {
		t.Fatalf("the thread is %s", state)
	}
}

func TestLexiconAsTheLeadsSetIt(t *testing.T) {
	h := open(t)
	cleo, ana := h.staff("Cleo", account.Lead), h.staff("Ana", account.Moderator)
	var entry triage.Entry
	for _, e := range triage.Default().Entries() {
		if e.Lane == triage.Soon && len(e.Hits) > 0 {
			entry = e
		}
	}
	text := triage.Text{Body: entry.Hits[0]}
	before := h.room.Scan(t.Context(), text)
	h.want(fault.Forbidden, h.room.SetEntry(t.Context(), ana, triage.Change{Entry: entry.ID, Off: true}))
	h.want(fault.Invalid, h.room.SetEntry(t.Context(), cleo, triage.Change{Entry: entry.ID, Lane: "fast"}))
	h.must(h.room.SetEntry(t.Context(), cleo, triage.Change{Entry: entry.ID, Off: true}))
	for _, s := range h.room.Scan(t.Context(), text).Signals {
		if s.Entry == entry.ID {
			t.Fatal("an entry that is off still signals")
		}
	}
	h.must(h.room.SetEntry(t.Context(), cleo, triage.Change{Entry: entry.ID}))
	if after := h.room.Scan(t.Context(), text); after.Lane != before.Lane || len(after.Signals) != len(before.Signals) {
		t.Fatalf("%+v, was %+v", after, before)
	}
}

func TestThanksComeBack(t *testing.T) {
	h := open(t)
	ana := h.staff("Ana", account.Moderator)
	p := h.waiting(triage.Routine)
	h.want(fault.Conflict, h.room.Thank(t.Context(), p.own()))
	h.decides(ana, h.reads(ana, p), approve)
	h.must(h.room.Thank(t.Context(), p.own()))
	h.want(fault.Conflict, h.room.Thank(t.Context(), p.own()))
	later := post{h: h, who: p.who, thread: p.thread, id: forum.PostID(identity.NewID())}
	_, err := h.forum.Reply(t.Context(), p.who, forum.Place{Thread: p.thread, Post: later.id, Proven: true}, true, forum.Draft{Body: words(2)})
	h.must(err)
	later.arrive(triage.Routine)
	h.decides(ana, h.reads(ana, later), approve)
	back, err := h.room.Thanks(t.Context(), ana)
	h.must(err)
	if len(back) != 2 || (back[0].Thread == "") == (back[1].Thread == "") {
		t.Fatalf("%+v", back)
	}
}

func TestWordsGo(t *testing.T) {
	h := open(t)
	ana := h.staff("Ana", account.Moderator)
	p, q := h.waiting(triage.Routine), h.submit("grief")
	q.arrive(triage.Routine, func(a *moderation.Arrival) { a.Signals = []triage.Signal{{Kind: "x", Words: "canarysignal"}} })
	d := decline
	d.Words = "canarywords for you"
	h.decides(ana, h.reads(ana, p), d)
	h.decides(ana, h.reads(ana, q), d)
	h.must(h.room.Tidy(t.Context()))
	if h.count("SELECT count(*) FROM decisions WHERE words <> ''") != 2 || h.count("SELECT count(*) FROM queue") != 2 {
		t.Fatal("too early")
	}
	h.must(h.forum.Withdraw(t.Context(), q.who, q.id))
	h.must(h.room.Tidy(t.Context()))
	h.must(h.db.Truncate(t.Context()))
	if at := stays(h, "canarysignal"); at != "" {
		t.Fatalf("words of a post that was taken back stay in %s", at)
	}
	h.pass(2 * time.Hour)
	h.must(h.room.Tidy(t.Context()))
	if h.count("SELECT count(*) FROM decisions WHERE words <> ''") != 1 || h.count("SELECT count(*) FROM queue") != 0 {
		t.Fatal("words about a post that was taken back stay, or items of its hour")
	}
	h.pass(31 * 24 * time.Hour)
	h.must(h.room.Tidy(t.Context()))
	h.must(h.db.Truncate(t.Context()))
	if h.count("SELECT count(*) FROM decisions") != 2 {
		t.Fatal("the record of a decision is gone")
	}
	if at := stays(h, "canarywords"); at != "" {
		t.Fatalf("words stay in %s", at)
	}
}

// stays tells where a word still is: in which file, or in which table of a
// database that is not a file.
func stays(h *house, word string) string {
	h.t.Helper()
	if !dbtest.OnPostgres() {
		var file string
		h.must(h.db.QueryRow(h.t.Context(), "SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&file))
		return dbtest.Find(h.t, filepath.Dir(file), word)
	}
	for _, table := range []string{"queue", "decisions", "revisions", "reports"} {
		if h.count("SELECT count(*) FROM "+table+" t WHERE t::text LIKE '%"+word+"%'") > 0 {
			return table
		}
	}
	return ""
}

func TestTransparencyHidesSmallNumbers(t *testing.T) {
	h := open(t)
	ana := h.staff("Ana", account.Moderator)
	for n := range 15 {
		p := h.waiting(triage.Routine)
		d := decline
		switch {
		case n < 6:
			d = approve
		case n < 13:
			d.Rule = "hostile"
		}
		h.pass(time.Hour)
		h.decides(ana, h.reads(ana, p), d)
		if n == 0 {
			h.must(h.room.Undo(t.Context(), ana, lastItem(h)))
			h.decides(ana, h.reads(ana, p), d)
		}
		h.pass(time.Minute)
		h.must(h.room.EndShift(t.Context(), ana, ""))
		if n%10 == 9 {
			h.pass(8 * 24 * time.Hour)
		}
	}
	if now, err := h.room.Transparency(t.Context()); err != nil || len(now.Months) != 0 {
		t.Fatalf("a month that is not over: %+v, %v", now, err)
	}
	h.pass(31 * 24 * time.Hour)
	all, err := h.room.Transparency(t.Context())
	h.must(err)
	m := all.Months[0]
	if *m.Received != 15 || *m.Approved != 6 || m.Returned != nil || *m.Declined != 9 || m.Appealed != nil {
		t.Fatalf("%+v", m)
	}
	for _, rule := range m.ByRule {
		if rule.N != nil {
			t.Fatalf("2 of 9 were by another rule, which follows from %+v", rule)
		}
	}
	page, err := json.Marshal(all)
	h.must(err)
	if strings.Contains(string(page), "Ana") || m.Waits[3].Median != "1 hour" || m.Waits[0].Median != "" {
		t.Fatalf("%s", page)
	}
}

func lastItem(h *house) (id moderation.ItemID) {
	h.t.Helper()
	h.must(h.db.QueryRow(h.t.Context(), "SELECT id FROM queue WHERE state = 'decided' ORDER BY decided_ms DESC LIMIT 1").Scan(&id))
	return id
}
