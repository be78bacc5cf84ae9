package moderation_test

import (
	"context"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

func TestInvitationWorksOnce(t *testing.T) {
	h := open(t)
	if !h.room.NeedsLead(t.Context()) {
		t.Fatal("an empty house has a lead")
	}
	token, err := h.room.Invite(t.Context(), moderation.Staff{}, "Cleo", account.Lead)
	h.must(err)
	_, err = h.room.AcceptInvite(t.Context(), token, "short")
	h.want(fault.Invalid, err)
	if name, err := h.room.Invited(t.Context(), token); err != nil || name != "Cleo" {
		t.Fatalf("a password that was refused used the link up: %v", err)
	}
	e, err := h.room.AcceptInvite(t.Context(), token, password)
	h.must(err)
	if e.TOTPSecret == "" || len(e.Recovery) != 10 || h.room.NeedsLead(t.Context()) {
		t.Fatalf("%+v", e)
	}
	_, err = h.room.AcceptInvite(t.Context(), token, password)
	h.want(fault.NotFound, err)
	if who, err := h.room.Session(t.Context(), e.Session); err != nil || who != e.Staff {
		t.Fatalf("%+v, %v", who, err)
	}
	_, err = h.room.Invite(t.Context(), e.Staff, "cleo", account.Moderator)
	h.want(fault.Invalid, err)
	_, err = h.room.Invite(t.Context(), moderation.Staff{ID: "x", Role: account.Moderator}, "Dan", account.Moderator)
	h.want(fault.Forbidden, err)
	token, err = h.room.Invite(t.Context(), e.Staff, "Dan", account.Moderator)
	h.must(err)
	h.pass(8 * 24 * time.Hour)
	_, err = h.room.AcceptInvite(t.Context(), token, password)
	h.want(fault.NotFound, err)
	if n := h.count("SELECT count(*) FROM staff WHERE password LIKE '%quiet%' OR recovery LIKE '%'||$1||'%'", e.Recovery[0]); n != 0 {
		t.Fatal("a secret is stored as it is")
	}
}

func TestALaterInvitationEndsTheOlderOne(t *testing.T) {
	h := open(t)
	older, err := h.room.Invite(t.Context(), moderation.Staff{}, "Dan", account.Lead)
	h.must(err)
	newer, err := h.room.Invite(t.Context(), moderation.Staff{}, "dAN", account.Welcomer)
	h.must(err)
	_, err = h.room.AcceptInvite(t.Context(), older, password)
	h.want(fault.NotFound, err)
	e, err := h.room.AcceptInvite(t.Context(), newer, password)
	h.must(err)
	if e.Staff.Role != account.Welcomer {
		t.Fatalf("%+v", e.Staff)
	}
}

// Whoever signs in just while a new password or authenticator is set comes in
// before it, and is put out again, or does not come in.
func TestOldSecretsLetNobodyInMeanwhile(t *testing.T) {
	h := open(t)
	for range 8 { // either may be faster
		paired, changed := h.enrol(identity.NewID(), account.Moderator), h.enrol(identity.NewID(), account.Moderator)
		now, later := h.now(), h.now().Add(30*time.Second) // both codes are good now
		var wg sync.WaitGroup
		var sessions [2]string
		wg.Go(func() {
			sessions[0], _, _ = h.room.SignIn(t.Context(), paired.Staff.Name, password, code(t, paired.TOTPSecret, now))
		})
		wg.Go(func() { _, _ = h.room.Pair(t.Context(), paired.Staff, paired.Session, password) })
		wg.Go(func() {
			sessions[1], _, _ = h.room.SignIn(t.Context(), changed.Staff.Name, password, code(t, changed.TOTPSecret, later))
		})
		wg.Go(func() {
			_, _ = h.room.ChangePassword(t.Context(), changed.Staff, changed.Session, password, code(t, changed.TOTPSecret, now), "five other quiet unrelated words")
		})
		wg.Wait()
		for i, session := range sessions {
			if _, err := h.room.Session(t.Context(), session); err == nil && (i == 0 || h.changedPassword(changed)) {
				t.Errorf("old secrets hold a session (%d)", i)
			}
		}
	}
}

// changedPassword tells whether somebody's password is another one now: a code
// that was used to sign in changes none.
func (h *house) changedPassword(e moderation.Enrolment) bool {
	h.t.Helper()
	h.pass(time.Minute)
	_, _, err := h.room.SignIn(h.t.Context(), e.Staff.Name, password, code(h.t, e.TOTPSecret, h.now()))
	return err != nil
}

func TestSignIn(t *testing.T) {
	h := open(t)
	e := h.enrol("Ana", account.Moderator)
	right := func() string { return code(t, e.TOTPSecret, h.now()) }
	wrong := "000000"
	if right() == wrong {
		wrong = "000001"
	}
	var tells []string
	for _, try := range [][3]string{{"Nobody", password, right()}, {"Ana", "some other long password", right()}, {"Ana", password, wrong}, {"Ana", password, ""}} {
		_, _, err := h.room.SignIn(t.Context(), try[0], try[1], try[2])
		h.want(fault.Invalid, err)
		tells = append(tells, err.Error())
	}
	if strings.Count(strings.Join(tells, "\n"), tells[0]) != len(tells) {
		t.Fatalf("the answers differ: %v", tells)
	}
	used := right()
	session, who, err := h.room.SignIn(t.Context(), " ANA ", password, used)
	h.must(err)
	if who.ID != e.Staff.ID {
		t.Fatalf("%+v", who)
	}
	_, _, err = h.room.SignIn(t.Context(), "Ana", password, used)
	h.want(fault.Invalid, err)
	h.pass(time.Minute)
	_, _, err = h.room.SignIn(t.Context(), "Ana", password, e.Recovery[3])
	h.must(err)
	_, _, err = h.room.SignIn(t.Context(), "Ana", password, e.Recovery[3])
	h.want(fault.Invalid, err)

	h.must(h.room.SignOut(t.Context(), session))
	_, err = h.room.Session(t.Context(), session)
	h.want(fault.Forbidden, err)
	h.must(h.room.VerifyAudit(t.Context()))
}

func TestACodeLetsInOnce(t *testing.T) {
	h := open(t)
	e := h.enrol("Ana", account.Moderator)
	for _, one := range []string{code(t, e.TOTPSecret, h.now()), e.Recovery[0]} {
		var in atomic.Int32
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				if _, _, err := h.room.SignIn(t.Context(), "Ana", password, one); err == nil {
					in.Add(1)
				}
			})
		}
		wg.Wait()
		if in.Load() != 1 {
			t.Fatalf("one code let %d in", in.Load())
		}
	}
}

