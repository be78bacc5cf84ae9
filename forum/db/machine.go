package db

import (
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"beenthere/forum/fault"
)

// ofMachine makes an Unavailable fault of trouble that is the machine's and
// not the change's, such as a full disk: the same change may be made later.
func ofMachine(err error) error {
	var theirs *sqlite.Error
	if !errors.As(err, &theirs) {
		return err
	}
	switch theirs.Code() & 0xff { // the rest says more exactly where
	case sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_NOMEM:
		return &fault.Error{Kind: fault.Unavailable, Op: "db.InTx", Err: err}
	}
	return err
}
