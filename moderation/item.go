package moderation

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/sanitize"
	"beenthere/moderation/triage"
)

// ItemKind says why a revision is read.
type ItemKind string

// The kinds of items. A report leaves its revision public while it is read.
const (
	First    ItemKind = "first"
	Edit     ItemKind = "edit"
	Reported ItemKind = "report"
	Appealed ItemKind = "appeal"
	Reopened ItemKind = "reopened"
)

// Needs says whom an item waits for, when not anybody will do.
type Needs string

// What an item may need.
const (
	NeedsAnybody Needs = ""
	NeedsSecond  Needs = "second" // another person, who does not see the first verdict
	NeedsLead    Needs = "lead"
)

// Item is everything that the desk shows of a claimed item.
type Item struct {
	ID        ItemID          `json:"item"`
	Token     Token           `json:"token"`
	Kind      ItemKind        `json:"kind"`
	Lane      triage.Lane     `json:"lane"`
	Post      forum.PostID    `json:"post"`
	Revision  int             `json:"revision"`
	Thread    forum.ThreadID  `json:"thread"`
	PostKind  forum.Kind      `json:"post_kind"`
	Topic     string          `json:"topic"`
	Wants     string          `json:"wants"`
	FirstTime bool            `json:"first_time"` // of an opening post: its author says that they write here for the first time
	Name      string          `json:"name"`       // the author's, in this thread
	Signals   []triage.Signal `json:"signals"`
	Title     string          `json:"title"`
	Clean     sanitize.Clean  `json:"html"`
	Text      string          `json:"text"` // of Clean; signals count its bytes
	Raw       sanitize.Raw    `json:"-"`    // for the form that suggests or masks
	Notes     []string        `json:"notes"`
	Length    int             `json:"length"`
	Veiled    bool            `json:"veiled"` // to be opened by a press, as it may be heavy
	Waited    string          `json:"waited"` // in words
	FirstLook time.Time       `json:"first_look"`
	Due       time.Time       `json:"due"`
	Lease     time.Time       `json:"lease"` // when the claim ends unless it is renewed
	Earlier   []Wording       `json:"earlier"`
	Decisions []Past          `json:"decisions"`
	ThreadNow []forum.Card    `json:"-"` // the public posts of the thread
	Reports   []ReportLine    `json:"reports"`
	Appeal    string          `json:"appeal"`
	Note      string          `json:"note"` // from who handed it on
	Needs     Needs           `json:"needs"`
	Verdicts  []Verdict       `json:"verdicts"` // only for a lead who settles a disagreement
	Alone     bool            `json:"alone"`    // one person may decide, with a written reason
	HadPart   bool            `json:"had_part"` // the reader judged it before, so that the reason must be there
}

// Wording is an earlier revision of the post, for a diff.
type Wording struct {
	Revision int         `json:"revision"`
	State    forum.State `json:"state"`
	By       forum.By    `json:"by"`
	Title    string      `json:"title"`
	Text     string      `json:"text"`
}

// Past is an earlier decision about the post.
type Past struct {
	ID        string   `json:"decision"`
	Day       int64    `json:"day"`
	Revision  int      `json:"revision"`
	Kind      ItemKind `json:"kind"`
	Act       Act      `json:"act"`
	Rule      string   `json:"rule"`
	RuleTitle string   `json:"rule_title"` // as it was called on its day
	RuleText  string   `json:"rule_text"`
	Words     string   `json:"words"`
}

// Verdict is what one of two readers thought, without a name.
type Verdict struct {
	Act   Act    `json:"act"`
	Rule  string `json:"rule"`
	Words string `json:"words"`
}

// row is an item as the queue holds it.
type row struct {
	id        ItemID
	post      forum.PostID
	revision  int
	thread    forum.ThreadID
	kind      ItemKind
	lane      triage.Lane
	signals   string
	length    int
	since     int64
	look, due int64
	state     string
	staff     StaffID
	token     Token
	until     int64
	needs     Needs
	note      string
	appeal    string
	decision  string
	decided   int64
	tellAfter int64
	knewRev   int // the newest wording that the author knew of when it was decided, and the one that was up
	knewUp    int
}

const rowColumns = `SELECT i.id, i.post_id, i.revision, i.thread_id, i.kind, i.lane, i.signals, i.length, i.since_ms, i.look_ms, i.due_ms,
	i.state, i.claim_staff, i.claim_token, i.claim_until_ms, i.needs, i.note, i.appeal, i.decision_id, i.decided_ms, i.tell_after_ms, i.knew_rev, i.knew_up FROM queue i `

// live is true for an open item whose revision is still to be read.
const live = `i.state = 'open' AND EXISTS (SELECT 1 FROM revisions v WHERE v.post_id = i.post_id AND v.n = i.revision AND (
		(i.kind <> 'report' AND v.state = 'waiting')
		OR (i.kind = 'report' AND v.state = 'approved' AND EXISTS (SELECT 1 FROM posts p WHERE p.id = i.post_id AND p.public_rev = i.revision AND p.withdrawn = 0))))`

func scanRow(rows interface{ Scan(...any) error }) (i row, err error) {
	err = rows.Scan(&i.id, &i.post, &i.revision, &i.thread, &i.kind, &i.lane, &i.signals, &i.length, &i.since, &i.look, &i.due,
		&i.state, &i.staff, &i.token, &i.until, &i.needs, &i.note, &i.appeal, &i.decision, &i.decided, &i.tellAfter, &i.knewRev, &i.knewUp)
	return i, err
}

// itemRow reads one item; ok is false when there is none.
func itemRow(ctx context.Context, r db.Reader, where string, args ...any) (i row, ok bool, err error) {
	i, err = scanRow(r.QueryRow(ctx, rowColumns+where, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return i, false, nil
	}
	return i, err == nil, broken("moderation.item", err)
}

// held reads the item that who holds with this token, alive and of this
// revision. Everything else is a Conflict: somebody was faster, the lease is
// over, or the author has changed or withdrawn it.
func held(ctx context.Context, r db.Reader, who Staff, item ItemID, token Token, nowMs int64) (row, error) {
	i, ok, err := itemRow(ctx, r, "WHERE i.id = $1 AND i.claim_staff = $2 AND i.claim_token = $3 AND i.claim_until_ms > $4 AND "+live,
		item, who.ID, token, nowMs)
	if err == nil && (!ok || token == "") {
		return i, moved("moderation.held")
	}
	return i, err
}

func writeSignals(signals []triage.Signal) (string, error) {
	if len(signals) == 0 {
		return "[]", nil
	}
	text, err := json.Marshal(signals)
	return string(text), err
}

func readSignals(text string) (signals []triage.Signal, err error) {
	return signals, json.Unmarshal([]byte(text), &signals)
}
