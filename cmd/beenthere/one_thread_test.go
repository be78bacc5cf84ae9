package main

import (
	"net/http"
	"regexp"
	"testing"
	"time"

	"beenthere/workers/bus"
)

// One request writes rows of one thread only, so that copies of the database
// that were made before and after it join nothing. Erase all, now, is the one
// that does not; its page says so. A journey through everything that can be
// sent; what is not sent here fails at the end.
func TestOneThreadPerRequest(t *testing.T) {
	w := newWatch(t)
	maren, jonas := w.moderator(t, "maren", "lead"), w.moderator(t, "jonas", "lead")
	ana, ben := w.visitor(t), w.visitor(t)

	w.page(ana, "/new", 0)

	// up, closed and opened, changed, the change taken back, later on
	first := w.write(ana, "one")
	w.decide(maren, "approve")
	w.send(ana, first.StatusURL+"/thank", fields{}, 1)
	w.send(ana, first.StatusURL+"/thread", fields{"wants": "ideas", "replies": "open"}, 1)
	w.send(ana, first.StatusURL+"/revise", fields{"revision": 1, "title": "One again", "body": "Another wording of one, with more in it."}, 1)
	w.send(ana, first.StatusURL+"/withdraw", fields{"what": "edit"}, 1)
	w.send(ana, first.StatusURL+"/later", fields{"body": "Some time on, and it is a little different."}, 1)
	w.decide(maren, "approve")

	// a wording is suggested and accepted
	second := w.write(ana, "two")
	w.decide(maren, "suggest")
	w.send(ana, second.StatusURL+"/accept", fields{"revision": 2}, 1)

	// declined, appealed, and taken back while somebody reads it
	third := w.write(ana, "three")
	w.decide(maren, "decline")
	w.send(ana, third.StatusURL+"/appeal", fields{"words": "It says nothing about anybody else."}, 1)
	w.next(jonas)
	w.send(ana, third.StatusURL+"/withdraw", fields{"what": "post"}, 1)

	theirs := w.write(ben, "four")
	w.decide(maren, "approve")
	later := w.write(ben, "five")
	w.decide(maren, "approve")
	w.people(ana, ben, theirs, later)
	w.desk(maren, jonas, ben)
	w.leaving(ana, ben, first, second, theirs)
	w.everythingWasSent()
}

// people: replies, reactions, reports and what a reader keeps.
func (w *watch) people(ana, ben *visitor, theirs, later receipt) {
	post := w.public(theirs)
	w.send(ana, "/threads/"+theirs.Thread+"/replies", fields{"body": "The same hook by the door, and a coat on it."}, 1)
	for range 2 { // there, and taken back
		w.send(ana, "/posts/"+w.public(later)+"/reactions", fields{"kind": "with-you"}, 1)
	}
	w.send(ana, "/posts/"+post+"/reactions", fields{"kind": "thank-you"}, 1)
	w.send(w.visitor(w.t), "/posts/"+post+"/reports", fields{"reason": "other", "text": "I am not sure about this one."}, 1)
	w.send(ana, "/preferences", fields{"topics": []string{"sleep"}}, 0)
	w.send(ana, "/preferences/follow", fields{"thread": theirs.Thread}, 0)
	w.send(ana, "/search", fields{"q": "a coat on a hook"}, 0)
	for _, path := range []string{"/", "/threads/" + theirs.Thread, "/mine", "/mine/export", theirs.StatusURL, "/waiting-for-reply"} {
		w.page(ben, path, 0)
	}
}

// desk: what moderators do, from claiming to closing a thread.
func (w *watch) desk(maren, jonas, ben *visitor) {
	w.sanitize()
	i := w.next(maren)
	at := "/desk/items/" + i.Item
	w.page(maren, at, 1)
	for _, act := range []string{"/renew", "/look-back", "/release"} {
		w.send(maren, at+act, fields{"token": i.Token, "revision": i.Revision}, 1)
	}
	w.during(at+"/claim", 1, func() { jonas.post(at+"/claim", fields{}).want(w.t, 200).into(w.t, &i) })
	w.sent[at+"/claim"] = true
	w.send(jonas, at+"/pass", fields{"token": i.Token, "revision": i.Revision}, 1)
	w.decide(maren, "approve")
	r := w.write(ben, "six")
	w.sanitize()
	decided := w.decide(maren, "decline")
	w.send(maren, "/desk/items/"+decided.Item+"/undo", fields{}, 1)
	w.decide(maren, "approve")
	var decision string
	if err := w.database.QueryRow(w.t.Context(), "SELECT id FROM decisions WHERE post_id = $1 AND undone = 0", decided.Post).Scan(&decision); err != nil {
		w.t.Fatal(err)
	}
	w.send(maren, "/desk/decisions/"+decision+"/reopen", fields{"post": decided.Post}, 1)
	w.decide(jonas, "approve")
	w.send(maren, "/desk/threads/"+r.Thread+"/lock", fields{"locked": true}, 1)
	w.send(maren, "/desk/hours", fields{"from": []string{"08:00"}, "to": []string{"20:00"}}, 0)
	for _, act := range []string{"/pause", "/lift", "/exclude"} {
		w.send(maren, "/desk/posts/"+decided.Post+act, fields{"days": 3, "reason": "Written again and again."}, 1)
	}
	for _, path := range []string{"/desk", "/desk/list", "/desk/authors", "/desk/audit", "/desk/figures", "/desk/people"} {
		w.page(maren, path, 0)
	}
}

