package moderation

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// entry is one row of the audit chain. It holds ids and rules, never words.
type entry struct {
	Seq   int64  `json:"seq"`
	Day   int64  `json:"day"`
	Staff string `json:"staff"`
	Act   string `json:"act"`
	Item  string `json:"item"`
	Rule  string `json:"rule"`
	Prev  string `json:"prev"`
	hash  string
}

// seal vouches for an entry and, through Prev, for all before it. It takes the
// house's key, so that whoever can write to the database alone cannot make
// another chain that holds.
func (r *Room) seal(e entry) (string, error) {
	text, err := json.Marshal(e)
	return r.keys.MAC("audit", string(text)), err
}

// record appends an act to the audit chain and gives its sequence number. staff
// is empty for the operator's command.
func (r *Room) record(ctx context.Context, tx *db.Tx, staff StaffID, act, item, rule string) (int64, error) {
	const op = "moderation.record"
	last, err := lastEntry(ctx, tx)
	if err != nil {
		return 0, err
	}
	e := entry{Seq: last.Seq + 1, Day: r.today(), Staff: string(staff), Act: act, Item: item, Rule: rule, Prev: last.hash}
	if e.hash, err = r.seal(e); err != nil {
		return 0, fault.Wrap(fault.Internal, op, err)
	}
	return e.Seq, put(ctx, tx, op, "INSERT INTO audit (seq, day, staff, act, item, rule, prev, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		e.Seq, e.Day, e.Staff, e.Act, e.Item, e.Rule, e.Prev, e.hash)
}

const entryColumns = "SELECT seq, day, staff, act, item, rule, prev, hash FROM audit "

func scanEntry(rows interface{ Scan(...any) error }) (e entry, err error) {
	return e, rows.Scan(&e.Seq, &e.Day, &e.Staff, &e.Act, &e.Item, &e.Rule, &e.Prev, &e.hash)
}

func lastEntry(ctx context.Context, rd db.Reader) (entry, error) {
	e, err := scanEntry(rd.QueryRow(ctx, entryColumns+"ORDER BY seq DESC LIMIT 1"))
	if errors.Is(err, sql.ErrNoRows) {
		return entry{}, nil
	}
	return e, broken("moderation.lastEntry", err)
}

// VerifyAudit walks the chain for doctor. It finds a row that was changed,
// taken out or put in, and decisions whose row is missing, so that a chain cut
// off at its end shows as well.
func (r *Room) VerifyAudit(ctx context.Context) error {
	const op = "moderation.VerifyAudit"
	before := entry{}
	for {
		rows, err := r.db.Query(ctx, entryColumns+"WHERE seq > $1 ORDER BY seq LIMIT 1000", before.Seq)
		entries, err := db.All(rows, err, func(rows *sql.Rows) (entry, error) { return scanEntry(rows) })
		if err != nil {
			return broken(op, err)
		}
		if len(entries) == 0 {
			return r.verifyDecisions(ctx)
		}
		for _, e := range entries {
			hash, err := r.seal(e)
			if err != nil || e.Seq != before.Seq+1 || e.Prev != before.hash || !identity.Equal(hash, e.hash) {
				return fault.Wrap(fault.Internal, op, fmt.Errorf("the audit log does not hold at number %d", before.Seq+1))
			}
			before = e
		}
	}
}

func (r *Room) verifyDecisions(ctx context.Context) error {
	const op = "moderation.VerifyAudit"
	var missing int
	err := r.db.QueryRow(ctx, `SELECT count(*) FROM decisions d WHERE NOT EXISTS (SELECT 1 FROM audit a
		WHERE a.seq = d.audit_seq AND a.item = d.item_id AND a.act = d.act AND a.rule = d.rule AND a.staff = d.staff_id)`).Scan(&missing)
	if err == nil && missing > 0 {
		return fault.Wrap(fault.Internal, op, fmt.Errorf("%d decisions are missing from the audit log", missing))
	}
	return broken(op, err)
}

// AuditLine is a row of the audit log as the leads see it.
type AuditLine struct {
	Seq   int64  `json:"seq"`
	Day   int64  `json:"day"`
	Staff string `json:"staff"` // a name, or "operator"
	Act   string `json:"act"`
	Item  string `json:"item"`
	Rule  string `json:"rule"`
}

// Audit gives the rows before a sequence number, newest first; 0 begins at the end.
func (r *Room) Audit(ctx context.Context, who Staff, before int64, n int) ([]AuditLine, error) {
	const op = "moderation.Audit"
	if err := mayKeepPeople(op, who); err != nil {
		return nil, err
	}
	rows, err := r.db.Query(ctx, `SELECT a.seq, a.day, COALESCE(s.name, 'operator'), a.act, a.item, a.rule FROM audit a LEFT JOIN staff s ON s.id = a.staff
		WHERE CAST($1 AS BIGINT) = 0 OR a.seq < $1 ORDER BY a.seq DESC LIMIT $2`, before, n)
	lines, err := db.All(rows, err, func(rows *sql.Rows) (l AuditLine, err error) {
		return l, rows.Scan(&l.Seq, &l.Day, &l.Staff, &l.Act, &l.Item, &l.Rule)
	})
	return lines, broken(op, err)
}
