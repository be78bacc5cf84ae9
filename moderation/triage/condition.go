package triage

import "fmt"

// condition says in which posts an entry counts.
type condition uint8

const (
	always        condition = iota
	inReply                 // only in replies
	inOpening               // only in opening posts
	inHeavyThread           // only in replies to an opening post in now or soon
	inSearch                // only in what somebody searches for
)

func parseCondition(text string) (condition, error) {
	c, ok := map[string]condition{"reply": inReply, "opening": inOpening, "heavy-thread": inHeavyThread, "search": inSearch}[text]
	if !ok {
		return 0, fmt.Errorf("there is no condition %q", text)
	}
	return c, nil
}

// holds reports whether the condition is met by a text.
func (c condition) holds(t Text) bool {
	switch c {
	case inReply:
		return t.Reply
	case inOpening:
		return !t.Reply
	case inSearch:
		return false
	case inHeavyThread:
		return t.Reply && (t.OpeningLane == Now || t.OpeningLane == Soon)
	}
	return true
}
