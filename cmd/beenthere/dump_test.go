package main

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"beenthere/forum/db"
	"beenthere/forum/identity"
)

// clock is a time that passes only when a test says so.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func newClock() *clock { return &clock{at: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }

// pass lets time go by, or back.
func (c *clock) pass(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.at = c.at.Add(d) }

// openAt opens the house at the time of a clock. Limits are off, because they
// count by that time too and it may stand still.
func openAt(t testing.TB, dir string, at *clock, change func(*serveFlags)) *house {
	t.Helper()
	return start(t, dir, at.now, func(f *serveFlags) {
		f.Limits = "off"
		if change != nil {
			change(f)
		}
	})
}

// dump is everything that somebody with a copy of the database sees.
type dump []entry

// entry is one row, its values in the order of the columns.
type entry struct {
	table  string
	values []string
}

func (e entry) String() string { return e.table + ": " + strings.Join(e.values, " | ") }

// takeDump reads every table that there is, without knowing any of them.
func takeDump(t testing.TB, from db.Reader) dump {
	t.Helper()
	rows, err := from.Query(t.Context(), tablesOf(from))
	names, err := db.All(rows, err, func(rows *sql.Rows) (name string, err error) { return name, rows.Scan(&name) })
	if err != nil {
		t.Fatal(err)
	}
	var all dump
	for _, name := range names {
		rows, err := from.Query(t.Context(), `SELECT * FROM "`+name+`"`)
		entries, err := db.All(rows, err, func(rows *sql.Rows) (entry, error) { return readEntry(name, rows) })
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, entries...)
	}
	if len(all) == 0 {
		t.Fatal("the dump is empty")
	}
	return all
}