// leaving: on one device and on all, one post, one thread, everything.
func (w *watch) leaving(ana, ben *visitor, first, second, theirs receipt) {
	w.send(ana, "/mine/phrase", fields{"what": "written"}, 0)
	w.send(ana, "/mine/sign-out", fields{}, 0)
	w.send(ana, "/return", fields{"phrase": first.Phrase}, 0)
	w.send(ana, first.StatusURL+"/let-go", fields{}, 1)
	w.send(ana, second.StatusURL+"/erase", fields{}, 1)
	w.send(ben, "/mine/erase", fields{"how": "quietly"}, 0)
	if n := w.send(ben, "/mine/erase", fields{"how": "now"}, -1); n != 3 {
		w.t.Errorf("erasing all wrote rows of %d threads, want 3: or this test sees nothing", n)
	}
	w.send(ana, "/leave", fields{}, 0)
}

type fields map[string]any

// watch compares the whole database before and after each request. The workers
// stand still meanwhile, and do their work when it is asked for.
type watch struct {
	*crowd
	places places

	sent map[string]bool
}

func newWatch(t *testing.T) *watch {
	at := newClock()
	w := &watch{crowd: &crowd{house: openAt(t, t.TempDir(), at, nil), t: t, clock: at}, places: newPlaces(), sent: map[string]bool{}}
	w.Belts.Stop(t.Context())
	return w
}

// send posts as somebody and gives how many threads it wrote rows of; want is
// that number, or -1 when the caller looks at it.
func (w *watch) send(v *visitor, path string, body fields, want int) int {
	w.t.Helper()
	var a answer
	n := w.during(path, want, func() { a = v.post(path, body) })
	if a.status/100 != 2 {
		w.t.Fatalf("%s answers %d: %.600s", path, a.status, a.body)
	}
	w.sent[path] = true
	return n
}

// page looks at something, which writes nothing but a reader's claim.
func (w *watch) page(v *visitor, path string, want int) {
	w.t.Helper()
	w.during(path, want, func() { v.page(path).want(w.t, http.StatusOK) })
}

// during gives how many threads have other rows after something than before it.
func (w *watch) during(what string, want int, do func()) int {
	w.t.Helper()
	w.clock.pass(time.Minute + 7*time.Millisecond)
	before := takeDump(w.t, w.database)
	do()
	after := takeDump(w.t, w.database)
	w.places.learn(before).learn(after)
	threads := map[string]bool{}
	rows := changed(before, after)
	for _, e := range rows {
		for _, thread := range w.places.threads(e) {
			threads[thread] = true
		}
	}
	if want >= 0 && len(threads) != want {
		w.t.Errorf("%s wrote rows of %d threads, want %d: %v", what, len(threads), want, rows)
	}
	return len(threads)
}

// write sends a story.
func (w *watch) write(v *visitor, words string) (r receipt) {
	w.t.Helper()
	w.during("/threads", 1, func() {
		r = v.write("Number "+words, "This is the story number "+words+", and it is told once.")
	})
	w.sent["/threads"] = true
	return r
}

// next claims whatever is next.
func (w *watch) next(v *visitor) (i item) {
	w.t.Helper()
	w.during("/desk/next", 1, func() { v.post("/desk/next", fields{}).want(w.t, 200).into(w.t, &i) })
	w.sent["/desk/next"] = true
	return i
}

// decide lets the workers work, claims what is next and decides about it.
func (w *watch) decide(v *visitor, decision string) item {
	w.t.Helper()
	w.sanitize()
	i := w.next(v)
	w.send(v, "/desk/items/"+i.Item+"/decide", fields{"token": i.Token, "revision": i.Revision, "decision": decision,
		"reason": rule, "words": aLine, "title": "A gentler title", "body": "A gentler wording of the same night."}, 1)
	return i
}

// sanitize does what the workers would.
func (w *watch) sanitize() {
	w.t.Helper()
	due, err := w.Forum.Unsanitized(w.t.Context(), 100)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, one := range due {
		if err := w.Belts.Sanitizer.Handle(w.t.Context(), bus.Note{Post: string(one.Post), Revision: one.N}); err != nil {
			w.t.Fatal(err)
		}
	}
}

// aboutNoThread are the routes that name no thread, post or item.
var aboutNoThread = regexp.MustCompile(`^/guidelines/|^/desk/(settings|people|guidelines|lexicon|topics|shift|sign-|invite|exclusions)`)

// everythingWasSent fails for routes that no step went through.
func (w *watch) everythingWasSent() {
	w.t.Helper()
	for _, route := range w.Shell.Routes() {
		if route.Method != http.MethodPost || aboutNoThread.MatchString(route.Pattern) {
			continue
		}
		pattern := regexp.MustCompile("^" + regexp.MustCompile(`:\w+`).ReplaceAllString(route.Pattern, "[^/]+") + "$")
		found := false
		for path := range w.sent {
			found = found || pattern.MatchString(path)
		}
		if !found {
			w.t.Errorf("the journey does not go through %s", route.Pattern)
		}
	}
}
