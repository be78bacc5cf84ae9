package main

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"beenthere/forum"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/forum/sanitize"
	"beenthere/moderation"
	"beenthere/moderation/account"
	"beenthere/workers/bus"
)

// Somebody copies the database every hour for weeks and compares the copies:
// which rows came, changed or went in the same hour. From that they guess, for
// everybody in every thread, where else the same person has written. Their
// guesses are no better than chance. The same guessing finds nearly everybody
// where a list of members changes along with the threads, as the second half
// shows: it is not the guessing that is weak.
//
// Chance is what the same guesses get right when it is drawn by lot who wrote
// what, keeping how much each person wrote. The people here do one thing at a
// time, at hours of their own that are independent of each other. Somebody who
// writes in two threads within the same hour is seen to do so in any database
// that holds threads; that lies in what they do and not in the rows.
func TestSnapshotsDoNotLink(t *testing.T) {
	town := newTown(t, 30)
	weeks := 3
	if raceEnabled {
		weeks = 1 // SQLite is ten times slower there
	}
	for range weeks * 7 * 24 {
		town.hour()
	}
	t.Logf("%d acts in %d hours, %d people in threads", town.acts, len(town.hours), len(town.person))
	for name, by := range map[string]func([]string) likeness{"the same hour": bySameHour(town.hours), "shared rows": town.bySharedRow(town.hours)} {
		right, chance, spread := town.guess(by)
		t.Logf("by %s %.1f %% of the guesses are right, by chance %.1f %% ± %.1f", name, 100*right, 100*chance, 100*spread)
		if right > chance+4*spread {
			t.Errorf("comparing copies by %s finds %.1f %%, chance alone %.1f %% ± %.1f", name, 100*right, 100*chance, 100*spread)
		}
	}
	listed, _, _ := town.guess(town.bySharedRow(town.listed))
	t.Logf("with a list of members %.1f %% are right", 100*listed)
	if listed < 0.4 { // more than ten times as many
		t.Errorf("with a list of members only %.1f %% are found: the guessing is too weak to prove anything", 100*listed)
	}
}

// town is people who use the forum, volunteers who read, and somebody with a
// copy of every hour.
type town struct {
	*Program
	t      testing.TB
	clock  *clock
	luck   *rand.Rand
	ana    moderation.Staff
	people []*townsman

	last   dump
	places places
	hours  []sighting
	listed []sighting        // as it would be with a list of members
	now    []string          // who has done something in this hour, for that list
	within map[string]string // by value: the one thread it was ever seen in, "many" for more or none
	person map[string]string // by tag: what the copies must not tell
	acts   int
}

// townsman is a person with what only their own phrase knows.
type townsman struct {
	name string
	who  identity.Secret
	own  []forum.PostID
}

// sighting is what changed within an hour: whose rows, and all values in them.
type sighting struct {
	tags   map[string]bool
	values map[string]bool
}

func newTown(t testing.TB, people int) *town {
	t.Helper()
	flags := serveFlags{Listen: "127.0.0.1:0", Limits: "off", Site: "Beenthere"}
	flags.Data = t.TempDir()
	flags.Database = databaseOf(t, flags.Data)
	w := &town{t: t, clock: newClock(), luck: rand.New(rand.NewPCG(7, 11)), places: newPlaces(), within: map[string]string{}, person: map[string]string{}}
	var err error
	if w.Program, err = Open(t.Context(), flags, logger(&log{}, slog.LevelWarn), w.clock.now); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Stop(context.Background()) })
	for i := range people {
		w.people = append(w.people, &townsman{name: fmt.Sprintf("person %02d of the town", i), who: identity.NewSecret()})
	}
	w.ana = w.staff()
	w.last = takeDump(t, w.database)
	return w
}

// staff gives a volunteer who never tires.
func (w *town) staff() moderation.Staff {
	token, err := w.Invite(w.t.Context(), "ana", string(account.Lead))
	w.must(err)
	enrolled, err := w.Room.AcceptInvite(w.t.Context(), token, "a long enough sentence for ana")
	w.must(err)
	ana, err := w.Room.Session(w.t.Context(), enrolled.Session)
	w.must(err)
	ana.Limits = moderation.Limits{SittingMinutes: 1 << 20, WeekMinutes: 1 << 20, HeavyInARow: 1 << 20, HeavyPerShift: 1 << 20}
	return ana
}

func (w *town) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// hour lets some people do one thing each, a volunteer read now and then, and
// takes a copy at its end.
func (w *town) hour() {
	w.clock.pass(time.Hour)
	for _, p := range w.people {
		if w.luck.Float64() < 0.014 {
			w.clock.pass(time.Second)
			w.act(p)
			w.now = append(w.now, p.name)
		}
	}
	acted := len(w.now) > 0
	if w.luck.Float64() < 0.2 {
		w.read()
		acted = true
	}
	if acted { // otherwise this copy is the one before
		w.copy()
	}
}

