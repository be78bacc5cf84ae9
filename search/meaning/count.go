package meaning

import (
	"context"
	"hash/fnv"
	"iter"
	"slices"
	"strings"
	"time"
)

// Text is a post to learn from.
type Text struct{ Thread, Title, Body string }

// usage counts the posts that use a word, and up to five of their threads.
type usage struct {
	posts   int32
	last    int32 // the post that was counted last
	threads [leastThreads]uint32
	seen    int // threads
}

// see counts a post and its thread once.
func (u *usage) see(post int32, thread uint32) {
	if u.last == post {
		return
	}
	u.last, u.posts = post, u.posts+1
	if u.seen < leastThreads && !slices.Contains(u.threads[:u.seen], thread) {
		u.threads[u.seen] = thread
		u.seen++
	}
}

func (u *usage) shared() bool { return u.seen == leastThreads }

// counts is what one pass over the posts gathers.
type counts struct {
	language *Language
	docs     int32
	tokens   int64
	stems    map[string]*usage
	words    map[string]*usage
	ids      map[string]int32 // stem → number in sequence
	kept     [][]int32        // stems of posts without stop words, every step-th post
	step     int32
}

// Learn makes a model from public posts. It reads them once, and gives the
// error of ctx within a second or two of its end.
func Learn(ctx context.Context, language *Language, texts iter.Seq2[Text, error], now time.Time) (*Model, error) {
	c := &counts{language: language, stems: map[string]*usage{}, words: map[string]*usage{}, ids: map[string]int32{}, step: 1}
	for text, err := range texts {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		c.read(text)
	}
	return c.model(ctx, now)
}

func (c *counts) read(text Text) {
	c.docs++
	thread := hash32(text.Thread)
	var sequence []int32
	for _, part := range []string{text.Title, text.Body} {
		reading := c.language.Read(part)
		c.tokens += int64(len(reading.Tokens))
		for _, token := range reading.Tokens {
			count(c.words, token.Word, c.docs, thread)
		}
		inOrder(reading, func(stem string, stop bool) {
			count(c.stems, stem, c.docs, thread)
			if !stop {
				sequence = append(sequence, c.id(stem))
			}
		})
	}
	c.keep(sequence)
}

// keep keeps the stems of a post, or those of fewer posts when they are many.
func (c *counts) keep(sequence []int32) {
	if c.docs%c.step != 0 {
		return
	}
	c.kept = append(c.kept, slices.Clip(sequence))
	if len(c.kept) < 2*mostLearnedPosts {
		return
	}
	c.step *= 2
	for i := range mostLearnedPosts {
		c.kept[i] = c.kept[2*i+1]
	}
	clear(c.kept[mostLearnedPosts:])
	c.kept = c.kept[:mostLearnedPosts]
}

// inOrder hands out the stems of a text, and the concepts that it mentions as
// if they were words that stand there too. That is how rare words learn from
// common ones.
func inOrder(reading Reading, yield func(stem string, stop bool)) {
	mentions := reading.Mentions
	for at, token := range reading.Tokens {
		for len(mentions) > 0 && mentions[0].First <= at {
			yield(conceptMark+mentions[0].Concept, false)
			mentions = mentions[1:]
		}
		yield(token.Stem, token.Stop)
	}
}

func (c *counts) id(stem string) int32 {
	id, ok := c.ids[stem]
	if !ok {
		id = int32(len(c.ids))
		c.ids[stem] = id
	}
	return id
}

func count(all map[string]*usage, word string, post int32, thread uint32) {
	one, ok := all[word]
	if !ok {
		one = &usage{}
		all[strings.Clone(word)] = one // and not the whole post that it is a piece of
	}
	one.see(post, thread)
}

func (c *counts) model(ctx context.Context, now time.Time) (*Model, error) {
	m := &Model{language: c.language, docs: int(c.docs), learned: now, stems: map[string]known{}}
	if c.docs > 0 {
		m.length = float64(c.tokens) / float64(c.docs)
	}
	for stem, use := range c.stems {
		if use.shared() {
			m.stems[stem] = known{posts: use.posts, vector: -1}
		}
	}
	c.addSpellings(m)
	if m.docs >= leastDocs {
		if err := c.addVectors(ctx, m); err != nil {
			return nil, err
		}
	}
	m.version = m.digest()
	return m, nil
}

func hash32(text string) uint32 {
	sum := fnv.New32a()
	sum.Write([]byte(text))
	return sum.Sum32()
}
