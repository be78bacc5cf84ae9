package triage

import (
	"embed"
	"io/fs"
	"slices"
	"sync"
)

//go:embed lexicon/*.txt
var lexiconFiles embed.FS

// Lexicon is a set of entries compiled for use. It never changes and may be
// used by many goroutines; [Lexicon.With] makes another one.
type Lexicon struct {
	entries  []Entry
	patterns []pattern // by number in the automaton
	machine  *automaton
	common   []bool // by word: it tells a covered language
}

// Entry is one thing the lexicon knows, as the desk shows it.
type Entry struct {
	ID     string   `json:"id"`
	Kind   string   `json:"kind"`
	Lane   Lane     `json:"lane"`   // routine: a signal that moves no post
	Weight int      `json:"weight"` // 0 to 10: how much it counts in the order within a lane
	Reason string   `json:"reason"` // in plain words, for the moderator
	Off    bool     `json:"off"`
	Hits   []string `json:"hits"`   // examples that it finds
	Misses []string `json:"misses"` // examples that it leaves alone

	guards guards
	when   condition
	heavy  bool
}

// Change switches an entry off or moves it to another lane. The zero lane
// leaves the lane as it is.
type Change struct {
	Entry string `json:"entry"`
	Off   bool   `json:"off"`
	Lane  Lane   `json:"lane"`
}

// Default gives the lexicon that comes with the program.
var Default = sync.OnceValue(func() *Lexicon {
	l, err := Load(lexiconFiles)
	if err != nil {
		// Only a broken build can bring this about; the tests load it too.
		panic("triage: the built-in lexicon: " + err.Error())
	}
	return l
})

// Entries lists all entries in the order of the files.
func (l *Lexicon) Entries() []Entry { return slices.Clone(l.entries) }

// With gives a lexicon in which the changes apply. A change that names no entry
// or no lane does nothing, so that an old list of changes fits a newer lexicon.
func (l *Lexicon) With(changes []Change) *Lexicon {
	if len(changes) == 0 {
		return l
	}
	changed := *l
	changed.entries = slices.Clone(l.entries)
	for _, c := range changes {
		i := slices.IndexFunc(changed.entries, func(e Entry) bool { return e.ID == c.Entry })
		if i < 0 {
			continue
		}
		changed.entries[i].Off = c.Off
		if c.Lane.Valid() {
			changed.entries[i].Lane = c.Lane
		}
	}
	return &changed
}

// Load reads every lexicon/*.txt below a file system. The error is for the
// operator and names file and line.
func Load(files fs.FS) (*Lexicon, error) {
	names, err := fs.Glob(files, "lexicon/*.txt")
	if err != nil {
		return nil, err
	}
	l := newLoader()
	for _, name := range names {
		text, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		if err := l.file(name, string(text)); err != nil {
			return nil, err
		}
	}
	return l.lexicon, nil
}
