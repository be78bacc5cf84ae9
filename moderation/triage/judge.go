package triage

// How far a guard looks, in words.
const (
	denialReach  = 5
	subjectReach = 12
	pastBefore   = 14
	pastAfter    = 10
	saidReach    = 7
	usedTo       = 4
)

// verdict is what the guards make of a hit.
type verdict struct {
	drop    bool
	lower   int // lanes to go down
	routine bool
}

// comfort tells whether a text comforts somebody else, as those do who have
// been there themselves and write about it.
type comfort struct{ given, self, others int }

func (c *comfort) count(all []marks) {
	for _, m := range all {
		c.given += one(m&markSupport != 0)
		c.self += one(m&markSelf != 0)
		c.others += one(m&markYou != 0)
	}
}

// addressed reports whether the text comforts and is more about "you" than "I".
func (c comfort) addressed() bool { return c.given > 0 && c.others > 2 && c.others > c.self }

// judge puts a hit through the guards of its entry.
func (p *passage) judge(h hit, g guards, c comfort) verdict {
	var v verdict
	if g&guardDenial != 0 && p.denied(h) || g&guardOthers != 0 && p.others(h) {
		v.drop = true
		return v
	}
	past := p.past(h)
	if g&guardPast != 0 && past {
		v.lower++
	}
	if g&guardSupport != 0 && (c.given > 0 && (past || p.near(h, markWas, 2, 0) || p.within(h, markWas)) || c.addressed()) {
		v.lower++
	}
	if g&guardFiction != 0 && p.near(h, markFiction, subjectReach, subjectReach) {
		v.lower += 2
	}
	if g&guardJoke != 0 && p.near(h, markJoke, subjectReach, subjectReach) {
		v.lower++
	}
	v.routine = g&guardQuote != 0 && p.quoted(h)
	return v
}

// denied looks for "not" or "never" shortly before, in the same clause. A new
// "I" in between begins another thought: "I don't want help I want to …".
func (p *passage) denied(h hit) bool {
	for i := h.start - 1; i >= 0 && i >= h.start-denialReach; i-- {
		if p.tokens[i+1].mark&(afterSentence|afterClause) != 0 {
			return false
		}
		if p.marks[i]&markDenial != 0 {
			return true
		}
		if p.marks[i]&markSelf != 0 {
			return false
		}
	}
	return false
}

// others reports whether the nearest subject before the hit is somebody else.
// Words of the hit itself that name the author settle it.
func (p *passage) others(h hit) bool {
	if p.within(h, markSelf) {
		return false
	}
	for i := h.start - 1; i >= 0 && i >= h.start-subjectReach; i-- {
		if p.tokens[i+1].mark&afterSentence != 0 {
			return false
		}
		if p.marks[i]&(markSelf|markOthers) != 0 {
			return p.marks[i]&markOthers != 0
		}
	}
	return false
}

// past reports whether the sentence is about a time that is over. "Used to"
// right before settles it.
func (p *passage) past(h hit) bool {
	return p.near(h, markPast, usedTo, 0) || p.near(h, markPast, pastBefore, pastAfter) && !p.near(h, markStill, pastBefore, pastAfter)
}

// within reports whether a word of the hit bears a mark.
func (p *passage) within(h hit, m marks) bool {
	for i := h.start; i <= h.end; i++ {
		if p.marks[i]&m != 0 {
			return true
		}
	}
	return false
}

// near looks for a mark in the same sentence, some words before and after.
func (p *passage) near(h hit, m marks, before, after int32) bool {
	for i := h.start; i >= 0 && i >= h.start-before; i-- {
		if p.marks[i]&m != 0 {
			return true
		}
		if p.tokens[i].mark&afterSentence != 0 {
			break
		}
	}
	last := min(h.end+after, int32(len(p.tokens)-1))
	for i := h.start + 1; i <= last; i++ {
		if p.tokens[i].mark&afterSentence != 0 {
			break
		}
		if p.marks[i]&m != 0 {
			return true
		}
	}
	return false
}

// quoted reports whether the words are somebody else's: in quotation marks,
// unless the author is said to have spoken them.
func (p *passage) quoted(h hit) bool {
	if p.tokens[h.start].mark&quoted == 0 {
		return false
	}
	i := h.start
	for i > 0 && p.tokens[i-1].mark&quoted != 0 {
		i--
	}
	for back := i - 1; back >= 0 && back >= i-saidReach; back-- {
		if p.marks[back]&markSaid != 0 {
			return false
		}
	}
	return true
}
