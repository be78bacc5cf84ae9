package forum

import (
	"context"
	"database/sql"
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"sync"

	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/sanitize"
)

// Card is a public post as lists, feeds, pages and the search index take it.
// Everything in it comes from the view public_posts.
type Card struct {
	Post        PostID
	Thread      ThreadID
	Kind        Kind
	Topic       string
	Title       string // of the post; a reply has none
	ThreadTitle string // of the opening post, "" when that was taken back
	Name        string
	Clean       sanitize.Clean
	Number      int
	Revision    int
	Notes       []string
	ThreadNotes []string // of the opening post, none when that was taken back
	Experiences []Experience
	Wants       string
	ThreadState string
	Answered    bool  // somebody else has a public reply in the thread
	Day         int64 // of sending
	ActivityDay int64 // of the thread's last approval
}

// cardColumns selects a card. Experiences come as "slug:stance" words.
const cardColumns = `SELECT v.id, v.thread_id, v.kind, v.topic, v.title, v.html, v.text, v.number, v.public_rev, v.notes, v.wants, v.thread_state, v.day, v.activity_day,
	COALESCE((SELECT name FROM participants n WHERE n.thread_id = v.thread_id AND n.tag = v.tag), ''),
	COALESCE((SELECT o.title FROM public_posts o WHERE o.thread_id = v.thread_id AND o.kind = 'opening'), ''),
	COALESCE((SELECT o.notes FROM public_posts o WHERE o.thread_id = v.thread_id AND o.kind = 'opening'), ''),
	COALESCE((SELECT string_agg(experience || ':' || stance, ' ') FROM thread_experiences e WHERE e.thread_id = v.thread_id), ''),
	EXISTS (SELECT 1 FROM public_posts a WHERE a.thread_id = v.thread_id AND a.kind = 'reply' AND a.tag <>
		(SELECT o.tag FROM posts o WHERE o.thread_id = v.thread_id AND o.kind = 'opening'))
	FROM public_posts v `

func scanCard(rows *sql.Rows) (c Card, err error) {
	var html, text, notes, threadNotes, experiences string
	err = rows.Scan(&c.Post, &c.Thread, &c.Kind, &c.Topic, &c.Title, &html, &text, &c.Number, &c.Revision, &notes, &c.Wants, &c.ThreadState,
		&c.Day, &c.ActivityDay, &c.Name, &c.ThreadTitle, &threadNotes, &experiences, &c.Answered)
	c.Clean, c.Notes, c.ThreadNotes = sanitize.Restore(html, text), strings.Fields(notes), strings.Fields(threadNotes)
	for _, e := range strings.Fields(experiences) {
		slug, stance, _ := strings.Cut(e, ":")
		c.Experiences = append(c.Experiences, Experience{slug, stance})
	}
	return c, err
}

// AllNotes gives the notes of a post and of the post that it answers: who leaves
// a subject out meets it in the answers too.
func (c Card) AllNotes() []string {
	all := slices.Clone(c.Notes)
	for _, note := range c.ThreadNotes {
		if !slices.Contains(all, note) {
			all = append(all, note)
		}
	}
	return all
}

func cards(ctx context.Context, r db.Reader, op, where string, args ...any) ([]Card, error) {
	rows, err := r.Query(ctx, cardColumns+where, args...)
	all, err := db.All(rows, err, scanCard)
	return all, fault.Wrap(fault.Unavailable, op, err)
}

// readable narrows cards to those whose thread can be read: a reply in a thread
// whose opening post was taken down leads nowhere, as Thread has it. One whose
// opening post was taken back by its writer stays.
const readable = `(v.kind = 'opening' OR EXISTS (SELECT 1 FROM posts o WHERE o.thread_id = v.thread_id AND o.kind = 'opening' AND (o.public_rev > 0 OR o.withdrawn = 1)))`

// mostCards bounds one look-up by ids.
const mostCards = 500

// Cards gives those of the posts that can be read at this moment, in the order
// asked for. Search results and everything else that was remembered somewhere
// must pass through here before anybody sees it. Callers share what they get
// and change nothing in it: a search asks for two hundred, most of them again
// and again, so what was read is kept until anything public changes.
func (f *Forum) Cards(ctx context.Context, ids []PostID) ([]Card, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	if len(ids) > mostCards {
		ids = ids[:mostCards]
	}
	version := f.db.PublicVersion() // before reading: what is read is at least as new
	byID, missing := f.cards.at(version, ids)
	found, err := f.readCards(ctx, missing)
	if err != nil {
		return nil, err
	}
	f.cards.keep(version, found)
	for _, c := range found {
		byID[c.Post] = c
	}
	ordered := make([]Card, 0, len(byID))
	for _, id := range ids {
		if c, ok := byID[id]; ok {
			ordered = append(ordered, c)
		}
	}
	return ordered, nil
}

func (f *Forum) readCards(ctx context.Context, ids []PostID) ([]Card, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	// Some ids stand there twice, so that there are ten lengths of this query
	// and not five hundred, each of which every connection would know by heart.
	args := make([]any, 1<<bits.Len(uint(len(ids)-1)))
	marks := make([]string, len(args))
	for i := range args {
		args[i], marks[i] = ids[i%len(ids)], "$"+strconv.Itoa(i+1)
	}
	return cards(ctx, f.db, "forum.Cards", "WHERE v.id IN ("+strings.Join(marks, ", ")+") AND "+readable, args...)
}

// keptCards are cards as they were read at one version of what is public.
type keptCards struct {
	mu      sync.Mutex
	version uint64
	byID    map[PostID]Card
	bytes   int
}

// mostKeptBytes bounds the words that are kept.
const mostKeptBytes = 16 << 20

// at gives the cards that are kept of this version, and which are not.
func (k *keptCards) at(version uint64, ids []PostID) (kept map[PostID]Card, missing []PostID) {
	k.mu.Lock()
	defer k.mu.Unlock()
	kept = make(map[PostID]Card, len(ids))
	for _, id := range ids {
		if c, ok := k.byID[id]; ok && k.version == version {
			kept[id] = c
		} else {
			missing = append(missing, id)
		}
	}
	return kept, missing
}

// keep keeps cards of a version, and lets go of those of another one, or of
// all when they are many.
func (k *keptCards) keep(version uint64, cards []Card) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if version < k.version {
		return
	}
	if version > k.version || k.bytes > mostKeptBytes || k.byID == nil {
		k.version, k.byID, k.bytes = version, map[PostID]Card{}, 0
	}
	for _, c := range cards {
		if _, ok := k.byID[c.Post]; !ok {
			k.byID[c.Post] = c
			k.bytes += len(c.Clean.HTML()) + len(c.Clean.Text())
		}
	}
}

// EachPublic gives up to n posts that can be read, after an id, in the order of ids, for
// filling an index. It ends with an empty slice.
func (f *Forum) EachPublic(ctx context.Context, after PostID, n int) ([]Card, error) {
	return cards(ctx, f.db, "forum.EachPublic", "WHERE v.id > $1 AND "+readable+" ORDER BY v.id LIMIT $2", after, n)
}

// CountPublic counts the posts that can be read, to compare an index with. It is never shown.
func (f *Forum) CountPublic(ctx context.Context) (n int, err error) {
	err = f.db.QueryRow(ctx, "SELECT count(*) FROM public_posts v WHERE "+readable).Scan(&n)
	return n, fault.Wrap(fault.Unavailable, "forum.CountPublic", err)
}
