//go:build unix

package main

import (
	"os"
	"path/filepath"
	"syscall"

	"beenthere/forum/fault"
)

// lock makes sure that one program at a time serves from a data folder: each
// remembers public pages until it changes them itself. The lock ends with the
// process, however that ends.
func lock(dir string) (unlock func(), err error) {
	const op = "beenthere.lock"
	if err := needsFolder(dir); err != nil {
		return func() {}, fault.Wrap(fault.Unavailable, op, err)
	}
	file, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return func() {}, &fault.Error{Kind: fault.Unavailable, Op: op, Tell: "The file lock in " + dir + " cannot be opened. It holds nothing; delete it.", Err: err}
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = file.Close()
		return func() {}, fault.New(fault.Conflict, op, "Another Beenthere is running on the data folder "+dir+".")
	}
	return func() { _ = file.Close() }, nil
}
