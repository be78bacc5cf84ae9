package forumweb

import (
	"context"
	"sync/atomic"

	"beenthere/forum"
)

// shelf keeps what authors choose from, so that a form that has to come back
// does so also while the database is away.
type shelf struct{ kept atomic.Pointer[shelved] }

type shelved struct {
	version uint64
	catalog forum.Catalog
}

// catalog gives what authors may choose from now or, when that cannot be read,
// what they could choose from last.
func (d *Door) catalog(ctx context.Context) (forum.Catalog, error) {
	version, kept := d.Version(), d.shelf.kept.Load()
	if kept != nil && kept.version == version {
		return kept.catalog, nil
	}
	catalog, err := d.Forum.Catalog(ctx)
	if err != nil && kept != nil {
		return kept.catalog, nil
	}
	if err == nil {
		d.shelf.kept.Store(&shelved{version, catalog})
	}
	return catalog, err
}

// tagGroup is one topic's experiences, for a form or a filter.
type tagGroup struct {
	Topic string                `json:"topic"`
	Tags  []forum.ExperienceTag `json:"tags"`
}

func grouped(c forum.Catalog) []tagGroup {
	var groups []tagGroup
	for _, topic := range c.Topics {
		g := tagGroup{Topic: topic.Title}
		for _, tag := range c.Experiences {
			if tag.Topic == topic.Slug {
				g.Tags = append(g.Tags, tag)
			}
		}
		if len(g.Tags) > 0 {
			groups = append(groups, g)
		}
	}
	return groups
}
