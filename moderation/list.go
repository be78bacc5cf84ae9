package moderation

import (
	"context"
	"database/sql"
	"slices"
	"strconv"
	"strings"
	"time"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// ListState narrows the list of what waits.
type ListState string

// The states of the list.
const (
	ListAll     ListState = ""
	ListFree    ListState = "free"
	ListClaimed ListState = "claimed"
	ListOverdue ListState = "overdue"
	ListSecond  ListState = "second"
	ListLead    ListState = "lead"
)

// Filter narrows the list; a zero field does not.
type Filter struct {
	Lane  triage.Lane
	Topic string
	State ListState
	Older time.Duration // waiting for at least this long
	After string        // ListPage.Next of the page before
}

// Listed is an item as the list shows it: nothing that somebody wrote.
type Listed struct {
	ID      ItemID      `json:"item"`
	Kind    ItemKind    `json:"kind"`
	Lane    triage.Lane `json:"lane"`
	Topic   string      `json:"topic"`
	Signals []string    `json:"signals"` // their kinds
	Length  int         `json:"length"`
	Waited  string      `json:"waited"`
	Overdue bool        `json:"overdue"`
	Claimed bool        `json:"claimed"`
	Needs   Needs       `json:"needs"`
	Others  bool        `json:"for_others"` // who asks had a part in it, so that somebody else reads it
	since   int64
}

// ListPage is one page, the longest waiting first.
type ListPage struct {
	Items []Listed `json:"items"`
	Next  string   `json:"next"` // "" at the end
}

// listSize is how many items a page holds.
const listSize = 50

// List shows what waits, for leads: others are given one item at a time.
func (r *Room) List(ctx context.Context, who Staff, f Filter) (ListPage, error) {
	const op = "moderation.List"
	if err := may(op, who, account.SeeList); err != nil {
		return ListPage{}, err
	}
	nowMs := r.nowMs()
	q := &conditions{where: []string{live, "(i.needs <> 'lead' OR $2 = 'lead')"}, args: []any{who.ID, who.Role, nowMs, nowMs - dayMs}}
	if err := f.narrow(q, nowMs); err != nil {
		return ListPage{}, err
	}
	rows, err := r.db.Query(ctx, `SELECT i.id, i.kind, i.lane, i.topic, i.signals, i.length, i.since_ms, i.due_ms, i.claim_until_ms, i.needs, `+forOthers+` FROM queue i WHERE `+
		strings.Join(q.where, " AND ")+` ORDER BY i.since_ms, i.id LIMIT `+strconv.Itoa(listSize+1), q.args...)
	items, err := db.All(rows, err, func(rows *sql.Rows) (Listed, error) { return scanListed(rows, r.now()) })
	if err != nil {
		return ListPage{}, broken(op, err)
	}
	page := ListPage{Items: items}
	if len(items) > listSize {
		page.Items = items[:listSize]
		last := items[listSize-1]
		page.Next = strconv.FormatInt(last.since, 10) + "." + string(last.ID)
	}
	return page, nil
}

// conditions collects a WHERE clause.
type conditions struct {
	where []string
	args  []any
}

// and adds a condition; each ? of it stands for the next argument.
func (q *conditions) and(condition string, args ...any) {
	for _, arg := range args {
		q.args = append(q.args, arg)
		condition = strings.Replace(condition, "?", "$"+strconv.Itoa(len(q.args)), 1)
	}
	q.where = append(q.where, condition)
}

func (f Filter) narrow(q *conditions, nowMs int64) error {
	if f.Lane != "" {
		if !f.Lane.Valid() {
			return unknownFilter()
		}
		q.and("i.lane = ?", f.Lane)
	}
	if f.Topic != "" {
		q.and("i.topic = ?", f.Topic)
	}
	if f.Older > 0 {
		q.and("i.since_ms <= ?", nowMs-f.Older.Milliseconds())
	}
	switch f.State {
	case ListAll:
	case ListFree:
		q.and("i.claim_until_ms <= ?", nowMs)
	case ListClaimed:
		q.and("i.claim_staff <> '' AND i.claim_until_ms > ?", nowMs)
	case ListOverdue:
		q.and("i.due_ms < ?", nowMs)
	case ListSecond, ListLead:
		q.and("i.needs <> '' AND i.needs = ?", f.State)
	default:
		return unknownFilter()
	}
	if f.After == "" {
		return nil
	}
	since, id, _ := strings.Cut(f.After, ".")
	ms, err := strconv.ParseInt(since, 10, 64)
	if err != nil {
		return unknownFilter()
	}
	q.and("(i.since_ms, i.id) > (?, ?)", ms, id)
	return nil
}

func unknownFilter() error {
	return fault.New(fault.Invalid, "moderation.List", "The list cannot be narrowed like this.")
}

func scanListed(rows *sql.Rows, now time.Time) (l Listed, err error) {
	var due, until int64
	var text string
	if err := rows.Scan(&l.ID, &l.Kind, &l.Lane, &l.Topic, &text, &l.Length, &l.since, &due, &until, &l.Needs, &l.Others); err != nil {
		return l, err
	}
	signals, err := readSignals(text)
	for _, s := range signals {
		if !slices.Contains(l.Signals, s.Kind) {
			l.Signals = append(l.Signals, s.Kind)
		}
	}
	nowMs := now.UnixMilli()
	l.Waited = InWords(now.Sub(time.UnixMilli(l.since)))
	l.Overdue, l.Claimed = due < nowMs, until > nowMs
	return l, err
}
