package meaning

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// layout is the version of the file and of what its numbers mean. Another one is
// not read, and the model learned anew.
const layout = 1

// kept is a model as it is kept in a file.
type kept struct {
	Layout   int
	Language string // version of the lists
	Learned  time.Time
	Complete bool
	Docs     int
	Length   float64
	Stems    []keptStem
	Words    []keptWord
	Rows     []byte // float32, little endian
	Mean     []byte
}

type keptStem struct {
	Stem          string
	Posts, Vector int32
}

type keptWord struct {
	Word  string
	Posts int32
}

// ErrOther is the error for a file of another version of the program.
var ErrOther = errors.New("the model is of another version")

// Save keeps a model in a file, as a whole or not at all.
func (m *Model) Save(file string) error {
	temporary, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name())
	out := bufio.NewWriter(temporary)
	err = errors.Join(gob.NewEncoder(out).Encode(m.kept()), out.Flush(), temporary.Sync(), temporary.Close())
	if err != nil {
		return err
	}
	return os.Rename(temporary.Name(), file)
}

// Load reads a model from a file. It gives ErrOther for one that this version
// of the program did not write.
func Load(language *Language, file string) (*Model, error) {
	content, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	var k kept
	if err := gob.NewDecoder(bufio.NewReader(content)).Decode(&k); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrOther, err)
	}
	if k.Layout != layout || k.Language != language.Version() || len(k.Rows)%(4*Width) != 0 {
		return nil, ErrOther
	}
	return k.model(language), nil
}

// Complete tells whether the index was made with the model.
func (m *Model) Complete() bool { return m != nil && m.complete }

// Completed gives the model as one that the index was made with. It is another
// value, since the model itself may already be read by searches.
func (m *Model) Completed() *Model {
	whole := *m
	whole.complete = true
	return &whole
}

func (m *Model) kept() kept {
	k := kept{Layout: layout, Language: m.language.Version(), Learned: m.learned, Complete: m.complete, Docs: m.docs, Length: m.length}
	for stem, known := range m.stems {
		k.Stems = append(k.Stems, keptStem{stem, known.posts, known.vector})
	}
	slices.SortFunc(k.Stems, func(a, b keptStem) int { return cmp.Compare(a.Stem, b.Stem) })
	for _, word := range m.words {
		k.Words = append(k.Words, keptWord{word.word, word.posts})
	}
	if m.vectors != nil {
		k.Rows, k.Mean = toBytes(m.vectors.rows), toBytes(m.vectors.mean)
	}
	return k
}

func (k *kept) model(language *Language) *Model {
	m := &Model{language: language, docs: k.Docs, length: k.Length, learned: k.Learned, complete: k.Complete,
		stems: map[string]known{}, spelled: map[string]bool{}}
	if len(k.Rows) > 0 && len(k.Mean) == 4*Width {
		m.vectors = &vectors{rows: fromBytes(k.Rows), mean: fromBytes(k.Mean)}
	}
	rows := int32(len(k.Rows) / (4 * Width))
	for _, stem := range k.Stems {
		if stem.Vector >= rows {
			stem.Vector = -1
		}
		m.stems[stem.Stem] = known{stem.Posts, stem.Vector}
	}
	for _, word := range k.Words {
		m.spell(word.Word, word.Posts)
	}
	m.version = m.digest()
	return m
}

// digest names what the model knows.
func (m *Model) digest() string {
	sum := fnv.New64a()
	k := m.kept()
	fmt.Fprint(sum, k.Language, k.Docs, k.Length, k.Stems)
	sum.Write(k.Rows)
	return strconv.FormatUint(sum.Sum64(), 36)
}

func toBytes(numbers []float32) []byte {
	out := make([]byte, 0, 4*len(numbers))
	for _, n := range numbers {
		out = binary.LittleEndian.AppendUint32(out, math.Float32bits(n))
	}
	return out
}

func fromBytes(bytes []byte) []float32 {
	out := make([]float32, len(bytes)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(bytes[4*i:]))
	}
	return out
}
