package db

import (
	"context"
	"time"
)

// dropWriter gives up a writer whose transaction went wrong, where that may
// mean that the server or the way to it is gone. Nobody can say whether a
// COMMIT without an answer was made: its callers are told to try again, and
// what is remembered of the database is read again.
func (d *DB) dropWriter() {
	if d.engine.patience() == 0 || d.writer == nil {
		return
	}
	d.writer.drop()
	d.writer, d.again = nil, time.After(0)
	d.doubt()
}

// secondLook is how long a lost writer goes unlooked for while nobody writes,
// and erased words unswept while somebody still reads them.
const secondLook = time.Second

// reopenWriter gets a new writer for a lost one. Once it is there, the session
// of the old one has ended and its last commit was made or never will be.
func (d *DB) reopenWriter() error {
	if d.writer != nil {
		return nil
	}
	ctx, stop := context.WithTimeout(context.Background(), d.engine.patience())
	defer stop()
	writer, err := d.newWriter(ctx)
	if err != nil {
		d.again = time.After(secondLook)
		return err
	}
	d.writer, d.again = writer, nil
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
