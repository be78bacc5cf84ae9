package identity

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// readPeppers reads all versions, oldest first.
func readPeppers(dir string) ([][]byte, error) {
	first, err := readKey(dir, pepperFile)
	if err != nil {
		return nil, err
	}
	peppers := [][]byte{first}
	for {
		next, err := readKey(dir, pepperName(len(peppers)+1))
		if errors.Is(err, fs.ErrNotExist) {
			break
		}
		if err != nil {
			return nil, err
		}
		peppers = append(peppers, next)
	}
	return peppers, noGap(dir, len(peppers))
}

// noGap refuses a version that cannot be reached by counting: the one before
// it has been lost, and with it the authors of its threads.
func noGap(dir string, newest int) error {
	files, err := os.ReadDir(dir)
	for _, file := range files {
		version, notNumber := strconv.Atoi(strings.TrimPrefix(file.Name(), pepperFile+"."))
		if notNumber == nil && version > newest {
			return missingKey{filepath.Join(dir, pepperName(newest+1))}
		}
	}
	return err
}

func pepperName(version int) string {
	if version == 1 {
		return pepperFile
	}
	return fmt.Sprintf("%s.%d", pepperFile, version)
}

// errRestore says where a lost key comes from: there is no other way to get it.
var errRestore = errors.New("put it back from the copy of the keys that is kept apart from the database; a new one would not fit what is stored")

// missingKey is a key file that is not there.
type missingKey struct{ path string }

// Error says which file it is and where it comes from.
func (e missingKey) Error() string { return fmt.Sprintf("%s is missing: %v", e.path, errRestore) }

// Unwrap lets a caller tell it from a file that cannot be read.
func (missingKey) Unwrap() error { return fs.ErrNotExist }

// readKey reads one key file and refuses one that is not as it was made.
func readKey(dir, name string) ([]byte, error) {
	path := filepath.Join(dir, name)
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, missingKey{path}
	case err != nil:
		return nil, err
	case info.Mode().Perm()&0o077 != 0:
		return nil, fmt.Errorf("%s can be read by others (mode %04o): run chmod 0400 on it, and think about who may have a copy", path, info.Mode().Perm())
	case info.Size() != keyLength:
		return nil, fmt.Errorf("%s has %d bytes instead of %d: %w", path, info.Size(), keyLength, errRestore)
	}
	return os.ReadFile(path)
}
