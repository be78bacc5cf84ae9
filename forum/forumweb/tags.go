package forumweb

import "beenthere/forum"

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
