package fts

import (
	"context"
	"database/sql"
	"strconv"
	"strings"

	"beenthere/search"
)

// memory is what is kept of the index in memory. It is guarded by Engine.mu.
type memory struct {
	changes     int       // the counter of the file when it was read
	docs        []doc     // by document number
	lengths     []float32 // of the docs, once more side by side: scoring reads them all
	thread      []int32   // of the docs, -1 when the number is free
	byID        map[string]int32
	threads     map[string]int32  // thread → number
	threadNames []string          // by number
	terms       map[string]int32  // stem → posts
	words       map[string]string // topics, notes and the like, each once
	length      int64             // of all posts together
}

// doc is a post as the filters and the scores need it.
type doc struct {
	id           string // "" when the number is free
	length       int32
	topic, wants string
	notes        []string
	experiences  []search.Experience
	answered     bool
	day          int64
	stamp        string
	vector       packed
	signs        []uint64
}

// fresh gives the memory, read again when another process changed the file.
func (e *Engine) fresh(ctx context.Context) (*memory, error) {
	value, err := meta(ctx, e.file.Load(), "changes")
	if err != nil {
		return nil, err
	}
	changes, _ := strconv.Atoi(value)
	e.mu.RLock()
	m := e.memory
	current := m != nil && m.changes >= changes
	e.mu.RUnlock()
	if current {
		return m, nil
	}
	e.writing.Lock()
	defer e.writing.Unlock()
	e.mu.RLock()
	m = e.memory
	e.mu.RUnlock()
	if m != nil && m.changes >= changes { // somebody read it while we waited
		return m, nil
	}
	return e.reload(ctx)
}

// reload reads the memory from the file. The caller holds e.writing.
func (e *Engine) reload(ctx context.Context) (*memory, error) {
	m, err := readMemory(ctx, e.file.Load())
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	e.memory = m
	e.mu.Unlock()
	return m, nil
}

func readMemory(ctx context.Context, index *sql.DB) (*memory, error) {
	tx, err := index.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	m := &memory{byID: map[string]int32{}, threads: map[string]int32{}, terms: map[string]int32{}, words: map[string]string{}}
	value, err := meta(ctx, tx, "changes")
	if err != nil {
		return nil, err
	}
	m.changes, _ = strconv.Atoi(value)
	if err := m.readDocs(ctx, tx); err != nil {
		return nil, err
	}
	return m, m.readTerms(ctx, tx)
}

func (m *memory) readDocs(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `SELECT doc, id, thread, topic, wants, notes, experiences, answered, day, stamp, length, vector FROM docs`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var number, length int32
		var answered int
		var day int64
		var id, thread, topic, wants, notes, experiences, stamp string
		var vector []byte
		if err := rows.Scan(&number, &id, &thread, &topic, &wants, &notes, &experiences, &answered, &day, &stamp, &length, &vector); err != nil {
			return err
		}
		m.set(number, search.Entry{ID: id, Thread: thread, Topic: topic, Wants: wants, Notes: lines(notes),
			Experiences: splitExperiences(experiences), Answered: answered == 1, Day: day, Stamp: stamp}, length, packed(vector))
	}
	return rows.Err()
}

func (m *memory) readTerms(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `SELECT term, posts FROM terms`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var term string
		var posts int32
		if err := rows.Scan(&term, &posts); err != nil {
			return err
		}
		m.terms[term] = posts
	}
	return rows.Err()
}

// set keeps a post under a number.
func (m *memory) set(number int32, entry search.Entry, length int32, vector packed) {
	for int(number) >= len(m.docs) {
		m.docs, m.lengths, m.thread = append(m.docs, doc{}), append(m.lengths, 0), append(m.thread, -1)
	}
	thread, ok := m.threads[entry.Thread]
	if !ok {
		thread = int32(len(m.threads))
		m.threads[entry.Thread] = thread
		m.threadNames = append(m.threadNames, entry.Thread)
	}
	m.length += int64(length) - int64(m.docs[number].length)
	m.byID[entry.ID] = number
	m.lengths[number], m.thread[number] = float32(length), thread
	d := doc{id: entry.ID, length: length, topic: m.once(entry.Topic), wants: m.once(entry.Wants),
		answered: entry.Answered, day: entry.Day, stamp: entry.Stamp, vector: vector, signs: vector.signs()}
	for _, note := range entry.Notes {
		d.notes = append(d.notes, m.once(note))
	}
	for _, x := range entry.Experiences {
		d.experiences = append(d.experiences, search.Experience{Slug: m.once(x.Slug), Stance: m.once(x.Stance)})
	}
	m.docs[number] = d
}

// once gives the one copy of a word that many posts share.
func (m *memory) once(word string) string {
	if known, ok := m.words[word]; ok {
		return known
	}
	word = strings.Clone(word)
	m.words[word] = word
	return word
}

// drop forgets a post.
func (m *memory) drop(number int32) {
	m.length -= int64(m.docs[number].length)
	delete(m.byID, m.docs[number].id)
	m.docs[number], m.lengths[number], m.thread[number] = doc{}, 0, -1
}

// asked gives what filters ask for, but for the thread.
func (d *doc) asked() search.Doc {
	return search.Doc{Topic: d.topic, Wants: d.wants, Notes: d.notes, Experiences: d.experiences, Answered: d.answered}
}

// lines and its opposite keep short lists in one column. The words come from
// fixed lists and hold no line breaks.
func lines(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

func joinExperiences(list []search.Experience) string {
	out := make([]string, len(list))
	for i, x := range list {
		out[i] = x.Slug + "\t" + x.Stance
	}
	return strings.Join(out, "\n")
}

func splitExperiences(text string) []search.Experience {
	var list []search.Experience
	for _, line := range lines(text) {
		slug, stance, _ := strings.Cut(line, "\t")
		list = append(list, search.Experience{Slug: slug, Stance: stance})
	}
	return list
}