func readEntry(table string, rows *sql.Rows) (entry, error) {
	columns, err := rows.Columns()
	if err != nil {
		return entry{}, err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	e := entry{table: table, values: make([]string, len(columns))}
	err = rows.Scan(into...)
	for i, value := range values {
		if b, ok := value.([]byte); ok {
			value = string(b)
		}
		e.values[i] = fmt.Sprint(value)
	}
	return e, err
}

// changed gives the rows that are in one of two dumps alone: what came, what
// went, and both sides of what was altered.
func changed(before, after dump) (rows dump) {
	count := map[string]int{}
	for _, e := range before {
		count[e.String()]--
	}
	for _, e := range after {
		count[e.String()]++
	}
	for _, e := range slices.Concat(before, after) {
		if key := e.String(); count[key] != 0 {
			rows = append(rows, e)
			delete(count, key)
		}
	}
	return rows
}

// places says where in the forum a value leads. It is learned from what has to
// be stored to run a forum at all.
type places struct {
	thread map[string]string // by the id of a thread, post, item, decision or report, or by tag
	tag    map[string]string // by the id of a post, item, decision or report, or by tag
	opener map[string]string // by thread: the tag of who began it
}

// learn reads one more dump. What was learned first stays: an erased post
// belongs where it was.
func (p places) learn(d dump) places {
	first := func(m map[string]string, key, value string) {
		if m[key] == "" {
			m[key] = value
		}
	}
	for _, e := range d {
		v := e.values
		switch e.table {
		case "threads":
			first(p.thread, v[0], v[0])
		case "participants":
			first(p.thread, v[1], v[0])
			first(p.tag, v[1], v[1])
		case "posts":
			for _, key := range []string{v[0], v[2]} { // its id and its tag
				first(p.thread, key, v[1])
				first(p.tag, key, v[2])
			}
			if v[3] == "opening" {
				first(p.opener, v[1], v[2])
			}
		}
	}
	for _, e := range d {
		if e.table == "queue" || e.table == "decisions" || e.table == "reports" {
			first(p.thread, e.values[0], strings.Join(p.threads(e), " "))
			first(p.tag, e.values[0], p.who(e))
		}
	}
	return p
}

func newPlaces() places {
	return places{thread: map[string]string{}, tag: map[string]string{}, opener: map[string]string{}}
}

// threads gives the threads that a row leads to.
func (p places) threads(e entry) (found []string) {
	for _, value := range e.values {
		if thread := p.thread[value]; thread != "" && !slices.Contains(found, thread) {
			found = append(found, thread)
		}
	}
	return found
}

// who gives the tag of the person that a row is about, "" for none: the tag in
// it, that of the post it names, or that of who began the thread.
func (p places) who(e entry) string {
	for _, value := range e.values {
		if p.tag[value] == value && value != "" {
			return value
		}
	}
	for _, of := range []map[string]string{p.tag, p.opener} {
		for _, value := range e.values {
			if of[value] != "" {
				return of[value]
			}
		}
	}
	return ""
}

// aTime is a moment of these tests in milliseconds.
var aTime = regexp.MustCompile(`^1[78]\d{11}$`)

// namesNobody tells of a value that it cannot stand for a person, wherever it
// comes twice: short ones, of which there are few; times, which the queue
// rounds; names, two of which may be the same by chance (see sameNames); and
// the audit's chain, which joins each act of a moderator to the one before it,
// whoever wrote.
func (e entry) namesNobody(column int) bool {
	const telling = 8 // words of the program that are as long are in rows of other people as well
	value := e.values[column]
	return len(value) < telling || aTime.MatchString(value) || e.table == "participants" && column == 2 || e.table == "audit" && column >= 6
}

// joins lists the values by which somebody with a dump could tell that threads
// have one author: those in rows of two threads of one person, and of nobody
// else. people gives the tags of each person, which only their phrases make.
func (d dump) joins(people map[string][]string) (found []string) {
	p := newPlaces().learn(d)
	person := map[string]string{}
	for name, tags := range people {
		for _, tag := range tags {
			person[tag] = name
		}
	}
	at := map[string]map[string]bool{} // value → tags
	for _, e := range d {
		tag := p.who(e)
		for i, value := range e.values {
			if tag == "" || e.namesNobody(i) {
				continue
			}
			if at[value] == nil {
				at[value] = map[string]bool{}
			}
			at[value][tag] = true
		}
	}
	for value, tags := range at {
		if one := onePerson(tags, person); one != "" {
			found = append(found, fmt.Sprintf("%.60q joins %d threads of %s", value, len(tags), one))
		}
	}
	slices.Sort(found)
	return found
}

// onePerson gives whose the tags are, if they are two or more of one person.
func onePerson(tags map[string]bool, person map[string]string) (one string) {
	for tag := range tags {
		if one != "" && person[tag] != one || person[tag] == "" {
			return ""
		}
		one = person[tag]
	}
	if len(tags) < 2 {
		return ""
	}
	return one
}

// tagsOf makes somebody's tags in all threads of a dump and gives those that
// are stored. Only the program can do that, and only with their phrase.
func (h *house) tagsOf(t testing.TB, phrase string, d dump) (tags []string) {
	t.Helper()
	who, err := identity.ParsePhrase(phrase)
	if err != nil {
		t.Fatal(err)
	}
	person, err := h.keys.Person(who, 1)
	if err != nil {
		t.Fatal(err)
	}
	stored := map[string]bool{}
	for _, e := range d {
		if e.table == "participants" {
			stored[e.values[1]] = true
		}
	}
	for _, e := range d {
		if e.table == "threads" {
			if tag := string(person.Tag(e.values[0])); stored[tag] {
				tags = append(tags, tag)
			}
		}
	}
	return tags
}

// indexDump reads the search index beside the program.
func (h *house) indexDump(t testing.TB) dump {
	t.Helper()
	index, err := db.OpenIndex(t.Context(), filepath.Join(h.flags.Data, "search.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer index.Close()
	return takeDump(t, plainReader{index})
}

// plainReader reads a database that is not the house's own.
type plainReader struct{ *sql.DB }

func (r plainReader) Query(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	return r.QueryContext(ctx, query, args...)
}

func (r plainReader) QueryRow(ctx context.Context, query string, args ...any) *sql.Row {
	return r.QueryRowContext(ctx, query, args...)
}
