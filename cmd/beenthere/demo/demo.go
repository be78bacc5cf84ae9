// Package demo holds the stories with which beenthere --demo fills an empty
// house, so that a newcomer sees what the place is like and not an empty page.
// They were written for it. Nobody in them exists.
//
// They stand in stories/*.txt and are meant to be read and added to:
//
//	# A line before the first thread that begins with # is a comment.
//
//	=== thread
//	author: widower
//	topic: grief-and-loss
//	title: She always did the bins
//	wants: listening
//	experiences: lost-a-partner going, loneliness going
//	notes: death
//	waiting: yes
//	safety: not-safe
//
//	The body, in the small Markdown of the forum, up to the next line that
//	begins with === or ---.
//
//	--- reply kettle
//	notes: death
//	waiting: yes
//
//	A reply, under the alias of who wrote it.
//
//	--- later
//
//	What the thread's author added weeks after.
//
// An alias only says which posts of these files are by one person; it is shown
// to nobody. A thread must have author, topic, title and wants; all other
// lines are there when they are needed. "waiting: yes" is a post nobody has
// read yet. Whoever adds to the files: no real person, place or brand, no
// detail of how, no comfort that sounds made by a machine.
package demo

import (
	"embed"
	"io/fs"
)

//go:embed stories/*.txt
var files embed.FS

// Story is a thread with everything in it.
type Story struct {
	Author      string // alias, see the package comment
	Topic       string // slug of a topic
	Title       string
	Body        string
	Wants       string // listening, similar, ideas or no-reply
	Experiences []Tag
	Notes       []string // slugs of content notes
	NotSafe     bool     // the author pressed "I'm not safe right now"
	Waiting     bool     // nobody has read it yet; it has no replies
	Replies     []Reply
	Later       string // the author's "later on"; mostly empty
}

// Tag is an experience with the author's stance: been, going or caring.
type Tag struct{ Slug, Stance string }

// Reply is an answer in a thread. Its author may be the thread's.
type Reply struct {
	Author  string // alias
	Body    string
	Notes   []string
	Waiting bool // nobody has read it yet
}

// Stories gives all threads in the order in which a house should receive them:
// the subjects mixed, and what waits at the end.
func Stories() ([]Story, error) {
	names, err := fs.Glob(files, "stories/*.txt")
	if err != nil {
		return nil, err
	}
	var shelves [][]Story
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		stories, err := parse(name, string(text))
		if err != nil {
			return nil, err
		}
		shelves = append(shelves, stories)
	}
	read, waiting := deal(shelves)
	return append(read, waiting...), nil
}

// deal takes one story from each shelf in turn.
func deal(shelves [][]Story) (read, waiting []Story) {
	for round, more := 0, true; more; round++ {
		more = false
		for _, shelf := range shelves {
			if round >= len(shelf) {
				continue
			}
			more = true
			if s := shelf[round]; s.Waiting {
				waiting = append(waiting, s)
			} else {
				read = append(read, s)
			}
		}
	}
	return read, waiting
}