func TestChangePassword(t *testing.T) {
	h := open(t)
	e := h.enrol("Ana", account.Moderator)
	other, _, err := h.room.SignIn(t.Context(), "Ana", password, e.Recovery[0])
	h.must(err)
	_, err = h.room.ChangePassword(t.Context(), e.Staff, e.Session, "wrong wrong wrong wrong", code(t, e.TOTPSecret, h.now()), "three new quiet words")
	h.want(fault.Invalid, err)
	recovery, err := h.room.ChangePassword(t.Context(), e.Staff, e.Session, password, code(t, e.TOTPSecret, h.now()), "three new quiet words")
	h.must(err)
	_, err = h.room.Session(t.Context(), other)
	h.want(fault.Forbidden, err)
	if _, err = h.room.Session(t.Context(), e.Session); err != nil {
		t.Fatal(err)
	}
	_, _, err = h.room.SignIn(t.Context(), "Ana", "three new quiet words", e.Recovery[1])
	h.want(fault.Invalid, err)
	_, _, err = h.room.SignIn(t.Context(), "Ana", "three new quiet words", recovery[0])
	h.must(err)
}

func TestSessionsEnd(t *testing.T) {
	h := open(t)
	e := h.enrol("Ana", account.Moderator)
	for range 10 { // used again and again, it lives on
		h.pass(7 * time.Hour)
		_, err := h.room.Session(t.Context(), e.Session)
		h.must(err)
	}
	h.pass(9 * time.Hour)
	_, err := h.room.Session(t.Context(), e.Session)
	h.want(fault.Forbidden, err)
	h.must(h.room.Tidy(t.Context()))
	if n := h.count("SELECT count(*) FROM staff_sessions"); n != 0 {
		t.Fatalf("%d sessions stay", n)
	}
}

