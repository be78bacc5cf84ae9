package identity

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"beenthere/forum/fault"
)

// testKeys are keys of known bytes: the pepper 32…63, the root 64…95.
func testKeys(t testing.TB) *Keys {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, "pepper", 32, 32)
	write(t, dir, "root", 64, 32)
	keys, err := OpenKeys(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	return keys
}

// write makes a key file of count bytes, counting up from first.
func write(t testing.TB, dir, name string, first byte, count int) {
	t.Helper()
	key := make([]byte, count)
	for i := range key {
		key[i] = first + byte(i)
	}
	if err := os.WriteFile(filepath.Join(dir, name), key, 0o400); err != nil {
		t.Fatal(err)
	}
}

func TestKeysAreMadeOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data", "keys")
	first, err := OpenKeys(dir, true)
	if err != nil {
		t.Fatal(err)
	}
	again, err := OpenKeys(dir, true)
	if err != nil || !same(first, again) {
		t.Fatalf("the keys changed: %v", err)
	}
	if bytes.Equal(first.root, first.peppers[0]) || first.PepperVersion() != 1 {
		t.Fatal("one key stands for both")
	}
	files, _ := os.ReadDir(dir)
	if len(files) != 2 {
		t.Errorf("left behind: %v", files)
	}
	for _, file := range files {
		if info, _ := file.Info(); info.Mode() != 0o400 || info.Size() != 32 {
			t.Errorf("%s: mode %v, %d bytes", file.Name(), info.Mode(), info.Size())
		}
	}
	if info, _ := os.Stat(dir); info.Mode().Perm() != 0o700 {
		t.Errorf("folder: mode %v", info.Mode())
	}
}

func TestStartsAtOnceAgree(t *testing.T) {
	for range 20 {
		dir := t.TempDir()
		opened := make([]*Keys, 8)
		var all sync.WaitGroup
		for i := range opened {
			all.Go(func() {
				var err error
				if opened[i], err = OpenKeys(dir, true); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		for _, keys := range opened[1:] {
			if t.Failed() || !same(keys, opened[0]) {
				t.Fatal("two processes have different keys")
			}
		}
	}
}

// The power may go after any step of the creation; the next start ends it.
func TestCutOffCreationIsCompleted(t *testing.T) {
	for name, there := range map[string][]string{
		"nothing staged":      {".key-123"},
		"one staged":          {"root.new"},
		"both staged":         {"root.new", "pepper.new"},
		"root named":          {"root", "root.new", "pepper.new"},
		"both named":          {"root", "root.new", "pepper", "pepper.new"},
		"one staged left":     {"root", "pepper", "pepper.new"},
		"pepper named by two": {"pepper", "pepper.new", "root.new"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			for i, name := range there {
				write(t, dir, name, byte(i), 32)
			}
			first, err := OpenKeys(dir, true)
			if err != nil {
				t.Fatal(err)
			}
			if again, err := OpenKeys(dir, false); err != nil || !same(first, again) {
				t.Fatalf("the keys changed: %v", err)
			}
		})
	}
}

func TestBrokenKeysAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		breakIt func(dir string)
		want    string
	}{
		"no pepper":     {func(dir string) { os.Remove(dir + "/pepper") }, "pepper is missing: put it back"},
		"no root":       {func(dir string) { os.Remove(dir + "/root") }, "root is missing: put it back"},
		"short pepper":  {func(dir string) { os.Remove(dir + "/pepper"); write(t, dir, "pepper", 0, 31) }, "31 bytes instead of 32"},
		"empty root":    {func(dir string) { os.Remove(dir + "/root"); write(t, dir, "root", 0, 0) }, "0 bytes instead of 32"},
		"group reads":   {func(dir string) { os.Chmod(dir+"/pepper", 0o440) }, "can be read by others (mode 0440): run chmod 0400"},
		"others read":   {func(dir string) { os.Chmod(dir+"/root", 0o404) }, "can be read by others"},
		"gap":           {func(dir string) { write(t, dir, "pepper.3", 0, 32) }, "pepper.2 is missing: put it back"},
		"a long second": {func(dir string) { write(t, dir, "pepper.2", 0, 33) }, "33 bytes"},
		"no way in":     {func(dir string) { os.RemoveAll(dir); os.WriteFile(dir, nil, 0o600) }, "not a directory"},
		"a folder":      {func(dir string) { os.Remove(dir + "/root"); os.Mkdir(dir+"/root", 0o700) }, "root"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, "pepper", 32, 32)
			write(t, dir, "root", 64, 32)
			c.breakIt(dir)
			for _, err := range []error{CheckKeys(dir), open(dir, true)} {
				var f *fault.Error
				if !errors.As(err, &f) || f.Kind != fault.Unavailable || !strings.Contains(f.Tell, c.want) {
					t.Errorf("got %v, want %q", err, c.want)
				}
			}
		})
	}
}

func TestNothingIsMadeUnasked(t *testing.T) {
	dir := t.TempDir()
	if CheckKeys(dir) == nil || open(dir, false) == nil {
		t.Fatal("an empty folder has keys")
	}
	if files, _ := os.ReadDir(dir); len(files) != 0 {
		t.Fatalf("made %v", files)
	}
}

func TestPepperVersions(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "pepper", 32, 32)
	write(t, dir, "root", 64, 32)
	write(t, dir, "pepper.2", 96, 32)
	keys, err := OpenKeys(dir, true)
	if err != nil || keys.PepperVersion() != 2 {
		t.Fatalf("version %d, %v", keys.PepperVersion(), err)
	}
	tags := map[AuthorTag]bool{}
	for version := 1; version <= 2; version++ {
		person, err := keys.Person(Secret{}, version)
		if err != nil {
			t.Fatal(err)
		}
		tags[person.Tag("t")] = true
	}
	if len(tags) != 2 {
		t.Fatal("two peppers make one tag")
	}
	for _, version := range []int{-1, 0, 3} {
		if _, err := keys.Person(Secret{}, version); !fault.Is(err, fault.Unavailable) {
			t.Errorf("version %d: %v", version, err)
		}
	}
}

func open(dir string, create bool) error {
	_, err := OpenKeys(dir, create)
	return err
}

func same(a, b *Keys) bool {
	return bytes.Equal(a.root, b.root) && bytes.Equal(a.peppers[0], b.peppers[0])
}
