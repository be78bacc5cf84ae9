package db

import (
	"context"
	"time"
)

// lose gives up a pen whose transaction went wrong, where that may mean that
// the server or the way to it is gone. Nobody can say whether a COMMIT without
// an answer was made: its callers are told to try again, and what is remembered
// of the database is read again.
func (d *DB) lose() {
	if d.engine.patience() == 0 || d.pen == nil {
		return
	}
	d.pen.drop()
	d.pen, d.again = nil, time.After(0)
	d.doubt()
}

// secondLook is how long a lost pen goes unlooked for while nobody writes, and
// erased words unswept while somebody still reads them.
const secondLook = time.Second

// find gets a new pen for a lost one. Once it is there, the session of the old
// one has ended and its last commit was made or never will be.
func (d *DB) find() error {
	if d.pen != nil {
		return nil
	}
	ctx, stop := context.WithTimeout(context.Background(), d.engine.patience())
	defer stop()
	pen, err := d.newPen(ctx)
	if err != nil {
		d.again = time.After(secondLook)
		return err
	}
	d.pen, d.again = pen, nil
	d.doubt()
	return nil
}

func (d *DB) doubt() {
	d.version.Add(1)
	d.doubts.Add(1)
}

// bounded gives a transaction the time that its engine allows.
func (d *DB) bounded() (context.Context, context.CancelFunc) {
	if patience := d.engine.patience(); patience > 0 {
		return context.WithTimeout(context.Background(), patience)
	}
	return context.Background(), func() {}
}
