package forum

import (
	"fmt"
	"testing"
	"time"

	"beenthere/forum/identity"
)

var noon = time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC)

func found(threads ...ThreadID) map[ThreadID]identity.AuthorTag {
	m := map[ThreadID]identity.AuthorTag{}
	for _, thread := range threads {
		m[thread] = identity.NewTag()
	}
	return m
}

func TestRecallEnds(t *testing.T) {
	for name, c := range map[string]struct {
		after time.Duration
		there bool
	}{
		"at once":                  {0, true},
		"just before the end":      {recallFor - time.Millisecond, true},
		"at the end":               {recallFor, false},
		"a day later":              {24 * time.Hour, false},
		"the clock was set back":   {-time.Minute, false},
		"it fell to another month": {-40 * 24 * time.Hour, false},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRecall()
			r.begin("ana", noon)(found("a", "b"))
			if _, ok := r.find("ana", noon.Add(c.after)); ok != c.there {
				t.Errorf("remembered: %v", ok)
			}
			r.sweep(noon.Add(c.after))
			if left := len(r.kept); (left == 1) != c.there || c.there != (r.size == 3) {
				t.Errorf("%d are left in memory, of size %d", left, r.size)
			}
		})
	}
}

// What was looked for while its person wrote may lack what they wrote.
func TestRecallKeepsNothingOutOfDate(t *testing.T) {
	r := newRecall()
	keep := r.begin("ana", noon)
	r.drop("ana")
	keep(found("a"))
	if _, ok := r.find("ana", noon); ok {
		t.Fatal("kept, although its person wrote meanwhile")
	}
	first, second := r.begin("ana", noon), r.begin("ana", noon)
	second(found("a", "b"))
	first(found("a"))
	if threads, _ := r.find("ana", noon); len(threads) != 2 || r.size != 3 {
		t.Fatalf("an older look overwrites a newer one: %v", threads)
	}
	if _, ok := r.find("ben", noon); ok {
		t.Fatal("somebody else is remembered")
	}
}

func TestRecallIsBounded(t *testing.T) {
	r := newRecall()
	for i := range 3 * mostRecalled {
		r.begin(fmt.Sprint(i), noon.Add(time.Duration(i)))(nil)
		if r.size > mostRecalled || len(r.kept) != r.size {
			t.Fatalf("%d are kept, counted as %d", len(r.kept), r.size)
		}
		if i > 2*mostRecalled && i%1000 != 0 {
			r.drop(fmt.Sprint(i))
		}
	}
	big := make(map[ThreadID]identity.AuthorTag, mostRecalled)
	for i := range mostRecalled {
		big[ThreadID(fmt.Sprint(i))] = ""
	}
	r = newRecall()
	r.begin("ana", noon)(big)
	if _, ok := r.find("ana", noon); ok || r.size != 1 {
		t.Fatalf("more than there is room for is kept: %d", r.size)
	}
}
