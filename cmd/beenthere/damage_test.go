package main

import (
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"beenthere/forum/fault"
)

// damages are what can befall a file while nobody runs the program.
var damages = map[string]func(t *testing.T, file string){
	"deleted": func(t *testing.T, file string) { must(t, os.Remove(file)) },
	"emptied": func(t *testing.T, file string) { rewrite(t, file, func([]byte) []byte { return nil }) },
	"half":    func(t *testing.T, file string) { rewrite(t, file, func(b []byte) []byte { return b[:len(b)/2] }) },
	"garbage": func(t *testing.T, file string) {
		rewrite(t, file, func(b []byte) []byte { return []byte(strings.Repeat("zq", len(b)/2+20)) })
	},
	"scratched": func(t *testing.T, file string) {
		rewrite(t, file, func(b []byte) []byte {
			for i := len(b) / 2; i < min(len(b), len(b)/2+64); i++ {
				b[i] ^= 0x5a
			}
			return b
		})
	},
	"a folder": func(t *testing.T, file string) { must(t, os.Remove(file)); must(t, os.Mkdir(file, 0o700)) },
}

// Whatever befalls a file of the data folder, the program either says in a
// sentence what is wrong and does not start, or it starts, shows what was
// public, takes a new story and finds both. What is needed to be believed (the
// database and the keys) is never quietly made anew.
func TestDamage(t *testing.T) {
	whole := t.TempDir()
	story := wholeHouse(t, whole)
	for what, files := range filesOf(t, whole) {
		for name, damage := range damages {
			if raceEnabled && name != "garbage" && name != "deleted" {
				continue // each start costs ten times as much there
			}
			t.Run(what+" "+name, func(t *testing.T) {
				dir := t.TempDir()
				must(t, os.CopyFS(dir, os.DirFS(whole)))
				closeToOthers(t, dir)
				copyDatabase(t, whole, dir)
				for _, file := range files {
					damage(t, filepath.Join(dir, file))
				}
				outlives(t, dir, what+" "+name, story)
			})
		}
	}
}

// wholeHouse leaves a folder with a public story, as a killed program leaves
// it: with its write-ahead log.
func wholeHouse(t *testing.T, dir string) receipt {
	t.Helper()
	p, err := startProcess(t, "--data", dir, "--quiet")
	must(t, err)
	desk, author := newVisitor(t, p.url), newVisitor(t, p.url)
	desk.post("/desk/invite/"+<-p.links, map[string]string{"password": "a long enough sentence"}).want(t, 201)
	story := author.write("Six months without my dad", "I still set the table for two some evenings.")
	desk.decide(desk.next(), "approve", nil).want(t, 200)
	eventually(t, "it is found", func() bool { return author.found("table for two", story.Thread) })
	p.kill()
	return story
}

// outlives opens a damaged house and looks at what became of it.
func outlives(t *testing.T, dir, what string, story receipt) {
	t.Helper()
	flags := serveFlags{Listen: "127.0.0.1:0", Limits: "off"}
	flags.Data, flags.Database = dir, databaseOf(t, dir)
	h := &house{flags: flags, log: &log{}}
	var err error
	if h.Program, err = Open(t.Context(), flags, logger(h.log, slog.LevelWarn), time.Now); err != nil {
		var known *fault.Error
		if !errors.As(err, &known) || known.Tell == "" {
			t.Errorf("no sentence for the operator: %v", err)
		}
		return
	}
	t.Cleanup(h.stop)
	t.Cleanup(func() { h.tell(t) })
	must(t, h.Start(t.Context()))
	reader := h.visitor(t)
	if strings.HasPrefix(what, "beenthere.db-") {
		return // SQLite cannot tell that its log was longer
	}
	if there := reader.get("/threads/" + story.Thread).status; strings.HasPrefix(what, "beenthere.db") && there != 200 {
		if h.database.Check(t.Context()) == nil { // its log may hold what the file has lost
			t.Error("began anew without its database")
		}
		return
	}
	reader.get("/threads/"+story.Thread).want(t, 200)
	desk := h.moderator(t, "tomasz", "lead")
	second := reader.write("A second winter", "The garden does what it wants without you.")
	desk.decide(desk.next(), "approve", nil).want(t, 200)
	eventually(t, "both are found", func() bool {
		return reader.found("table for two", story.Thread) && reader.found("the garden without you", second.Thread)
	})
	if strings.HasPrefix(what, "keys") {
		t.Error("started with damaged keys")
	}
}

// A flag that names the wrong thing as the search index costs nobody anything.
func TestWrongIndexIsLeftAlone(t *testing.T) {
	for _, wrong := range []string{"", "photo.jpg"} {
		folder := t.TempDir()
		photo := filepath.Join(folder, "photo.jpg")
		must(t, os.WriteFile(photo, []byte(strings.Repeat("zq", 5000)), 0o600))
		flags := serveFlags{Listen: "127.0.0.1:0", Limits: "off"}
		flags.Data, flags.Search = t.TempDir(), "embedded:"+filepath.Join(folder, wrong)
		flags.Database = databaseOf(t, flags.Data)
		p, err := Open(t.Context(), flags, slog.New(slog.DiscardHandler), time.Now)
		if err == nil {
			p.Stop(t.Context())
		}
		var known *fault.Error
		if !errors.As(err, &known) || known.Tell == "" {
			t.Errorf("no sentence for the operator: %v", err)
		}
		if body, err := os.ReadFile(photo); err != nil || len(body) != 10_000 {
			t.Errorf("the folder that was named lost its photo: %v", err)
		}
	}
}

// filesOf lists the files of a folder, as paths in it: each by itself, but
// those of messages together.
func filesOf(t *testing.T, dir string) map[string][]string {
	t.Helper()
	files := map[string][]string{}
	must(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			file := strings.TrimPrefix(path, dir+"/")
			what := file
			if strings.HasPrefix(file, "nats/") {
				what = "nats"
			}
			files[what] = append(files[what], file)
		}
		return err
	}))
	return files
}

// closeToOthers gives a copied folder the modes that the program insists on.
func closeToOthers(t *testing.T, dir string) {
	t.Helper()
	must(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			return os.Chmod(path, 0o700)
		case strings.Contains(path, "/keys/"):
			return os.Chmod(path, 0o400)
		}
		return os.Chmod(path, 0o600)
	}))
}

func rewrite(t *testing.T, file string, change func([]byte) []byte) {
	t.Helper()
	body, err := os.ReadFile(file)
	must(t, err)
	info, err := os.Stat(file)
	must(t, err)
	must(t, os.Remove(file)) // it may be for reading only
	must(t, os.WriteFile(file, change(body), info.Mode().Perm()))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