func TestLeadsKeepPeople(t *testing.T) {
	h := open(t)
	lead, ana := h.enrol("Cleo", account.Lead), h.enrol("Ana", account.Moderator)
	h.want(fault.Forbidden, h.room.SetRole(t.Context(), ana.Staff, ana.Staff.ID, account.Lead))
	h.want(fault.Conflict, h.room.SetRole(t.Context(), lead.Staff, lead.Staff.ID, account.Moderator))
	h.want(fault.Conflict, h.room.CloseAccount(t.Context(), lead.Staff, lead.Staff.ID))
	h.must(h.room.SetRole(t.Context(), lead.Staff, ana.Staff.ID, account.Lead))
	if who, err := h.room.Session(t.Context(), ana.Session); err != nil || who.Role != account.Lead {
		t.Fatalf("%+v, %v", who, err)
	}
	p := h.waiting(triage.Routine)
	item := h.reads(ana.Staff, p)
	h.must(h.room.CloseAccount(t.Context(), lead.Staff, ana.Staff.ID))
	_, err := h.room.Session(t.Context(), ana.Session)
	h.want(fault.Forbidden, err)
	_, err = h.decide(ana.Staff, item, approve)
	h.want(fault.Conflict, err)
	_, _, err = h.room.SignIn(t.Context(), "Ana", password, ana.Recovery[0])
	h.want(fault.Invalid, err)
	again := h.enrol("Ana", account.Moderator)
	if again.Staff.ID != ana.Staff.ID || again.Staff.Role != account.Moderator {
		t.Fatalf("%+v", again.Staff)
	}
	people, err := h.room.People(t.Context(), lead.Staff)
	h.must(err)
	if len(people) != 2 {
		t.Fatalf("%+v", people)
	}
	lines, err := h.room.Audit(t.Context(), lead.Staff, 0, 100)
	h.must(err)
	if lines[0].Act != "enrol" || lines[0].Staff != "Ana" || lines[1].Staff != "operator" {
		t.Fatalf("%+v", lines[:2])
	}
}

// What waits for a lead is not settled by somebody who is one no longer.
func TestWhoIsNoLeadAnyMoreGivesBackWhatTheyRead(t *testing.T) {
	h := open(t)
	cleo, dan, ana := h.staff("Cleo", account.Lead), h.staff("Dan", account.Lead), h.staff("Ana", account.Moderator)
	p := h.waiting(triage.Routine)
	h.decides(ana, h.reads(ana, p), moderation.Decision{Act: moderation.Escalate, Words: "This is for you."})
	item := h.reads(dan, p)
	h.must(h.room.SetRole(t.Context(), cleo, dan.ID, account.Moderator))
	dan.Role = account.Moderator
	h.want(fault.Conflict, h.room.Renew(t.Context(), dan, item.ID, item.Token))
	_, err := h.decide(dan, item, approve)
	h.want(fault.Conflict, err)
	h.reads(cleo, p)
}

func TestOwnThreadsAreNeverOffered(t *testing.T) {
	h := open(t)
	ana, ben := h.staff("Ana", account.Lead), h.staff("Ben", account.Moderator)
	p := h.waiting(triage.Now)
	q := h.waiting(triage.Routine)
	item, err := h.room.Next(t.Context(), ana, &p.who)
	h.must(err)
	if item.Post != q.id {
		t.Fatal("given a post of their own")
	}
	h.must(h.room.Release(t.Context(), ana, item.ID, item.Token))
	page, err := h.room.List(t.Context(), ana, moderation.Filter{Lane: triage.Now})
	h.must(err)
	_, mine := h.room.Claim(t.Context(), ana, page.Items[0].ID, &p.who)
	h.want(fault.Conflict, mine)
	taken := h.reads(ben, p)
	_, busy := h.room.Claim(t.Context(), ana, taken.ID, &q.who)
	if busy == nil || busy.Error() != mine.Error() {
		t.Fatalf("own %v and taken %v can be told apart", mine, busy)
	}
	if n := h.count("SELECT count(*) FROM queue_skips"); n != 0 {
		t.Fatal("the comparison left a trace")
	}
	h.must(h.room.Pass(t.Context(), ben, taken.ID, taken.Token))
	h.decides(ben, h.reads(ben, q), approve)
	at := replyTo(h, q, p.who)
	if item, err := h.room.Next(t.Context(), ana, &q.who); err != nil || item.Post != p.id {
		t.Fatalf("%+v, %v", item, err)
	}
	h.must(h.room.EndShift(t.Context(), ana, ""))
	if item, err := h.room.Next(t.Context(), ana, &p.who); err != nil || item != nil {
		t.Fatalf("%+v, %v", item, err)
	}
	h.reads(ben, at)
}

