package moderation

import (
	"context"
	"strings"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/moderation/account"
)

// Pair gives somebody who is signed in a new authenticator and new recovery
// codes, after their password: for who left the page that showed the first
// ones, or has a new phone. The old ones open nothing any more, and their other
// sessions end.
func (r *Room) Pair(ctx context.Context, who Staff, cookie, password string) (Enrolment, error) {
	const op = "moderation.Pair"
	s, known, err := r.secretsOf(ctx, who.Name)
	if err != nil {
		return Enrolment{}, err
	}
	right, err := r.checkPassword(ctx, s, known, password)
	if err != nil {
		return Enrolment{}, err
	}
	if !right || s.id != who.ID {
		return Enrolment{}, fieldFault(op, "current", "That is not the password of this account. Please try again.")
	}
	e := Enrolment{Staff: who, Session: cookie}
	if e.TOTPSecret, e.TOTPURI, err = account.NewTOTP(r.site, who.Name); err != nil {
		return Enrolment{}, err
	}
	var hashes []string
	e.Recovery, hashes = account.NewRecovery()
	err = r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		err := must(ctx, tx, op, "UPDATE staff SET totp = $2, totp_step = 0, recovery = $3 WHERE id = $1 AND active = 1 AND password = $4",
			who.ID, e.TOTPSecret, strings.Join(hashes, " "), s.password)
		if fault.Is(err, fault.Conflict) {
			return fieldFault(op, "current", "The password of this account was changed a moment ago. Please try again.")
		}
		if err != nil {
			return err
		}
		if err := put(ctx, tx, op, "DELETE FROM staff_sessions WHERE staff_id = $1 AND hash <> $2", who.ID, account.HashToken(cookie)); err != nil {
			return err
		}
		_, err = r.record(ctx, tx, who.ID, "pair", "", "")
		return err
	})
	if err != nil {
		return Enrolment{}, err
	}
	return e, nil
}
