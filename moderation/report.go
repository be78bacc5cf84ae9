package moderation

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/moderation/triage"
)

// ReportReasons are what a reader may choose from.
var ReportReasons = []forum.Label{
	{Slug: "danger", Label: "somebody may be in danger"},
	{Slug: "personal", Label: "it tells who somebody is"},
	{Slug: "hostile", Label: "it is hostile to somebody"},
	{Slug: "method", Label: "it describes how to hurt oneself"},
	{Slug: "advice", Label: "it gives risky advice"},
	{Slug: "contact", Label: "it asks for contact, sells or recruits"},
	{Slug: "other", Label: "something else"},
}

// mostReports bounds what is kept about one post. One report is enough to have
// it read, and no number of them does more.
const mostReports = 20

// ReportLine is a report as a moderator sees it.
type ReportLine struct {
	Reason string `json:"reason"`
	Words  string `json:"words"`
}

// reasonLane is how soon a report is looked at.
func reasonLane(reason string) triage.Lane {
	if reason == "danger" || reason == "personal" {
		return triage.Now
	}
	return triage.Care
}

// Report has a public post looked at again, once however many reports arrive.
// It hides nothing, so that no crowd can silence somebody.
func (r *Room) Report(ctx context.Context, post forum.PostID, reason, words string) error {
	const op = "moderation.Report"
	words, wrong := tidyWords(words)
	if wrong != "" {
		return fieldFault(op, "text", wrong)
	}
	if !slices.ContainsFunc(ReportReasons, func(l forum.Label) bool { return l.Slug == reason }) {
		return fieldFault(op, "reason", "Please choose what this is about.")
	}
	found, err := r.beforeReport(ctx, post)
	if err != nil {
		return err
	}
	return r.change(ctx, func(ctx context.Context, tx *db.Tx) error {
		revision, err := publicRevision(ctx, tx, post)
		if err != nil {
			return err
		}
		if err := put(ctx, tx, op, `INSERT INTO reports (id, post_id, reason, words, day) SELECT $1, $2, $3, $4, CAST($5 AS BIGINT)
			WHERE (SELECT count(*) FROM reports WHERE post_id = $2 AND closed = '') < $6`,
			identity.NewID(), post, reason, words, r.today(), mostReports); err != nil {
			return err
		}
		return r.lookAt(ctx, tx, post, revision, reasonLane(reason), found)
	})
}

// beforeReport reads a post ahead of its first report; the further ones open
// no item.
func (r *Room) beforeReport(ctx context.Context, post forum.PostID) (rescanned, error) {
	revision, err := publicRevision(ctx, r.db, post)
	if err != nil {
		return rescanned{}, err
	}
	_, open, err := itemRow(ctx, r.db, "WHERE i.post_id = $1 AND "+live, post)
	if err != nil || open {
		return rescanned{}, err
	}
	return r.ahead(ctx, post, revision)
}

func publicRevision(ctx context.Context, rd db.Reader, post forum.PostID) (n int, err error) {
	err = rd.QueryRow(ctx, "SELECT public_rev FROM public_posts WHERE id = $1", post).Scan(&n)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, fault.New(fault.NotFound, "moderation.Report", "This post is no longer here.")
	}
	return n, broken("moderation.Report", err)
}

// lookAt raises the open item of a reported post, or opens one.
func (r *Room) lookAt(ctx context.Context, tx *db.Tx, post forum.PostID, revision int, lane triage.Lane, found rescanned) error {
	i, ok, err := itemRow(ctx, tx, "WHERE i.post_id = $1 AND "+live, post)
	if err != nil {
		return err
	}
	if !ok {
		_, err := r.again(ctx, tx, Reported, post, revision, lane, "", found)
		return err
	}
	return r.raise(ctx, tx, i, lane)
}

// raiseReported raises the open item of a post to the lane that its unanswered
// reports ask for, after they were opened again.
func (r *Room) raiseReported(ctx context.Context, tx *db.Tx, post forum.PostID) error {
	lane, reported, err := reportedLane(ctx, tx, post)
	if err != nil || !reported {
		return err
	}
	i, ok, err := itemRow(ctx, tx, "WHERE i.post_id = $1 AND "+live, post)
	if err != nil || !ok { // a change that has not arrived yet inherits the lane
		return err
	}
	return r.raise(ctx, tx, i, lane)
}

// raise moves an open item to a lane in which it is read sooner.
func (r *Room) raise(ctx context.Context, tx *db.Tx, i row, lane triage.Lane) error {
	if triage.Higher(lane, i.lane) == i.lane {
		return nil
	}
	hours, err := hoursOf(ctx, tx)
	if err != nil {
		return err
	}
	lookMs, dueMs := hours.clock(lane, r.nowMs())
	tx.After(func() { r.announce(Reported, lane) })
	return must(ctx, tx, "moderation.raise", `UPDATE queue SET lane = $2, rank_ms = $3, look_ms = $4, due_ms = $5, alerted = 0 WHERE id = $1 AND state = 'open'`,
		i.id, lane, rank(lane, i.since, true), min(i.look, lookMs), min(i.due, dueMs))
}

// answerReports closes the reports that a decision has answered. A change that
// was not put up leaves the reported wording public, so that is read next.
func (r *Room) answerReports(ctx context.Context, tx *db.Tx, i row, decision string, status forum.State) error {
	if i.kind == Edit && status != forum.Approved {
		return r.readReports(ctx, tx, i.post)
	}
	return put(ctx, tx, "moderation.answerReports", "UPDATE reports SET closed = $2 WHERE post_id = $1 AND closed = ''", i.post, decision)
}

// readReports opens an item for a public post that has unanswered reports and
// no item.
func (r *Room) readReports(ctx context.Context, tx *db.Tx, post forum.PostID) error {
	lane, reported, err := reportedLane(ctx, tx, post)
	if err != nil || !reported {
		return err
	}
	revision, err := publicRevision(ctx, tx, post)
	if fault.Is(err, fault.NotFound) { // it left the public: there is nothing to read
		return put(ctx, tx, "moderation.readReports", "DELETE FROM reports WHERE post_id = $1", post)
	}
	if err != nil {
		return err
	}
	return r.lookAt(ctx, tx, post, revision, lane, rescanned{})
}

// reportedLane gives the soonest lane that the unanswered reports of a post ask for.
func reportedLane(ctx context.Context, rd db.Reader, post forum.PostID) (lane triage.Lane, reported bool, err error) {
	reports, err := reportsOf(ctx, rd, post)
	lane = triage.Routine
	for _, report := range reports {
		lane = triage.Higher(lane, reasonLane(report.Reason))
	}
	return lane, len(reports) > 0, err
}

func reportsOf(ctx context.Context, rd db.Reader, post forum.PostID) ([]ReportLine, error) {
	rows, err := rd.Query(ctx, "SELECT reason, words FROM reports WHERE post_id = $1 AND closed = '' ORDER BY day, id", post)
	reports, err := db.All(rows, err, func(rows *sql.Rows) (l ReportLine, err error) { return l, rows.Scan(&l.Reason, &l.Words) })
	return reports, broken("moderation.reportsOf", err)
}