// act is one thing that a person does: most write, some come back to it.
func (w *town) act(p *townsman) {
	ctx := w.t.Context()
	w.acts++
	at := forum.Place{Thread: forum.ThreadID(identity.NewID()), Post: forum.PostID(identity.NewID())}
	words := sanitize.Raw(fmt.Sprintf("What was told here at hour %d, and once only.", w.acts))
	others, err := w.Forum.Threads(ctx, "", "")
	w.must(err)
	what := w.luck.IntN(20)
	switch {
	case what < 6 || len(others) == 0 || len(p.own) == 0:
		_, err = w.Forum.Submit(ctx, p.who, at, forum.Draft{Topic: "grief-and-loss", Title: fmt.Sprintf("Hour %d", w.acts), Body: words})
		p.own = append(p.own, at.Post)
	case what < 11:
		at.Thread = others[w.luck.IntN(len(others))].Thread
		_, err = w.Forum.Reply(ctx, p.who, at, false, forum.Draft{Body: words})
		p.own = append(p.own, at.Post)
	case what < 14:
		_, err = w.Forum.React(ctx, p.who, others[w.luck.IntN(len(others))].Post, "been-there")
	case what < 15:
		session, failed := w.Forum.NewSession(ctx, p.who)
		w.must(failed)
		err = w.Forum.SignOutEverywhere(ctx, session)
	default:
		err = w.again(p, p.own[w.luck.IntN(len(p.own))], what, words)
	}
	if err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Invalid) {
		w.t.Fatal(err)
	}
}

// again comes back to something that was written before.
func (w *town) again(p *townsman, post forum.PostID, what int, words sanitize.Raw) error {
	ctx := w.t.Context()
	own, err := w.Forum.Own(ctx, p.who, post)
	if err != nil {
		return err
	}
	switch {
	case own.Last().State == forum.Offered:
		return w.Forum.Accept(ctx, p.who, post, own.Last().N)
	case own.Last().State == forum.Declined:
		return w.Room.Appeal(ctx, own, "Please look at it once more.")
	case what < 17:
		_, err = w.Forum.Revise(ctx, p.who, post, own.Last().N, forum.Draft{Title: own.Last().Title, Body: words})
	case what < 18:
		err = w.Forum.Withdraw(ctx, p.who, post)
	case what < 19: // erasing all quietly is this, thread by thread
		posts, failed := w.Forum.MyPosts(ctx, p.who, own.Thread)
		w.must(failed)
		err = w.Forum.EraseThread(ctx, p.who, own.Thread, posts)
	default:
		err = w.Forum.LetGo(ctx, p.who, own.Thread)
	}
	return err
}

// read lets a volunteer decide about everything that waits.
func (w *town) read() {
	ctx := w.t.Context()
	due, err := w.Forum.Unsanitized(ctx, 1000)
	w.must(err)
	for _, one := range due {
		w.must(w.Belts.Sanitizer.Handle(ctx, bus.Note{Post: string(one.Post), Revision: one.N}))
	}
	for {
		item, err := w.Room.Next(ctx, w.ana, nil)
		w.must(err)
		if item == nil {
			break
		}
		d := moderation.Decision{Token: item.Token, Revision: item.Revision, Act: moderation.Approve, Reason: "Nobody else reads here."}
		if luck := w.luck.IntN(10); luck > 7 {
			d.Act, d.Rule, d.Words = []moderation.Act{moderation.Return, moderation.Decline}[luck-8], rule, aLine
		}
		w.clock.pass(time.Second)
		_, err = w.Room.Decide(ctx, w.ana, item.ID, d)
		w.must(err)
	}
	w.must(w.Room.Tidy(ctx))
	w.must(w.Forum.Tidy(ctx, moderation.OpenPosts))
}

// copy is what the onlooker does every hour: take a dump and keep what differs.
func (w *town) copy() {
	after := takeDump(w.t, w.database)
	rows := changed(w.last, after)
	w.places.learn(w.last).learn(after)
	w.last = after
	w.truth(after)
	if len(rows) == 0 {
		return
	}
	seen := sighting{tags: map[string]bool{}, values: map[string]bool{}}
	for _, e := range rows {
		tag := w.places.who(e)
		if w.person[tag] != "" {
			seen.tags[tag] = true
		}
		threads := w.places.threads(e)
		for i, value := range e.values {
			if !e.namesNobody(i) {
				seen.values[value] = true
				w.place(value, threads)
			}
		}
	}
	w.hours = append(w.hours, seen)
	listed := sighting{tags: seen.tags, values: map[string]bool{}}
	for value := range seen.values {
		listed.values[value] = true
	}
	for _, name := range w.now {
		listed.values[name] = true
		w.place(name, nil)
	}
	w.listed, w.now = append(w.listed, listed), nil
}

