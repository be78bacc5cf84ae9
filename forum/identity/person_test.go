package identity

import (
	"slices"
	"strings"
	"sync"
	"testing"
)

func mustPerson(t testing.TB, keys *Keys, s Secret) *Person {
	t.Helper()
	person, err := keys.Person(s, keys.PepperVersion())
	if err != nil {
		t.Fatal(err)
	}
	return person
}

// Made by a second program from the description in the package's comment.
func TestPersonVectors(t *testing.T) {
	keys := testKeys(t)
	person := mustPerson(t, keys, spellings[1].secret)
	for name, c := range map[string][2]string{
		"tag":        {string(person.Tag(strings.Repeat("a", 26))), "pcoArghrIbWvnxHZpSVWLg"},
		"revocation": {person.Revocation(7), "R8jE4u4QD6irszdK3oUs_g"},
		"rate":       {person.RateTag([]byte("boot"), 480000), "_VRswVt_UnY"},
		"mac":        {keys.MAC("x", "value"), "UPKwP-KPKPO5eG6bVdxNp4x1w3H-GlmVFe47FugSvyQ"},
		"hash":       {Hash("abc"), "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0"},
	} {
		if c[0] != c[1] {
			t.Errorf("%s = %s, want %s", name, c[0], c[1])
		}
	}
}

func TestTagsJoinNothing(t *testing.T) {
	keys := testKeys(t)
	made := map[string]string{}
	for _, s := range []Secret{{1}, {2}} {
		person := mustPerson(t, keys, s)
		for _, value := range []string{
			string(person.Tag("a")), string(person.Tag("b")), person.Revocation(0), person.Revocation(1),
			person.RateTag([]byte("x"), 1), person.RateTag([]byte("x"), 2), person.RateTag([]byte("y"), 1),
		} {
			if made[value] != "" {
				t.Errorf("%s came twice", value)
			}
			made[value] = value
		}
	}
	if tag := NewTag(); len(tag) != len(mustPerson(t, keys, Secret{1}).Tag("a")) || tag == NewTag() {
		t.Error("a tag of nobody does not look like a tag")
	}
}

func TestScanFindsWhatIsOwn(t *testing.T) {
	keys := testKeys(t)
	person, other := mustPerson(t, keys, Secret{1}), mustPerson(t, keys, Secret{2})
	threads := make([]string, 500)
	stored := map[AuthorTag]int{}
	for i := range threads {
		threads[i] = NewID()
		stored[other.Tag(threads[i])] = i
		if i%7 == 3 {
			stored[person.Tag(threads[i])] = i
		}
	}
	kept := map[AuthorTag]bool{}
	found := person.Scan(threads, func(i int, tag AuthorTag) bool {
		at, here := stored[tag]
		if here && at != i {
			t.Errorf("thread %d has the tag of %d", i, at)
		}
		kept[tag] = true
		return here
	})
	if len(kept) != len(threads) || len(found) != 71 || !slices.IsSorted(found) || found[0] != 3 {
		t.Fatalf("%d tags, found %v", len(kept), found)
	}
	if got := person.Scan(nil, nil); got != nil {
		t.Fatalf("found %v in nothing", got)
	}
}

func TestOnePersonInManyRequests(t *testing.T) {
	keys := testKeys(t)
	person := mustPerson(t, keys, Secret{1})
	threads := []string{NewID(), NewID(), NewID()}
	want := []AuthorTag{person.Tag(threads[0]), person.Tag(threads[1]), person.Tag(threads[2])}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for i, thread := range threads {
				if person.Tag(thread) != want[i] || keys.Handle(thread) == "" || keys.Name(want[i], 0) == "" {
					t.Error("another tag for the same thread")
				}
			}
			person.Scan(threads, func(i int, tag AuthorTag) bool {
				if tag != want[i] {
					t.Error("another tag in a scan")
				}
				return true
			})
		})
	}
	all.Wait()
}

func BenchmarkPerson(b *testing.B) {
	keys := testKeys(b)
	for b.Loop() {
		mustPerson(b, keys, Secret{1})
	}
}

func BenchmarkTag(b *testing.B) {
	person, thread := mustPerson(b, testKeys(b), Secret{1}), NewID()
	b.ReportAllocs()
	for b.Loop() {
		person.Tag(thread)
	}
}

// One scan of a forum with 100,000 threads, as the first visit to "my threads"
// makes it.
func BenchmarkScan100k(b *testing.B) {
	person := mustPerson(b, testKeys(b), Secret{1})
	threads := make([]string, 100_000)
	stored := map[AuthorTag]struct{}{}
	for i := range threads {
		threads[i] = NewID()
		stored[NewTag()] = struct{}{}
	}
	b.ReportAllocs()
	for b.Loop() {
		person.Scan(threads, func(_ int, tag AuthorTag) bool { _, here := stored[tag]; return here })
	}
}

// The comparison with every active sanction that each write makes.
func BenchmarkSanctions1000(b *testing.B) {
	person := mustPerson(b, testKeys(b), Secret{1})
	var threads [1000]string
	var tags [1000]AuthorTag
	for i := range threads {
		threads[i], tags[i] = NewID(), NewTag()
	}
	for b.Loop() {
		stopped := false
		for i, thread := range threads {
			stopped = Equal(string(person.Tag(thread)), string(tags[i])) || stopped
		}
		if stopped {
			b.Fatal("stopped by somebody else's sanction")
		}
	}
}
