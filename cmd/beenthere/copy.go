package main

import (
	"context"
	"fmt"

	"beenthere/forum/db"
	"beenthere/forum/fault"
)

type copyCommand struct {
	House houseFlags `embed:""`
	To    string     `arg:"" help:"An empty database: sqlite:FILE or postgres://NAME@HOST/DATABASE."`
}

// Run copies the database, for a backup or a move. The forum may be running;
// what is written after the copy has begun is not in it.
func (c *copyCommand) Run(ctx context.Context, t terminal) error {
	c.House.fill()
	begun, name, err := db.Begun(ctx, c.House.Database)
	if err != nil {
		return err
	}
	if !begun {
		return fault.New(fault.NotFound, "beenthere.copy", "There is no forum in "+name+" yet.")
	}
	database, err := db.Open(ctx, c.House.Database)
	if err != nil {
		return err
	}
	defer database.Close()
	rows, err := database.CopyTo(ctx, c.To)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.out, "The whole forum is copied, %d rows. It opens with the key files of this one, %s; keep those of a backup apart from it.\n", rows, c.House.Keys)
	return err
}
