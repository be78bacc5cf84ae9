package moderation

import (
	"context"
	"database/sql"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
)

// Thank passes an author's thanks on to whoever read their post last, once.
func (r *Room) Thank(ctx context.Context, own forum.Own) error {
	const op = "moderation.Thank"
	told, err := r.Told(ctx, own)
	if err != nil {
		return err
	}
	return r.forum.InTx(ctx, func(ctx context.Context, tx *db.Tx) error {
		err := must(ctx, tx, op, "UPDATE decisions SET thanked = 1 WHERE id = $1 AND thanked = 0", told.decision)
		if fault.Is(err, fault.Conflict) {
			return fault.New(fault.Conflict, op, "Your thanks have been passed on already, or nobody has read this yet.")
		}
		if err != nil {
			return err
		}
		readers, err := readersOf(ctx, tx, "id = $1", told.decision)
		for _, reader := range readers {
			if err == nil {
				err = r.giveBack(ctx, tx, reader, "thanks", "")
			}
		}
		return err
	})
}

func (r *Room) giveBack(ctx context.Context, tx *db.Tx, to StaffID, what string, thread forum.ThreadID) error {
	return put(ctx, tx, "moderation.giveBack", "INSERT INTO thanks (id, staff_id, what, thread_id, day) VALUES ($1, $2, $3, $4, $5)",
		identity.NewID(), to, what, thread, r.today())
}

// tellReaders lets those who read a thread's author know how it went on, when
// a "later on" of theirs has been approved.
func (r *Room) tellReaders(ctx context.Context, tx *db.Tx, i row) error {
	rows, err := tx.Query(ctx, `SELECT DISTINCT d.staff_id FROM posts l JOIN posts p ON p.thread_id = l.thread_id AND p.tag = l.tag AND p.id <> l.id
		JOIN decisions d ON d.post_id = p.id WHERE l.id = $1 AND l.kind = 'later' AND d.undone = 0 AND d.act IN ('approve', 'mask')`, i.post)
	readers, err := db.All(rows, err, func(rows *sql.Rows) (id StaffID, err error) { return id, rows.Scan(&id) })
	for _, reader := range readers {
		if err == nil {
			err = r.giveBack(ctx, tx, reader, "later", i.thread)
		}
	}
	return broken("moderation.tellReaders", err)
}

// Back is something that came back to a reader.
type Back struct {
	Words  string         `json:"words"`
	Thread forum.ThreadID `json:"thread"` // where it is told how it went on; "" for thanks
	When   string         `json:"when"`
}

// Thanks gives what came back to a reader in the last sixty days, newest first.
func (r *Room) Thanks(ctx context.Context, who Staff) ([]Back, error) {
	rows, err := r.db.Query(ctx, "SELECT what, thread_id, day FROM thanks WHERE staff_id = $1 ORDER BY day DESC, id LIMIT 20", who.ID)
	back, err := db.All(rows, err, func(rows *sql.Rows) (b Back, err error) {
		var what string
		var day int64
		err = rows.Scan(&what, &b.Thread, &day)
		b.Words, b.When = "Somebody whose words you read says thank you.", forum.When(day, r.today())
		if what == "later" {
			b.Words = "Somebody whose words you read has written how it went on."
		}
		return b, err
	})
	return back, broken("moderation.Thanks", err)
}
