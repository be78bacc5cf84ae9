package moderation

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/moderation/account"
)

// nobody's authenticator, so that an unknown name costs the same work.
const nobodysTOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

// secrets are what a sign-in is checked against.
type secrets struct {
	id       StaffID
	password string
	totp     string
	step     int64
	recovery string
}

// asRead makes sure that password $3 and authenticator $4, which took a while to
// check, are still the ones of an open account.
const asRead = "active = 1 AND password = $3 AND totp = $4"

// SignIn begins a session. code is from the authenticator app, each good once,
// or one of the recovery codes. An unknown name, a wrong password and a wrong
// code give the same answer after the same work; the doors limit how often
// somebody may try.
func (r *Room) SignIn(ctx context.Context, name, password, code string) (session string, who Staff, err error) {
	const op = "moderation.SignIn"
	s, known, err := r.secretsOf(ctx, name)
	if err != nil {
		return "", Staff{}, err
	}
	right, err := r.checkPassword(ctx, s, known, password)
	if err != nil {
		return "", Staff{}, err
	}
	step, byApp := account.CheckTOTP(s.totp, code, r.now(), s.step)
	left, byRecovery := account.UseRecovery(code, strings.Fields(s.recovery))
	if !known || !right || (!byApp && !byRecovery) {
		return "", Staff{}, notIn(op)
	}
	err = r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		how := "sign-in"
		if byApp {
			err = must(ctx, tx, op, "UPDATE staff SET totp_step = $2 WHERE id = $1 AND totp_step < $2 AND "+asRead, s.id, step, s.password, s.totp)
		} else {
			how = "sign-in-by-recovery"
			err = must(ctx, tx, op, "UPDATE staff SET recovery = $2 WHERE id = $1 AND recovery = $5 AND "+asRead, s.id, strings.Join(left, " "), s.password, s.totp, s.recovery)
		}
		if fault.Is(err, fault.Conflict) {
			return notIn(op) // the code was used a moment ago, or another password or authenticator set
		}
		if err != nil {
			return err
		}
		session, who, err = r.letIn(ctx, tx, s.id, how)
		return err
	})
	if err != nil {
		return "", Staff{}, err
	}
	return session, who, nil
}

// letIn begins a session and records how its owner came in.
func (r *Room) letIn(ctx context.Context, tx *db.Tx, id StaffID, how string) (session string, who Staff, err error) {
	if who, err = staffBy(ctx, tx, "s.id = $1", id); err != nil {
		return "", Staff{}, err
	}
	if session, err = r.beginSession(ctx, tx, id); err != nil {
		return "", Staff{}, err
	}
	_, err = r.record(ctx, tx, id, how, "", "")
	return session, who, err
}

// notIn says the same beside the same field, whatever was wrong.
func notIn(op string) error {
	return &fault.Error{Kind: fault.Invalid, Op: op, Tell: "You are not signed in yet.",
		Fields: map[string]string{"name": "Name, password and code do not go together. Please look at the name, and type the password and a fresh code."}}
}

func (r *Room) secretsOf(ctx context.Context, name string) (s secrets, known bool, err error) {
	err = r.db.QueryRow(ctx, "SELECT id, password, totp, totp_step, recovery FROM staff WHERE name_key = $1 AND active = 1", nameKey(name)).
		Scan(&s.id, &s.password, &s.totp, &s.step, &s.recovery)
	if errors.Is(err, sql.ErrNoRows) {
		return secrets{totp: nobodysTOTP}, false, nil
	}
	return s, err == nil, broken("moderation.SignIn", err)
}

func (r *Room) checkPassword(ctx context.Context, s secrets, known bool, password string) (bool, error) {
	if !known {
		return false, r.hasher.VerifyNobody(ctx, password)
	}
	return r.hasher.Verify(ctx, password, s.password)
}

// ChangePassword gives a reader a new password, after the old one and a code,
// and ends their other sessions. It gives the new recovery codes.
func (r *Room) ChangePassword(ctx context.Context, who Staff, cookie, old, code, password string) (recovery []string, err error) {
	const op = "moderation.ChangePassword"
	s, known, err := r.secretsOf(ctx, who.Name)
	if err != nil {
		return nil, err
	}
	right, err := r.checkPassword(ctx, s, known, old)
	if err != nil {
		return nil, err
	}
	step, ok := account.CheckTOTP(s.totp, code, r.now(), s.step)
	if !right || !ok || s.id != who.ID {
		return nil, &fault.Error{Kind: fault.Invalid, Op: op, Tell: "Your password is as it was.",
			Fields: map[string]string{"old": "This password and the code do not go together. Please type both again, with a fresh code."}}
	}
	encoded, err := r.hasher.Hash(ctx, password)
	if err != nil {
		return nil, err
	}
	recovery, hashes := account.NewRecovery()
	return recovery, r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := must(ctx, tx, op, "UPDATE staff SET password = $2, totp_step = $5, recovery = $6 WHERE id = $1 AND totp_step < $5 AND "+asRead,
			who.ID, encoded, s.password, s.totp, step, strings.Join(hashes, " ")); err != nil {
			return err
		}
		if err := put(ctx, tx, op, "DELETE FROM staff_sessions WHERE staff_id = $1 AND hash <> $2", who.ID, account.HashToken(cookie)); err != nil {
			return err
		}
		_, err := r.record(ctx, tx, who.ID, "password", "", "")
		return err
	})
}
