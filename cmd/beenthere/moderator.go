package main

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/moderation"
	"beenthere/moderation/account"
)

type moderatorCommand struct {
	Invite inviteCommand `cmd:"" help:"Make a link under which somebody sets a password, once."`
}

type inviteCommand struct {
	House houseFlags `embed:""`
	Name  string     `arg:"" help:"Name the others on the desk will see; not shown to authors."`
	Lead  bool       `help:"Invite a lead, who also keeps topics, people and guidelines." xor:"role"`

	Welcomer bool `help:"Invite a welcomer, who greets newcomers and reads nothing that waits." xor:"role"`

	URL string `help:"Address of the forum, for the link (default: http://127.0.0.1:8080)." env:"BEENTHERE_ORIGIN"`
}

// Run writes the invitation into the database, whether the forum is running or
// not, and prints the link.
func (c *inviteCommand) Run(ctx context.Context, t terminal) error {
	c.House.fill()
	room, database, err := c.House.openDesk(ctx, t.now)
	if err != nil {
		return err
	}
	defer database.Close()
	role := account.Moderator
	switch {
	case c.Lead:
		role = account.Lead
	case c.Welcomer:
		role = account.Welcomer
	}
	token, err := invite(ctx, room, c.Name, string(role))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.out, "%s can set a password here; the link works once:\n%s/desk/invite/%s\n", c.Name, cmp.Or(c.URL, "http://127.0.0.1:8080"), token)
	return err
}

// openDesk opens only what a command about people needs.
func (h *houseFlags) openDesk(ctx context.Context, now func() time.Time) (*moderation.Room, *db.DB, error) {
	keys, database, err := h.openTruth(ctx, db.Open)
	if err != nil {
		return nil, nil, err
	}
	silent := forum.Bells{Submitted: func(forum.PostID, int) {}, Changed: func(forum.PostID) {}}
	hall := forum.New(database, keys, silent, now)
	return moderation.New(moderation.Config{DB: database, Forum: hall, Keys: keys, Hasher: account.NewHasher(), Now: now, Live: func() {}}), database, nil
}
