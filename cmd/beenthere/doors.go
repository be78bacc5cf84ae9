package main

import (
	"context"
	_ "embed" // for routes.json
	"time"

	"github.com/gofiber/fiber/v2"

	"beenthere/forum"
	"beenthere/forum/forumweb"
	"beenthere/forum/help"
	"beenthere/forum/shell"
	"beenthere/moderation/modweb"
	"beenthere/search"
	"beenthere/search/searchweb"
	"beenthere/workers"
	"beenthere/workers/bus"
)

// openDoors puts the three doors into one front. Doors do not know each other:
// what one needs of another passes through here.
func (p *Program) openDoors(flags serveFlags, now func() time.Time) (err error) {
	proxies, err := flags.proxies()
	if err != nil {
		return err
	}
	p.Shell, err = shell.New(shell.Config{Site: flags.Site, Origin: flags.Origin, Onion: flags.Onion, Proxy: proxies, Away: flags.Leave,
		Index: flags.Findable, Limits: flags.Limits != "off", Now: now, Log: p.log})
	if err != nil {
		return err
	}
	finder, err := searchweb.New(searchweb.Config{Shell: p.Shell, Forum: p.Forum, Room: p.find, Public: workers.Public{Forum: p.Forum}, Now: now,
		Heavy: p.Room.Heavy, Muted: func(c *fiber.Ctx) ([]string, []string) { return p.door.Muted(c) }})
	if err != nil {
		return err
	}
	p.door, err = forumweb.New(forumweb.Config{Site: flags.Site, Shell: p.Shell, Forum: p.Forum, Room: p.Room, Keys: p.keys, Now: now,
		Version: p.database.PublicVersion,
		Nearby:  func(ctx context.Context, draft string) []forumweb.Story { return stories(finder.Near(ctx, draft)) },
		Suggest: p.suggest,
		Similar: func(ctx context.Context, thread forum.ThreadID) ([]forumweb.Story, error) {
			found, err := finder.Like(ctx, thread)
			return stories(found), err
		}})
	if err != nil {
		return err
	}
	_, err = modweb.New(modweb.Config{Shell: p.Shell, Room: p.Room, Forum: p.Forum, Keys: p.keys, Now: now, Site: flags.Site,
		Allow: append(help.Numbers(), help.Sites()...), Own: p.door.Author, Listen: func() (<-chan struct{}, func()) { return p.bus.Listen(bus.LiveQueue) }})
	if err != nil {
		return err
	}
	return p.Shell.Describe(routes)
}

// routes says what each route of the doors takes and gives; see shell.Describe.
//
//go:embed routes.json
var routes []byte

// suggest lets search say which experiences a draft tells of.
func (p *Program) suggest(title, body string, experiences []forum.ExperienceTag) []string {
	tags := make([]search.Tag, len(experiences))
	for i, e := range experiences {
		tags[i] = search.Tag{Slug: e.Slug, Title: e.Title}
	}
	return p.find.Suggest(title, body, tags)
}

// stories hands what one door found to another.
func stories(found []searchweb.Story) []forumweb.Story {
	all := make([]forumweb.Story, len(found))
	for i, s := range found {
		all[i] = forumweb.Story{Thread: s.Thread, Title: s.Title, Excerpt: s.Excerpt, Veil: s.Veil}
	}
	return all
}
