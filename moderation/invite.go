package moderation

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/sanitize"
	"beenthere/moderation/account"
)

// inviteFor is how long an invitation link works, once.
const inviteFor = 7 * 24 * time.Hour

// Invite makes a link's token for a new member of staff, or for one whose
// account was closed, who then begins with a new password and authenticator.
// by is zero for the operator's command. An older link for the name ends.
func (r *Room) Invite(ctx context.Context, by Staff, name string, role account.Role) (token string, err error) {
	const op = "moderation.Invite"
	if by.ID != "" {
		if err := may(op, by, account.Invite); err != nil {
			return "", err
		}
	}
	name = sanitize.Line(name)
	if n := len([]rune(name)); n < 2 || n > 40 {
		return "", fieldFault(op, "name", "Please give a name of 2 to 40 letters.")
	}
	if _, known := account.ParseRole(string(role)); !known {
		return "", fieldFault(op, "role", "Please choose welcomer, moderator or lead.")
	}
	token, hash := account.NewToken()
	err = r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		var there int
		if err := tx.QueryRow(ctx, "SELECT count(*) FROM staff WHERE name_key = $1 AND active = 1", nameKey(name)).Scan(&there); err != nil {
			return broken(op, err)
		}
		if there > 0 {
			return fieldFault(op, "name", "Somebody with this name is here already.")
		}
		if err := endInvitations(ctx, tx, name); err != nil {
			return err
		}
		if err := put(ctx, tx, op, "INSERT INTO invitations (hash, name, role, expires_ms) VALUES ($1, $2, $3, $4)",
			hash, name, role, r.now().Add(inviteFor).UnixMilli()); err != nil {
			return err
		}
		_, err := r.record(ctx, tx, by.ID, "invite", "", string(role))
		return err
	})
	return token, err
}

// endInvitations ends older links for a name, however it was written.
func endInvitations(ctx context.Context, tx *db.Tx, name string) error {
	const op = "moderation.endInvitations"
	rows, err := tx.Query(ctx, "SELECT name FROM invitations")
	names, err := db.All(rows, err, scanText)
	if err != nil {
		return broken(op, err)
	}
	for _, older := range names {
		if nameKey(older) != nameKey(name) {
			continue
		}
		if err := put(ctx, tx, op, "DELETE FROM invitations WHERE name = $1", older); err != nil {
			return err
		}
	}
	return nil
}

func nameKey(name string) string { return strings.ToLower(sanitize.Line(name)) }

// Enrolment is shown once, right after an invitation was accepted: the secret
// for the authenticator app and the recovery codes are kept nowhere in this form.
type Enrolment struct {
	Staff      Staff
	TOTPSecret string
	TOTPURI    string
	Recovery   []string
	Session    string // the value of the session cookie
}

// Invited tells for whom a link is, for the page that asks for a password. A
// link that was used, is over or never was is NotFound.
func (r *Room) Invited(ctx context.Context, token string) (name string, err error) {
	const op = "moderation.Invited"
	err = r.db.QueryRow(ctx, "SELECT name FROM invitations WHERE hash = $1 AND expires_ms > $2", account.HashToken(token), r.nowMs()).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fault.New(fault.NotFound, op, "This invitation has been used or is over. Please ask for a new one.")
	}
	return name, broken(op, err)
}

// AcceptInvite makes the account, signs its owner in, and ends the link. A
// password that may not be chosen leaves the link as it is.
func (r *Room) AcceptInvite(ctx context.Context, token, password string) (Enrolment, error) {
	const op = "moderation.AcceptInvite"
	name, err := r.Invited(ctx, token)
	if err != nil {
		return Enrolment{}, err
	}
	encoded, err := r.hasher.Hash(ctx, password)
	if err != nil {
		return Enrolment{}, err
	}
	var e Enrolment
	if e.TOTPSecret, e.TOTPURI, err = account.NewTOTP(r.site, name); err != nil {
		return Enrolment{}, err
	}
	var hashes []string
	e.Recovery, hashes = account.NewRecovery()
	err = r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		var role account.Role
		if err := tx.QueryRow(ctx, "DELETE FROM invitations WHERE hash = $1 AND expires_ms > $2 RETURNING role", account.HashToken(token), r.nowMs()).Scan(&role); err != nil {
			return fault.New(fault.NotFound, op, "This invitation has been used or is over. Please ask for a new one.")
		}
		id, err := r.enrol(ctx, tx, name, role, encoded, e.TOTPSecret, hashes)
		if err != nil {
			return err
		}
		e.Session, e.Staff, err = r.letIn(ctx, tx, id, "enrol")
		return err
	})
	if err != nil {
		return Enrolment{}, err
	}
	return e, nil
}

// enrol inserts an account, or opens a closed one again with new secrets.
func (r *Room) enrol(ctx context.Context, tx *db.Tx, name string, role account.Role, password, totp string, recovery []string) (id StaffID, err error) {
	const op = "moderation.enrol"
	err = tx.QueryRow(ctx, `INSERT INTO staff (id, name, name_key, role, password, totp, recovery, sitting_minutes, week_minutes, heavy_in_a_row, heavy_per_shift)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (name_key) DO UPDATE SET role = excluded.role, password = excluded.password, totp = excluded.totp, totp_step = 0,
			recovery = excluded.recovery, active = 1 WHERE staff.active = 0 RETURNING id`,
		identity.NewID(), name, nameKey(name), role, password, totp, strings.Join(recovery, " "),
		SiteLimits.SittingMinutes, SiteLimits.WeekMinutes, SiteLimits.HeavyInARow, SiteLimits.HeavyPerShift).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fault.New(fault.Conflict, op, "Somebody with this name is here already.")
	}
	return id, broken(op, err)
}

// NeedsLead tells whether nobody could invite anybody yet, so that the program
// makes the first link at its start.
func (r *Room) NeedsLead(ctx context.Context) bool {
	var leads int
	err := r.db.QueryRow(ctx, "SELECT count(*) FROM staff WHERE role = 'lead' AND active = 1").Scan(&leads)
	return err == nil && leads == 0
}