func TestLimitsAreASoftStop(t *testing.T) {
	h := open(t)
	ana := h.staff("Ana", account.Moderator)
	reads := func(lane triage.Lane) (*moderation.Item, error) {
		item, err := h.room.Next(t.Context(), ana, nil)
		if item != nil && item.Lane != lane {
			t.Fatalf("lane %s, want %s", item.Lane, lane)
		}
		return item, err
	}
	finish := func(i *moderation.Item) {
		h.decides(ana, i, approve)
		h.pass(time.Minute)
	}
	for range 12 {
		h.waiting(triage.Soon)
	}
	for range 3 {
		i, err := reads(triage.Soon)
		h.must(err)
		finish(i)
	}
	_, err := reads(triage.Soon)
	h.want(fault.TooMany, err)
	h.waiting(triage.Routine)
	i, err := reads(triage.Routine)
	h.must(err)
	finish(i)
	i, err = reads(triage.Soon)
	h.must(err)

	h.pass(9 * time.Minute)
	for range 12 {
		h.must(h.room.Renew(t.Context(), ana, i.ID, i.Token))
		h.pass(9 * time.Minute)
	}
	rest, err := h.room.Rest(t.Context(), ana)
	h.must(err)
	if rest == nil || rest.Why != moderation.RestSitting {
		t.Fatalf("%+v", rest)
	}
	if again, err := reads(triage.Soon); err != nil || again.ID != i.ID {
		t.Fatalf("stopped in the middle of a decision: %v", err)
	}
	h.decides(ana, i, approve)
	_, err = reads(triage.Soon)
	h.want(fault.TooMany, err)
	h.pass(31 * time.Minute)
	i, err = reads(triage.Soon)
	h.must(err)
	h.must(h.room.Release(t.Context(), ana, i.ID, i.Token))

	ana.Limits.WeekMinutes = 60
	_, err = reads(triage.Soon)
	h.want(fault.TooMany, err)
	h.pass(8 * 24 * time.Hour)
	_, err = reads(triage.Soon)
	h.must(err)
	h.want(fault.Invalid, h.room.SetLimits(t.Context(), ana, moderation.Limits{SittingMinutes: 121, WeekMinutes: 60, HeavyInARow: 1, HeavyPerShift: 1}))
	h.must(h.room.SetLimits(t.Context(), ana, moderation.Limits{SittingMinutes: 60, WeekMinutes: 60, HeavyInARow: 1, HeavyPerShift: 1}))
}

// Ending a shift and beginning at once is one sitting: only a break of half an
// hour sets the limits back. Who chooses an item is held to them as well.
func TestEndingAShiftIsNoBreak(t *testing.T) {
	h := open(t)
	ana := h.staff("Ana", account.Moderator)
	for range 3 {
		h.decides(ana, h.reads(ana, h.waiting(triage.Soon)), approve)
	}
	p := h.waiting(triage.Soon)
	item := h.reads(h.staff("Ben", account.Moderator), p)
	h.pass(11 * time.Minute) // he does not go on
	h.must(h.room.EndShift(t.Context(), ana, ""))
	h.pass(10 * time.Minute)
	_, err := h.room.Next(t.Context(), ana, nil)
	h.want(fault.TooMany, err)
	_, err = h.room.Claim(t.Context(), ana, item.ID, nil)
	h.want(fault.TooMany, err)
	light := h.waiting(triage.Routine)
	h.decides(ana, h.reads(ana, light), approve)
	if n := h.count("SELECT sum(seconds) FROM shift_days WHERE staff_id = $1", ana.ID); n != 11*60 {
		t.Fatalf("%d seconds count towards the week", n)
	}
	item, err = h.room.Claim(t.Context(), ana, item.ID, nil)
	h.must(err)
	h.decides(ana, item, approve)

	ana.Limits.SittingMinutes = 20
	h.must(h.room.EndShift(t.Context(), ana, ""))
	q := h.waiting(triage.Care)
	_, err = h.room.Next(t.Context(), ana, nil)
	h.want(fault.TooMany, err)
	if rest, err := h.room.Rest(t.Context(), ana); err != nil || rest == nil || !rest.Until.Round(time.Second).Equal(h.now().Add(30*time.Minute).Round(time.Second)) {
		t.Fatalf("%+v, %v", rest, err)
	}
	h.pass(31 * time.Minute)
	h.reads(ana, q)
}

