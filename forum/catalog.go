package forum

import (
	"context"
	"database/sql"
	"slices"

	"beenthere/forum/db"
	"beenthere/forum/fault"
)

// Topic is a subject area kept by the leads.
type Topic struct {
	Slug  string `json:"slug"`
	Title string `json:"title"`
	About string `json:"about"`

	Closed bool `json:"closed,omitempty"` // takes no new threads; those that are there stay
}

// ExperienceTag is something people live through, as a tag to choose.
type ExperienceTag struct {
	Slug  string `json:"slug"`
	Title string `json:"title"`
	Topic string `json:"topic"`
}

// Label is a choice with its words for people: a content note, a want, a stance.
type Label struct {
	Slug  string `json:"slug"`
	Label string `json:"label"`
}

// Wants are what an author may ask for.
var Wants = []Label{
	{"listening", "just listening"},
	{"similar", "similar experiences"},
	{"ideas", "ideas welcome"},
	{"no-reply", "no reply needed"},
}

// Stances are how an author may stand to an experience.
var Stances = []Label{
	{"going", "going through it"},
	{"been", "been through it"},
	{"caring", "caring for someone"},
}

// Catalog is what authors choose from.
type Catalog struct {
	Topics      []Topic
	Experiences []ExperienceTag
	Notes       []Label
}

// Open gives the topics that take new threads.
func (c Catalog) Open() []Topic {
	return slices.DeleteFunc(slices.Clone(c.Topics), func(t Topic) bool { return t.Closed })
}

// Topic finds a topic by its slug, an open or a closed one.
func (c Catalog) Topic(slug string) (Topic, bool) {
	i := slices.IndexFunc(c.Topics, func(t Topic) bool { return t.Slug == slug })
	if i < 0 {
		return Topic{}, false
	}
	return c.Topics[i], true
}

// Experience finds a tag by its slug.
func (c Catalog) Experience(slug string) (ExperienceTag, bool) {
	i := slices.IndexFunc(c.Experiences, func(e ExperienceTag) bool { return e.Slug == slug })
	if i < 0 {
		return ExperienceTag{}, false
	}
	return c.Experiences[i], true
}

// LabelOf gives the words for a slug, or the slug itself when the choice has
// been retired since.
func LabelOf(choices []Label, slug string) string {
	if i := slices.IndexFunc(choices, func(l Label) bool { return l.Slug == slug }); i >= 0 {
		return choices[i].Label
	}
	return slug
}

// Catalog gives what authors may choose from now. Every post that is sent asks
// for it, so it is read once for each version of what is public; callers share
// it and change nothing in it. When it cannot be read, the one that was read
// last comes with the error: a form that has to come back with somebody's words
// can still be made from it, and nothing else should be.
func (f *Forum) Catalog(ctx context.Context) (Catalog, error) {
	version, kept := f.db.PublicVersion(), f.catalog.Load() // before reading: what is read is at least as new
	if kept == nil {
		kept = &keptCatalog{}
	} else if kept.version == version {
		return kept.Catalog, nil
	}
	c, err := f.readCatalog(ctx)
	if err != nil {
		return kept.Catalog, fault.Wrap(fault.Unavailable, "forum.Catalog", err)
	}
	f.catalog.Store(&keptCatalog{version, c})
	return c, nil
}

// keptCatalog is a catalog as it was read at a version of what is public.
type keptCatalog struct {
	version uint64
	Catalog
}

func (f *Forum) readCatalog(ctx context.Context) (c Catalog, err error) {
	if c.Topics, err = topics(ctx, f.db); err != nil {
		return c, err
	}
	if c.Experiences, err = experiences(ctx, f.db); err != nil {
		return c, err
	}
	c.Notes, err = contentNotes(ctx, f.db)
	c.Topics, c.Experiences, c.Notes = slices.Clip(c.Topics), slices.Clip(c.Experiences), slices.Clip(c.Notes)
	return c, err
}

func topics(ctx context.Context, r db.Reader) ([]Topic, error) {
	rows, err := r.Query(ctx, "SELECT slug, title, about, closed FROM topics ORDER BY closed, place")
	return db.All(rows, err, func(rows *sql.Rows) (t Topic, err error) {
		return t, rows.Scan(&t.Slug, &t.Title, &t.About, &t.Closed)
	})
}

func experiences(ctx context.Context, r db.Reader) ([]ExperienceTag, error) {
	rows, err := r.Query(ctx, "SELECT slug, title, topic FROM experiences ORDER BY place")
	return db.All(rows, err, func(rows *sql.Rows) (e ExperienceTag, err error) {
		return e, rows.Scan(&e.Slug, &e.Title, &e.Topic)
	})
}

func contentNotes(ctx context.Context, r db.Reader) ([]Label, error) {
	rows, err := r.Query(ctx, "SELECT slug, label FROM content_notes ORDER BY place")
	return db.All(rows, err, func(rows *sql.Rows) (l Label, err error) {
		return l, rows.Scan(&l.Slug, &l.Label)
	})
}
