package meaning

import (
	"cmp"
	"hash/fnv"
	"iter"
	"slices"
)

// Text is a post to learn from.
type Text struct{ ID, Thread, Title, Body string }

// usage counts the posts that use a word, and up to five of their threads.
type usage struct {
	posts   int32
	last    int32 // the post that was counted last
	threads []uint32
}

// see counts a post and its thread once.
func (u *usage) see(post int32, thread uint32) {
	if u.last == post {
		return
	}
	u.last, u.posts = post, u.posts+1
	if len(u.threads) < leastThreads && !slices.Contains(u.threads, thread) {
		u.threads = append(u.threads, thread)
	}
}

func (u *usage) shared() bool { return len(u.threads) >= leastThreads }

// counts is what one pass over the posts gathers.
type counts struct {
	language  *Language
	docs      int32
	tokens    int64
	stems     map[string]*usage
	words     map[string]*usage
	concepts  map[string]*usage
	sequences [][]string // stems without stop words, of a sample of the posts
}

// Learn makes a model from public posts. It reads them once.
func Learn(language *Language, texts iter.Seq2[Text, error]) (*Model, error) {
	c := &counts{language: language, stems: map[string]*usage{}, words: map[string]*usage{}, concepts: map[string]*usage{}}
	for text, err := range texts {
		if err != nil {
			return nil, err
		}
		c.read(text)
	}
	return c.model(), nil
}

func (c *counts) read(text Text) {
	c.docs++
	thread := hash32(text.Thread)
	for _, part := range []string{text.Title, text.Body} {
		tokens := c.language.Read(part)
		c.tokens += int64(len(tokens))
		for _, token := range tokens {
			count(c.stems, token.Stem, c.docs, thread)
			count(c.words, token.Word, c.docs, thread)
		}
		for _, mention := range c.language.Mentions(tokens) {
			count(c.concepts, mention.Concept, c.docs, thread)
		}
	}
}

func count(all map[string]*usage, word string, post int32, thread uint32) {
	one, ok := all[word]
	if !ok {
		one = &usage{}
		all[word] = one
	}
	one.see(post, thread)
}

func (c *counts) model() *Model {
	m := &Model{docs: int(c.docs), stems: map[string]known{}, concepts: map[string]int{}, spelled: map[string]int32{}}
	if c.docs > 0 {
		m.length = float64(c.tokens) / float64(c.docs)
	}
	for stem, use := range c.stems {
		if use.shared() {
			m.stems[stem] = known{posts: use.posts, vector: -1}
		}
	}
	for concept, use := range c.concepts {
		m.concepts[concept] = int(use.posts)
	}
	for word, use := range c.words {
		if use.shared() {
			m.words = append(m.words, spelling{word: word, posts: use.posts, shape: Shape(word)})
			m.spelled[word] = use.posts
		}
	}
	slices.SortFunc(m.words, func(a, b spelling) int {
		return cmp.Or(cmp.Compare(b.posts, a.posts), cmp.Compare(a.word, b.word))
	})
	return m
}

func hash32(text string) uint32 {
	sum := fnv.New32a()
	sum.Write([]byte(text))
	return sum.Sum32()
}