// place notes where a value was seen. One that stays within a thread joins
// nothing to it.
func (w *town) place(value string, threads []string) {
	switch {
	case len(threads) != 1, w.within[value] != "" && w.within[value] != threads[0]:
		w.within[value] = "many"
	default:
		w.within[value] = threads[0]
	}
}

// truth notes whose each new tag is. The onlooker never sees it.
func (w *town) truth(d dump) {
	threads := map[string]bool{}
	for _, e := range d {
		if e.table == "participants" && w.person[e.values[1]] == "" {
			threads[e.values[0]] = true
		}
	}
	if len(threads) == 0 {
		return
	}
	for _, p := range w.people {
		person, err := w.keys.Person(p.who, 1)
		w.must(err)
		for thread := range threads {
			if tag := string(person.Tag(thread)); w.places.tag[tag] == tag {
				w.person[tag] = p.name
			}
		}
	}
}

// guess names for each tag one in another thread, and gives how many of these
// pairs are one person's. chance and spread are the mean and the deviation of
// that figure when the names are dealt out anew.
func (w *town) guess(by func(tags []string) likeness) (right, chance, spread float64) {
	tags := slices.Sorted(maps.Keys(w.person))
	w.luck.Shuffle(len(tags), func(i, j int) { tags[i], tags[j] = tags[j], tags[i] }) // ties tell nothing
	alike := by(tags)
	partner, names := make([]int, len(tags)), make([]string, len(tags))
	for i := range tags {
		partner[i], names[i] = -1, w.person[tags[i]]
		most := 0.0
		for j := range tags {
			if got := alike(i, j); got > most && w.places.thread[tags[i]] != w.places.thread[tags[j]] {
				partner[i], most = j, got
			}
		}
	}
	right = share(names, partner)
	const lots = 400
	var sum, squares float64
	for range lots {
		w.luck.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		got := share(names, partner)
		sum, squares = sum+got, squares+got*got
	}
	chance = sum / lots
	return right, chance, math.Sqrt(squares/lots - chance*chance)
}

func share(names []string, partner []int) float64 {
	same := 0
	for i, j := range partner {
		if j >= 0 && names[i] == names[j] {
			same++
		}
	}
	return float64(same) / float64(len(names))
}

// likeness says how much two tags, by their places in a list, have in common.
type likeness func(i, j int) float64

// bySameHour counts the hours in which both changed; one in which few others
// did says more.
func bySameHour(hours []sighting) func(tags []string) likeness {
	return func(tags []string) likeness {
		together := map[[2]string]float64{}
		for _, hour := range hours {
			for one := range hour.tags {
				for other := range hour.tags {
					together[[2]string{one, other}] += 1 / float64(len(hour.tags))
				}
			}
		}
		return func(i, j int) float64 { return together[[2]string{tags[i], tags[j]}] }
	}
}

// bySharedRow looks for what changes along with a tag and belongs to no one
// thread, as the row of a member would, and puts together the tags that have
// the same. A value that changes rarely, and alone, says more.
func (w *town) bySharedRow(hours []sighting) func(tags []string) likeness {
	often, beside := map[string]int{}, make([]int, len(hours))
	for h, hour := range hours {
		for value := range hour.values {
			if w.within[value] == "many" {
				often[value]++
				beside[h]++
			}
		}
	}
	strength := map[string]map[string]float64{} // by tag and value
	for h, hour := range hours {
		for tag := range hour.tags {
			weight := 1.0
			if strength[tag] == nil { // its first hour, in which its person surely did something
				strength[tag], weight = map[string]float64{}, 4
			}
			for value := range hour.values {
				if n := often[value]; n > 1 {
					strength[tag][value] += weight * math.Log(float64(len(hours))/float64(n)) / float64(beside[h])
				}
			}
		}
	}
	return func(tags []string) likeness {
		best := make([]string, len(tags))
		for i, tag := range tags {
			for value, much := range strength[tag] {
				if much > strength[tag][best[i]] || much == strength[tag][best[i]] && value < best[i] {
					best[i] = value
				}
			}
		}
		return func(i, j int) float64 {
			if best[i] == "" || best[i] != best[j] {
				return 0
			}
			return math.Min(strength[tags[i]][best[i]], strength[tags[j]][best[j]])
		}
	}
}
