package search_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"beenthere/search"
)

// sentences gives what posts of a benchmark are put together from: those of
// the collection that BEENTHERE_TEST_COLLECTION names, else invented ones.
func sentences(b *testing.B, random *rand.Rand) []string {
	b.Helper()
	folder := os.Getenv("BEENTHERE_TEST_COLLECTION")
	if folder == "" {
		return inventedWords(random)
	}
	file, err := os.Open(filepath.Join(folder, "posts.jsonl"))
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	var all []string
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var post struct{ Title, Body string }
		if err := json.Unmarshal(lines.Bytes(), &post); err != nil {
			b.Fatal(err)
		}
		all = append(all, strings.SplitAfter(post.Title+". "+post.Body, ". ")...)
	}
	return all
}

// inventedWords makes sentences of invented words that are as frequent as words are.
func inventedWords(random *rand.Rand) []string {
	often := rand.NewZipf(random, 1.1, 4, 30_000)
	all := make([]string, 3000)
	for i := range all {
		words := make([]string, 8+random.IntN(12))
		for j := range words {
			words[j] = fmt.Sprintf("w%dx", often.Uint64())
		}
		all[i] = strings.Join(words, " ") + ". "
	}
	return all
}

// crowd is a public view of many posts. They are put together when they are
// asked for, so that they do not count as memory of the room.
type crowd struct {
	from  []string
	count int
}

func newCrowd(b *testing.B, count int) *crowd {
	return &crowd{from: sentences(b, rand.New(rand.NewPCG(3, 4))), count: count}
}

func (c *crowd) doc(i int) search.Doc {
	random := rand.New(rand.NewPCG(5, uint64(i)))
	var body strings.Builder
	for range 3 + random.IntN(5) {
		body.WriteString(c.from[random.IntN(len(c.from))])
		fmt.Fprintf(&body, "rare%dword ", int(60_000*random.Float64()*random.Float64()*random.Float64()))
	}
	return search.Doc{ID: fmt.Sprint("p", i), Thread: fmt.Sprint("t", i), Topic: fmt.Sprint("topic", i%20),
		Title: strings.TrimSpace(c.from[random.IntN(len(c.from))]), Body: body.String(), Day: int64(20000 + i%400)}
}

// Docs gives posts by the numbers in their ids.
func (c *crowd) Docs(_ context.Context, ids []string) ([]search.Doc, error) {
	docs := make([]search.Doc, len(ids))
	for i, id := range ids {
		number, err := strconv.Atoi(id[1:])
		if err != nil {
			return nil, err
		}
		docs[i] = c.doc(number)
	}
	return docs, nil
}

func (c *crowd) all() iter.Seq2[search.Doc, error] {
	return func(yield func(search.Doc, error) bool) {
		for i := range c.count {
			if !yield(c.doc(i), nil) {
				return
			}
		}
	}
}

// BenchmarkRoom measures questions, stories like this, a new post
// until it can be found, a withdrawn one until the engine has it no more, and the
// training in rooms of 10,000 and 100,000 posts.
func BenchmarkRoom(b *testing.B) {
	for name, open := range map[string]func(testing.TB) search.Engine{"embedded": embedded, "meilisearch": server} {
		for _, count := range []int{10_000, 100_000} {
			b.Run(fmt.Sprint(name, "/", count), func(b *testing.B) { benchmarkRoom(b, open(b), count) })
		}
	}
}

// status reads a line of what Linux says of this process.
func status(b *testing.B, name string) string {
	content, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return "unknown"
	}
	_, rest, _ := strings.Cut(string(content), name+":")
	line, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSpace(line)
}

func benchmarkRoom(b *testing.B, engine search.Engine, count int) {
	c := newCrowd(b, count)
	room := search.New(engine, c, b.TempDir())
	start := time.Now()
	if err := room.Train(b.Context(), c.all(), start, nil); err != nil {
		b.Fatal(err)
	}
	b.Logf("training and indexing took %v", time.Since(start).Round(100*time.Millisecond))
	highest := status(b, "VmHWM")
	debug.FreeOSMemory()
	b.Logf("resident: %s at most while training, %s afterwards", highest, status(b, "VmRSS"))
	measure := func(name string, do func(i int) error) {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				start := time.Now()
				if err := do(i * 7919 % count); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-p50")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
		})
	}
	measure("find", func(i int) error {
		_, err := room.Find(b.Context(), search.Query{Words: c.doc(i).Title})
		return err
	})
	measure("similar", func(i int) error {
		_, _ = room.Similar(b.Context(), c.doc(i), search.Filter{}, 5)
		return nil
	})
	measure("put", func(i int) error {
		doc := c.doc(i)
		doc.Body += fmt.Sprint(" again", i)
		return room.Put(b.Context(), doc)
	})
	measure("delete", func(i int) error { return room.Delete(b.Context(), c.doc(i).ID) })
}
