package moderation

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/moderation/account"
)

// A session ends after eight quiet hours, and after a week in any case.
const (
	sessionIdle = 8 * time.Hour
	sessionLife = 7 * 24 * time.Hour
	seenEvery   = time.Minute // how exactly the last sign of life is kept
)

// Staff is somebody who is signed in.
type Staff struct {
	ID     StaffID
	Name   string
	Role   account.Role
	Limits Limits
}

// staffBy reads an active member of staff.
func staffBy(ctx context.Context, rd db.Reader, where string, args ...any) (s Staff, err error) {
	err = rd.QueryRow(ctx, `SELECT s.id, s.name, s.role, s.sitting_minutes, s.week_minutes, s.heavy_in_a_row, s.heavy_per_shift
		FROM staff s WHERE s.active = 1 AND `+where, args...).
		Scan(&s.ID, &s.Name, &s.Role, &s.Limits.SittingMinutes, &s.Limits.WeekMinutes, &s.Limits.HeavyInARow, &s.Limits.HeavyPerShift)
	if errors.Is(err, sql.ErrNoRows) {
		return s, fault.New(fault.Forbidden, "moderation.Session", "Please sign in.")
	}
	return s, broken("moderation.Session", err)
}

func (r *Room) beginSession(ctx context.Context, tx *db.Tx, who StaffID) (cookie string, err error) {
	cookie, hash := account.NewToken()
	return cookie, put(ctx, tx, "moderation.beginSession", "INSERT INTO staff_sessions (hash, staff_id, began_ms, seen_ms) VALUES ($1, $2, $3, $3)",
		hash, who, r.nowMs())
}

// Session tells who holds a session cookie, with the role they have now, and
// keeps the session from falling idle. One that ended, or never was, is
// Forbidden.
func (r *Room) Session(ctx context.Context, cookie string) (Staff, error) {
	who, seen, err := r.sessionOf(ctx, cookie)
	nowMs := r.nowMs()
	if err != nil || nowMs-seen < seenEvery.Milliseconds() {
		return who, err
	}
	return who, r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		return put(ctx, tx, "moderation.Session", "UPDATE staff_sessions SET seen_ms = $2 WHERE hash = $1 AND seen_ms < $2", account.HashToken(cookie), nowMs)
	})
}

// Glance is Session for what an open page asks by itself: it says nothing about
// whether anybody still sits before it, so the session goes on to fall idle.
func (r *Room) Glance(ctx context.Context, cookie string) (Staff, error) {
	who, _, err := r.sessionOf(ctx, cookie)
	return who, err
}

func (r *Room) sessionOf(ctx context.Context, cookie string) (who Staff, seen int64, err error) {
	const op = "moderation.Session"
	now := r.now()
	var id StaffID
	err = r.db.QueryRow(ctx, "SELECT staff_id, seen_ms FROM staff_sessions WHERE hash = $1 AND seen_ms > $2 AND began_ms > $3",
		account.HashToken(cookie), now.Add(-sessionIdle).UnixMilli(), now.Add(-sessionLife).UnixMilli()).Scan(&id, &seen)
	if errors.Is(err, sql.ErrNoRows) {
		return who, 0, fault.New(fault.Forbidden, op, "Please sign in.")
	}
	if err != nil {
		return who, 0, broken(op, err)
	}
	who, err = staffBy(ctx, r.db, "s.id = $1", id)
	return who, seen, err
}

// SignOut ends a session. What its owner was reading goes back to the queue.
func (r *Room) SignOut(ctx context.Context, cookie string) error {
	const op = "moderation.SignOut"
	return r.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		hash := account.HashToken(cookie)
		if err := put(ctx, tx, op, `UPDATE queue SET claim_staff = '', claim_token = '', claim_until_ms = 0
			WHERE state = 'open' AND claim_staff <> '' AND claim_staff IN (SELECT staff_id FROM staff_sessions WHERE hash = $1)`, hash); err != nil {
			return err
		}
		return put(ctx, tx, op, "DELETE FROM staff_sessions WHERE hash = $1", hash)
	})
}
