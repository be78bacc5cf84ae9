package moderation

import (
	"context"
	"database/sql"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/moderation/account"
)

func mayKeepPeople(op string, who Staff) error { return may(op, who, account.ChangeRoles) }

// Member is somebody of the staff as the leads see them. It holds no figures:
// nobody is counted here.
type Member struct {
	ID     StaffID      `json:"id"`
	Name   string       `json:"name"`
	Role   account.Role `json:"role"`
	Active bool         `json:"active"`
}

// People lists the staff.
func (r *Room) People(ctx context.Context, who Staff) ([]Member, error) {
	const op = "moderation.People"
	if err := mayKeepPeople(op, who); err != nil {
		return nil, err
	}
	rows, err := r.db.Query(ctx, "SELECT id, name, role, active FROM staff ORDER BY active DESC, name_key")
	people, err := db.All(rows, err, func(rows *sql.Rows) (m Member, err error) {
		return m, rows.Scan(&m.ID, &m.Name, &m.Role, &m.Active)
	})
	return people, broken(op, err)
}

// SetRole changes what somebody may do, from their next request on. The last
// lead stays one. Who becomes a welcomer gives back what they were reading.
func (r *Room) SetRole(ctx context.Context, by Staff, id StaffID, role account.Role) error {
	const op = "moderation.SetRole"
	if _, known := account.ParseRole(string(role)); !known {
		return fieldFault(op, "role", "Please choose welcomer, moderator or lead.")
	}
	return r.person(ctx, op, by, id, "set-role", string(role), func(ctx context.Context, tx *db.Tx) error {
		if err := must(ctx, tx, op, "UPDATE staff SET role = $2 WHERE id = $1 AND active = 1", id, role); err != nil || role != account.Welcomer {
			return err
		}
		return endSessions(ctx, tx, id)
	})
}

// CloseAccount ends somebody's account, sessions and claims. What they decided
// stays. An invitation for the same name opens it again.
func (r *Room) CloseAccount(ctx context.Context, by Staff, id StaffID) error {
	const op = "moderation.CloseAccount"
	return r.person(ctx, op, by, id, "close-account", "", func(ctx context.Context, tx *db.Tx) error {
		if err := must(ctx, tx, op, "UPDATE staff SET active = 0, password = '', totp = '', recovery = '' WHERE id = $1 AND active = 1", id); err != nil {
			return err
		}
		return endSessions(ctx, tx, id)
	})
}

// EndSessions signs somebody out everywhere.
func (r *Room) EndSessions(ctx context.Context, by Staff, id StaffID) error {
	return r.person(ctx, "moderation.EndSessions", by, id, "end-sessions", "", func(ctx context.Context, tx *db.Tx) error {
		return endSessions(ctx, tx, id)
	})
}

func endSessions(ctx context.Context, tx *db.Tx, id StaffID) error {
	const op = "moderation.endSessions"
	if err := put(ctx, tx, op, "DELETE FROM staff_sessions WHERE staff_id = $1", id); err != nil {
		return err
	}
	return put(ctx, tx, op, "UPDATE queue SET claim_staff = '', claim_token = '', claim_until_ms = 0 WHERE claim_staff = $1 AND claim_staff <> '' AND state = 'open'", id)
}

// person makes a change to one member of staff, records it, and keeps at least
// one lead.
func (r *Room) person(ctx context.Context, op string, by Staff, id StaffID, act, rule string, do func(context.Context, *db.Tx) error) error {
	if err := mayKeepPeople(op, by); err != nil {
		return err
	}
	return r.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := do(ctx, tx); err != nil {
			return err
		}
		var leads int
		if err := tx.QueryRow(ctx, "SELECT count(*) FROM staff WHERE role = 'lead' AND active = 1").Scan(&leads); err != nil {
			return broken(op, err)
		}
		if leads == 0 {
			return fault.New(fault.Conflict, op, "This is the last lead. Please make somebody else a lead first.")
		}
		_, err := r.record(ctx, tx, by.ID, act, string(id), rule)
		return err
	})
}