func TestShiftsAndNotes(t *testing.T) {
	h := open(t)
	ana := h.staff("Ana", account.Moderator)
	wait, err := h.room.Wait(t.Context(), triage.Routine)
	h.must(err)
	if !wait.Nobody || !strings.Contains(wait.Sentence, "No volunteer is reading") {
		t.Fatalf("%+v", wait)
	}
	for range 12 {
		p := h.waiting(triage.Routine)
		h.pass(5 * time.Hour)
		h.decides(ana, h.reads(ana, p), approve)
	}
	if wait, err = h.room.Wait(t.Context(), triage.Routine); err != nil || wait.Nobody || !strings.Contains(wait.Sentence, "5 hours") {
		t.Fatalf("%+v, %v", wait, err)
	}
	h.waiting(triage.Routine)
	h.pass(20 * time.Hour)
	h.must(h.room.StartShift(t.Context(), ana))
	if wait, err = h.room.Wait(t.Context(), triage.Routine); err != nil || !strings.Contains(wait.Sentence, "20 hours") {
		t.Fatalf("the oldest waits for 20 hours, but: %+v, %v", wait, err)
	}
	item := h.next(ana)
	h.must(h.room.EndShift(t.Context(), ana, "Quiet today."))
	if n, err := h.room.OnShift(t.Context()); err != nil || n != 0 {
		t.Fatalf("%d on shift, %v", n, err)
	}
	_, err = h.decide(ana, item, approve)
	h.want(fault.Conflict, err)
	notes, err := h.room.Handovers(t.Context())
	h.must(err)
	if len(notes) != 1 || notes[0].Words != "Quiet today." || notes[0].Name != "Ana" {
		t.Fatalf("%+v", notes)
	}
	h.pass(3 * 24 * time.Hour)
	h.must(h.room.Tidy(t.Context()))
	if n := h.count("SELECT (SELECT count(*) FROM shifts) + (SELECT count(*) FROM handovers)"); n != 0 {
		t.Fatalf("%d rows of shifts stay", n)
	}
}

func TestAuditShowsWhatWasChanged(t *testing.T) {
	for name, query := range map[string]string{
		"changed":   "UPDATE audit SET act = 'approve' WHERE seq = 2",
		"taken out": "DELETE FROM audit WHERE seq = 2",
		"cut off":   "DELETE FROM audit WHERE seq >= (SELECT max(audit_seq) FROM decisions)",
		"another":   "UPDATE audit SET staff = 'somebody' WHERE act = 'decline'",
	} {
		h := open(t)
		ana := h.staff("Ana", account.Moderator)
		for range 3 {
			h.decides(ana, h.reads(ana, h.waiting(triage.Routine)), decline)
		}
		h.must(h.room.VerifyAudit(t.Context()))
		h.must(h.db.InTx(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			_, err := tx.Exec(ctx, query)
			return err
		}))
		if err := h.room.VerifyAudit(t.Context()); !fault.Is(err, fault.Internal) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestLookingBackIsRecorded(t *testing.T) {
	h := open(t)
	ana := h.staff("Ana", account.Moderator)
	p := h.waiting(triage.Routine)
	h.decides(ana, h.reads(ana, p), approve)
	at := replyTo(h, p, p.who)
	h.pass(time.Second) // two of one moment come in any order
	other := replyTo(h, p, identity.NewSecret())
	item := h.reads(ana, at)
	posts, err := h.room.LookBack(t.Context(), ana, item.ID, item.Token)
	h.must(err)
	if len(posts) != 1 || posts[0].Post != p.id {
		t.Fatalf("%+v", posts)
	}
	if n := h.count("SELECT count(*) FROM audit WHERE act = 'look-back' AND item = $1 AND staff = $2", item.ID, ana.ID); n != 1 {
		t.Fatalf("%d records", n)
	}
	_, err = h.room.LookBack(t.Context(), ana, item.ID, "stale")
	h.want(fault.Conflict, err)
	h.decides(ana, item, approve)
	if item := h.reads(ana, other); len(item.ThreadNow) != 2 {
		t.Fatalf("the thread so far has %d posts", len(item.ThreadNow))
	}
}
