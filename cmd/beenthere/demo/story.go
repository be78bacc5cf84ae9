package demo

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// add puts a block where it belongs in the story.
func (s *Story) add(b *block) (err error) {
	body := strings.TrimSpace(b.body)
	if body == "" {
		return errors.New("there are no words in it")
	}
	switch b.kind {
	case "thread":
		err = s.open(b, body)
	case "reply":
		err = s.reply(b, body)
	default:
		err = s.later(body)
	}
	if err == nil && len(b.keys) > 0 {
		err = fmt.Errorf("unknown: %s", strings.Join(slices.Sorted(maps.Keys(b.keys)), ", "))
	}
	return err
}

func (s *Story) open(b *block, body string) (err error) {
	*s = Story{Author: b.take("author"), Topic: b.take("topic"), Title: b.take("title"), Wants: b.take("wants"), Notes: b.list("notes"), Body: body}
	if s.Author == "" || s.Topic == "" || s.Title == "" || s.Wants == "" {
		return errors.New("a thread needs author, topic, title and wants")
	}
	if s.Waiting, err = b.flag("waiting", "yes"); err != nil {
		return err
	}
	if s.NotSafe, err = b.flag("safety", "not-safe"); err != nil {
		return err
	}
	for _, e := range b.list("experiences") {
		slug, stance, found := strings.Cut(e, " ")
		if !found {
			return fmt.Errorf("experience %q has no stance", e)
		}
		s.Experiences = append(s.Experiences, Tag{slug, stance})
	}
	return nil
}

func (s *Story) reply(b *block, body string) error {
	if s.Waiting {
		return errors.New("nobody can reply to what nobody has read")
	}
	waiting, err := b.flag("waiting", "yes")
	s.Replies = append(s.Replies, Reply{Author: b.name, Body: body, Notes: b.list("notes"), Waiting: waiting})
	return err
}

func (s *Story) later(body string) error {
	if s.Waiting || s.Later != "" {
		return errors.New("there is one later on, in a thread that was read")
	}
	s.Later = body
	return nil
}
