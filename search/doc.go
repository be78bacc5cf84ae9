package search

import (
	"context"
	"encoding/binary"
	"hash/fnv"
	"math"
	"strconv"
	"strings"

	"beenthere/search/meaning"
)

// Doc is one public post as the room reads it. It is made from the public
// view by the caller, at the moment of the question.
type Doc struct {
	ID, Thread, Topic string // public ids and the topic's slug
	Title, Body       string // plain text; the title of a reply may be empty
	Notes             []string
	Experiences       []Experience
	Wants             string
	Answered          bool  // the thread has a reply
	Day               int64 // days since 1970
	Revision          int
}

// Experience is a tag that an author chose, with the stance: been through it,
// going through it, caring for someone.
type Experience struct{ Slug, Stance string }

// words are those of an experience: the slug "lost-a-parent" says "lost a
// parent". What authors chose they told, also where the body never says it.
func (x Experience) words() string { return strings.ReplaceAll(x.Slug, "-", " ") }

// Public answers what is public now. Docs gives the posts among ids that are,
// in the order of ids; the others are left out.
type Public interface {
	Docs(ctx context.Context, ids []string) ([]Doc, error)
}

// Entry is what an engine keeps of a post: stems instead of sentences, and
// what the filters ask for.
type Entry struct {
	ID, Thread, Topic, Wants string
	Notes                    []string
	Experiences              []Experience
	Answered                 bool
	Day                      int64
	Title, Body              []string  // stems in order
	Concepts                 []string  // of the synonym file, as often as mentioned
	Vector                   []float32 // of length one; nil when there is no meaning yet or no known word
	Stamp                    string    // differs when any of it differs
}

// entry reads a post into what the engines keep.
func (r *Room) entry(doc Doc, model *meaning.Model) Entry {
	title, body := r.language.Read(doc.Title), r.language.Read(doc.Body)
	e := Entry{
		ID: doc.ID, Thread: doc.Thread, Topic: doc.Topic, Wants: doc.Wants, Notes: doc.Notes,
		Experiences: doc.Experiences, Answered: doc.Answered, Day: doc.Day,
		Title: stems(title.Tokens), Body: stems(body.Tokens), Concepts: append(concepts(title), concepts(body)...),
	}
	for _, x := range doc.Experiences {
		tag := r.language.Read(x.words())
		e.Body, e.Concepts = append(e.Body, stems(tag.Tokens)...), append(e.Concepts, concepts(tag)...)
	}
	e.Vector = model.Embed(title, body)
	e.Stamp = e.stamp(r.language.Version() + model.Version())
	return e
}

func stems(tokens []meaning.Token) []string {
	out := make([]string, len(tokens))
	for i, token := range tokens {
		out[i] = token.Stem
	}
	return out
}

func concepts(reading meaning.Reading) []string {
	out := make([]string, len(reading.Mentions))
	for i, mention := range reading.Mentions {
		out[i] = mention.Concept
	}
	return out
}

// stamp is a short sum of all that an entry says.
func (e *Entry) stamp(version string) string {
	sum := fnv.New64a()
	text := func(words ...string) { sum.Write([]byte(strings.Join(words, "\x00") + "\x01")) }
	text(version, e.ID, e.Thread, e.Topic, e.Wants, strconv.FormatBool(e.Answered), strconv.FormatInt(e.Day, 10))
	text(e.Notes...)
	text(e.Title...)
	text(e.Body...)
	text(e.Concepts...)
	for _, x := range e.Experiences {
		text(x.Slug, x.Stance)
	}
	var number [4]byte
	for _, v := range e.Vector {
		binary.LittleEndian.PutUint32(number[:], math.Float32bits(v))
		sum.Write(number[:])
	}
	return strconv.FormatUint(sum.Sum64(), 36)
}
