package fts

import (
	"beenthere/search"
)

// prepareFilter looks at the filter once, because it is asked of every post.
func (q *asking) prepareFilter() {
	if thread, ok := q.m.threads[q.ask.Filter.HideThread]; ok && q.ask.Filter.HideThread != "" {
		q.hidden = thread
	}
	q.ask.Filter.HideThread = ""
	q.filtered = !q.ask.Filter.Empty()
}

// allowed tells whether a post may be a hit.
func (q *asking) allowed(number int32) bool {
	thread := q.m.thread[number]
	if thread < 0 || thread == q.hidden || q.without[number] {
		return false
	}
	return !q.filtered || q.ask.Filter.Allows(q.m.docs[number].asked())
}

// best gives the posts with the highest scores, one of each thread.
func (q *asking) best(numbers []int32, limit int) []search.Hit {
	of := q.scores.byThread(len(q.m.threads))
	var threads []int32
	for _, number := range numbers {
		if !q.allowed(number) {
			continue
		}
		thread := q.m.thread[number]
		switch held := of[thread] - 1; {
		case held < 0:
			threads = append(threads, thread)
			of[thread] = number + 1
		case q.scores.of[number] > q.scores.of[held]:
			of[thread] = number + 1
		}
	}
	found := top{limit: limit, of: q.scores.of}
	for _, thread := range threads {
		found.offer(of[thread] - 1)
		of[thread] = 0
	}
	return q.hits(found.best())
}

func (q *asking) hits(numbers []int32) []search.Hit {
	hits := make([]search.Hit, len(numbers))
	for i, number := range numbers {
		d := &q.m.docs[number]
		hits[i] = search.Hit{ID: d.id, Thread: q.m.threadNames[q.m.thread[number]], Score: float64(q.scores.of[number])}
	}
	return hits
}

// newest gives the posts of the latest days, for a question without words.
func (q *asking) newest() []search.Hit {
	numbers := make([]int32, 0, len(q.m.docs))
	for number := range q.m.docs {
		q.scores.add(int32(number), float32(q.m.docs[number].day))
		numbers = append(numbers, int32(number))
	}
	return q.best(numbers, q.ask.Limit)
}
