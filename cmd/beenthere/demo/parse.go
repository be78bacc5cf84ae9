package demo

import (
	"fmt"
	"strings"
)

// block is one post of a file: what its first line says, its "key: value"
// lines, and its words.
type block struct {
	line int    // where it begins, for errors
	kind string // thread, reply or later
	name string // the alias behind "--- reply"
	keys map[string]string
	body string
}

// parse reads one file. It is strict: a line it does not know is an error that
// names the line, because a misspelt key would otherwise be a lost note.
func parse(file, text string) ([]Story, error) {
	blocks, err := split(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var stories []Story
	for _, b := range blocks {
		if b.kind == "thread" {
			stories = append(stories, Story{})
		}
		if len(stories) == 0 {
			return nil, fmt.Errorf("%s: line %d: %s before the first thread", file, b.line, b.kind)
		}
		if err := stories[len(stories)-1].add(b); err != nil {
			return nil, fmt.Errorf("%s: line %d: %w", file, b.line, err)
		}
	}
	return stories, nil
}

// split cuts a file into its blocks.
func split(text string) ([]*block, error) {
	var blocks []*block
	var now *block
	head := false // between the first line of a block and its first blank line
	for i, line := range strings.Split(text, "\n") {
		switch {
		case strings.HasPrefix(line, "=== "), strings.HasPrefix(line, "--- "):
			b, err := begin(i+1, line)
			if err != nil {
				return nil, err
			}
			now, head = b, true
			blocks = append(blocks, b)
		case now == nil && (line == "" || strings.HasPrefix(line, "#")):
		case now == nil:
			return nil, fmt.Errorf("line %d: words before the first thread", i+1)
		case head && line == "":
			head = false
		case head:
			if err := now.set(line); err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
		default:
			now.body += line + "\n"
		}
	}
	return blocks, nil
}

func begin(at int, line string) (*block, error) {
	b := &block{line: at, keys: map[string]string{}}
	reply, isReply := strings.CutPrefix(line, "--- reply ")
	switch {
	case line == "=== thread":
		b.kind = "thread"
	case line == "--- later":
		b.kind = "later"
	case isReply && reply != "" && !strings.ContainsAny(reply, " \t"):
		b.kind, b.name = "reply", reply
	default:
		return nil, fmt.Errorf("line %d: %q begins nothing", at, line)
	}
	return b, nil
}

func (b *block) set(line string) error {
	key, value, found := strings.Cut(line, ": ")
	value = strings.TrimSpace(value)
	if _, twice := b.keys[key]; !found || twice || value == "" {
		return fmt.Errorf("%q is not a new line of the form key: value", line)
	}
	b.keys[key] = value
	return nil
}

// take removes a key and gives its value, so that what is left at the end is
// what nobody knows.
func (b *block) take(key string) string {
	value := b.keys[key]
	delete(b.keys, key)
	return value
}

// flag takes a key that has only one value.
func (b *block) flag(key, value string) (bool, error) {
	switch b.take(key) {
	case "":
		return false, nil
	case value:
		return true, nil
	}
	return false, fmt.Errorf("%s can only be %q", key, value)
}

func (b *block) list(key string) []string {
	value := b.take(key)
	if value == "" {
		return nil
	}
	return strings.Split(value, ", ")
}
