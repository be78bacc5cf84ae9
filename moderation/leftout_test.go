package moderation_test

import (
	"database/sql"
	"slices"
	"testing"

	"beenthere/forum/db"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/moderation/triage"
)

// However the strands of a lane are wound, a reader gets what they have not
// left out in the order of the lane, whenever who left out what.
func TestLeavingOutKeepsTheOrder(t *testing.T) {
	h := open(t)
	ana, ben := h.staff("Ana", account.Moderator), h.staff("Ben", account.Moderator)
	ben.Limits = tireless
	h.fill(200, "'routine'")
	h.must(h.room.SetOptOuts(t.Context(), ana, []string{"topic:grief"})) // so that ben's line is wound of two strands
	h.must(h.room.SetOptOuts(t.Context(), ben, []string{"note:eating", "note:suicide"}))
	late := h.submit("grief", "suicide")
	late.arrive(triage.Routine)
	if n := h.count("SELECT count(DISTINCT left_out) FROM queue"); n != 5 { // nothing, grief, eating, both, and the late one
		t.Fatalf("%d sets", n)
	}
	rows, err := h.db.Query(t.Context(), `SELECT id FROM queue i WHERE NOT EXISTS (SELECT 1 FROM queue_subjects s WHERE s.item_id = i.id AND s.subject LIKE 'note:%')
		ORDER BY rank_ms, weight DESC, since_ms LIMIT 60`)
	want, err := db.All(rows, err, func(rows *sql.Rows) (id moderation.ItemID, err error) { return id, rows.Scan(&id) })
	h.must(err)
	var got []moderation.ItemID
	for range want {
		item := h.next(ben)
		got = append(got, item.ID)
		h.decides(ben, item, approve)
	}
	if !slices.Equal(got, want) {
		t.Fatalf("got %v\nwant %v", got, want)
	}
	h.must(h.room.SetOptOuts(t.Context(), ben, nil))
	h.must(h.room.SetOptOuts(t.Context(), ana, []string{"note:eating"}))
	if n := h.count("SELECT count(*) FROM queue WHERE state = 'open'"); n != 141 {
		t.Fatalf("%d are left", n)
	}
	for range 141 {
		h.decides(ben, h.next(ben), approve)
	}
}

// A post of two subjects, each of which one of two readers leaves out, is read
// by nobody, and the leads are told so.
func TestCoverageIsAskedPerPost(t *testing.T) {
	h := open(t)
	ana, ben, cleo := h.staff("Ana", account.Moderator), h.staff("Ben", account.Moderator), h.staff("Cleo", account.Lead)
	h.must(h.room.SetOptOuts(t.Context(), ana, []string{"topic:grief"}))
	h.must(h.room.SetOptOuts(t.Context(), ben, []string{"note:eating"}))
	h.must(h.room.StartShift(t.Context(), ana))
	h.must(h.room.StartShift(t.Context(), ben))
	gaps := func() []string {
		t.Helper()
		all, err := h.room.CoverageGaps(t.Context(), cleo)
		h.must(err)
		return all
	}
	h.submit("grief").arrive(triage.Routine)
	h.submit("work", "eating").arrive(triage.Routine)
	if all := gaps(); len(all) != 0 {
		t.Fatalf("each is read by somebody, but %v", all)
	}
	h.submit("grief", "eating").arrive(triage.Routine)
	if all := gaps(); !slices.Equal(all, []string{"note:eating", "topic:grief"}) {
		t.Fatalf("nobody is given the third post, but %v", all)
	}
}
