package forum

import (
	"context"
	"database/sql"
	"errors"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// SignedOut tells whether the person behind a session has signed out
// everywhere since it began.
func (f *Forum) SignedOut(ctx context.Context, session identity.Session) (bool, error) {
	value, err := f.revocation(session)
	if err != nil {
		return false, err
	}
	var there int
	err = f.db.QueryRow(ctx, "SELECT 1 FROM revocations WHERE value = $1", value).Scan(&there)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, fault.Wrap(fault.Unavailable, "forum.SignedOut", err)
}

// SignOutEverywhere ends all sessions with this one's number. The phrase stays
// good: coming back with it starts sessions with the next number that is free.
func (f *Forum) SignOutEverywhere(ctx context.Context, session identity.Session) error {
	value, err := f.revocation(session)
	if err != nil {
		return err
	}
	return f.db.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO revocations (value, day) VALUES ($1, $2) ON CONFLICT DO NOTHING", value, f.today())
		return fault.Wrap(fault.Unavailable, "forum.SignOutEverywhere", err)
	})
}

// NewSession begins a session for a phrase that was typed, behind all that
// were signed out. It never tells whether the phrase has been used before.
func (f *Forum) NewSession(ctx context.Context, who identity.Secret) (identity.Session, error) {
	session := identity.Session{Secret: who, IssuedDay: f.today(), SeenDay: f.today()}
	for {
		out, err := f.SignedOut(ctx, session)
		if err != nil || !out {
			return session, err
		}
		session.N++
	}
}

// revocationPepper is the version behind every revocation: with a newer one,
// sessions that were signed out before it came would open again.
const revocationPepper = 1

func (f *Forum) revocation(session identity.Session) (string, error) {
	person, err := f.person(session.Secret, revocationPepper)
	if err != nil {
		return "", err
	}
	return person.Revocation(session.N), nil
}
