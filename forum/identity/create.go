package identity

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// createKeys gives a folder without keys both of them, or neither. Each is
// first written whole under a staged name ("root.new"); only when both are on
// the disk do they get their own. A start that was cut off in between is
// recognised by what is staged and completed; without that, a missing file has
// been lost and is left to readKey to refuse. Names are given by links, which
// never replace: when two processes start at once, both end up with the same keys.
func createKeys(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if !mayCreate(dir) {
		return nil
	}
	steps := []func(path string) error{
		stageKey,
		func(path string) error { return link(path+".new", path) },
		func(path string) error { return ignore(fs.ErrNotExist, os.Remove(path+".new")) },
	}
	for _, step := range steps {
		for _, name := range []string{rootFile, pepperFile} {
			if err := step(filepath.Join(dir, name)); err != nil {
				return err
			}
		}
		if err := syncDir(dir); err != nil {
			return err
		}
	}
	return nil
}

// mayCreate reports whether no key was ever in use here.
func mayCreate(dir string) bool {
	root, pepper := filepath.Join(dir, rootFile), filepath.Join(dir, pepperFile)
	switch {
	case exists(root) && exists(pepper):
		return false
	case exists(root):
		return exists(pepper + ".new")
	default:
		return !exists(pepper) || exists(root+".new")
	}
}

// stageKey writes 32 random bytes to path.new, unless they are there.
func stageKey(path string) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".key-")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	var key [keyLength]byte
	rand.Read(key[:])
	_, err = file.Write(key[:])
	err = errors.Join(err, file.Chmod(0o400), file.Sync(), file.Close())
	if err != nil {
		return err
	}
	return link(file.Name(), path+".new")
}

// link gives a file another name, unless that name is taken.
func link(from, to string) error {
	err := ignore(fs.ErrExist, os.Link(from, to))
	if errors.Is(err, fs.ErrNotExist) && exists(to) {
		return nil // another process has linked it and cleared the staged name
	}
	return err
}

func ignore(what, err error) error {
	if errors.Is(err, what) {
		return nil
	}
	return err
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// syncDir makes the names in a folder survive a loss of power.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
