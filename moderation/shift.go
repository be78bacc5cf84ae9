package moderation

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/identity"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// idle is how long somebody may be quiet before their shift counts as over,
// and how long a break has to be.
const idle = 30 * time.Minute

// shift is a reader's present sitting. It begins with the first thing they do
// at the desk.
type shift struct {
	began, seen int64
	heavy, run  int
}

// StartShift begins a shift. Asking for the next item does the same.
func (r *Room) StartShift(ctx context.Context, who Staff) error {
	if err := may("moderation.StartShift", who, account.OwnSettings); err != nil {
		return err
	}
	return r.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, _, err := r.sit(ctx, tx, who, r.now())
		return err
	})
}

// Shift tells since when somebody is at the desk, in words, "" when they are
// not or were quiet for too long.
func (r *Room) Shift(ctx context.Context, who Staff) (since string, err error) {
	now := r.now()
	var began int64
	err = r.db.QueryRow(ctx, "SELECT began_ms FROM shifts WHERE staff_id = $1 AND ended = 0 AND seen_ms > $2", who.ID, now.Add(-idle).UnixMilli()).Scan(&began)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return inWords(now.Sub(time.UnixMilli(began))), broken("moderation.Shift", err)
}

// EndShift ends a shift and gives back what its reader holds. A note, if there
// is one, is left like LeaveNote does.
func (r *Room) EndShift(ctx context.Context, who Staff, note string) error {
	const op = "moderation.EndShift"
	return r.withNote(ctx, op, who, note, func(ctx context.Context, tx *db.Tx) error {
		if _, _, err := r.sit(ctx, tx, who, r.now()); err != nil {
			return err
		}
		if err := put(ctx, tx, op, "UPDATE shifts SET ended = 1 WHERE staff_id = $1", who.ID); err != nil {
			return err
		}
		return put(ctx, tx, op, "UPDATE queue SET claim_staff = '', claim_token = '', claim_until_ms = 0 WHERE claim_staff = $1 AND claim_staff <> '' AND state = 'open'", who.ID)
	})
}

// LeaveNote leaves a note for those who come after, for two days: after a heavy
// post, or whenever something should not be carried alone.
func (r *Room) LeaveNote(ctx context.Context, who Staff, note string) error {
	return r.withNote(ctx, "moderation.LeaveNote", who, note, func(context.Context, *db.Tx) error { return nil })
}

func (r *Room) withNote(ctx context.Context, op string, who Staff, note string, do func(context.Context, *db.Tx) error) error {
	if err := may(op, who, account.OwnSettings); err != nil {
		return err
	}
	note, wrong := tidyWords(note)
	if wrong != "" {
		return fieldFault(op, "note", wrong)
	}
	return r.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := do(ctx, tx); err != nil || note == "" {
			return err
		}
		return put(ctx, tx, op, "INSERT INTO handovers (id, staff_id, words, day) VALUES ($1, $2, $3, $4)", identity.NewID(), who.ID, note, r.today())
	})
}

// Handover is a note from one shift to the next.
type Handover struct {
	Name  string `json:"name"`
	Words string `json:"words"`
	When  string `json:"when"`
}

// Handovers gives the notes of the last two days, newest day first.
func (r *Room) Handovers(ctx context.Context) ([]Handover, error) {
	rows, err := r.db.Query(ctx, `SELECT s.name, h.words, h.day FROM handovers h JOIN staff s ON s.id = h.staff_id
		WHERE h.day > $1 ORDER BY h.day DESC, h.id`, r.today()-2)
	notes, err := db.All(rows, err, func(rows *sql.Rows) (h Handover, err error) {
		var day int64
		err = rows.Scan(&h.Name, &h.Words, &day)
		h.When = forum.When(day, r.today())
		return h, err
	})
	return notes, broken("moderation.Handovers", err)
}

// sit notes that somebody is at the desk now. rest is what keeps them from a
// further item, nil when nothing does; it then leaves the shift as it was.
func (r *Room) sit(ctx context.Context, tx *db.Tx, who Staff, now time.Time) (shift, *Rest, error) {
	const op = "moderation.sit"
	s, err := sitting(ctx, tx, who.ID, now)
	if err != nil {
		return s, nil, err
	}
	rest, err := r.restFrom(ctx, tx, who, s, now)
	if err != nil {
		return s, nil, err
	}
	nowMs := now.UnixMilli()
	if err := put(ctx, tx, op, `INSERT INTO shift_days (staff_id, day, seconds) VALUES ($1, $2, $3)
		ON CONFLICT (staff_id, day) DO UPDATE SET seconds = shift_days.seconds + excluded.seconds`,
		who.ID, forum.Day(now), (nowMs-s.seen)/1000); err != nil {
		return s, nil, err
	}
	s.seen = nowMs
	return s, rest, put(ctx, tx, op, `INSERT INTO shifts (staff_id, began_ms, seen_ms, heavy, run) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (staff_id) DO UPDATE SET began_ms = excluded.began_ms, seen_ms = excluded.seen_ms, ended = 0, heavy = excluded.heavy, run = excluded.run`,
		who.ID, s.began, s.seen, s.heavy, s.run)
}

// sitting reads the shift that lasts, or a new one that begins now.
func sitting(ctx context.Context, rd db.Reader, who StaffID, now time.Time) (shift, error) {
	var s shift
	err := rd.QueryRow(ctx, "SELECT began_ms, seen_ms, heavy, run FROM shifts WHERE staff_id = $1 AND ended = 0 AND seen_ms > $2",
		who, now.Add(-idle).UnixMilli()).Scan(&s.began, &s.seen, &s.heavy, &s.run)
	if errors.Is(err, sql.ErrNoRows) {
		return shift{began: now.UnixMilli(), seen: now.UnixMilli()}, nil
	}
	return s, broken("moderation.sitting", err)
}

// isHeavy tells which lanes count towards a reader's limit of heavy items.
func isHeavy(lane triage.Lane) bool { return lane == triage.Now || lane == triage.Soon }

// countHeavy counts a dispatch towards the limits of its reader.
func countHeavy(ctx context.Context, tx *db.Tx, who Staff, lane triage.Lane) error {
	query := "UPDATE shifts SET run = 0 WHERE staff_id = $1"
	if isHeavy(lane) {
		query = "UPDATE shifts SET run = run + 1, heavy = heavy + 1 WHERE staff_id = $1"
	}
	return put(ctx, tx, "moderation.countHeavy", query, who.ID)
}

// OnShift tells how many people are at the desk at this moment.
func (r *Room) OnShift(ctx context.Context) (n int, err error) {
	return seenSince(ctx, r.db, r.now().Add(-idle), true)
}

// seenSince counts those who were at the desk since then.
func seenSince(ctx context.Context, rd db.Reader, since time.Time, still bool) (n int, err error) {
	err = rd.QueryRow(ctx, `SELECT count(*) FROM shifts h JOIN staff s ON s.id = h.staff_id
		WHERE s.active = 1 AND s.role <> 'welcomer' AND h.seen_ms > $1 AND (h.ended = 0 OR $2 = 0)`, since.UnixMilli(), bit(still)).Scan(&n)
	return n, broken("moderation.seenSince", err)
}
