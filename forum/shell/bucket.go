package shell

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"sync"
	"time"
)

const (
	epochLength = 10 * time.Minute
	shardCount  = 64
	shardSize   = 4096 // so at most 262,144 buckets, some 20 MB
)

type epoch struct {
	key    [32]byte
	ends   time.Time
	shards [shardCount]shard
}

type shard struct {
	sync.Mutex
	buckets map[[16]byte]bucket
}

type bucket struct {
	tokens float64
	filled time.Time
}

// current gives the epoch of a time, a new one when the last has ended.
func (l *limiter) current(now time.Time) *epoch {
	for {
		e := l.epoch.Load()
		if e != nil && now.Before(e.ends) {
			return e
		}
		fresh := &epoch{ends: now.Add(epochLength)}
		_, _ = rand.Read(fresh.key[:]) // never fails since Go 1.24
		if l.epoch.CompareAndSwap(e, fresh) {
			return fresh
		}
	}
}

// mac names a bucket. The key comes first and has a fixed length, and the sum
// is cut, so plain SHA-256 serves as a MAC here without allocating.
func (e *epoch) mac(class Class, kind byte, who []byte) (name [16]byte) {
	var room [96]byte
	text := append(room[:0], e.key[:]...)
	text = append(text, byte(class), kind)
	sum := sha256.Sum256(append(text, who...))
	copy(name[:], sum[:])
	return name
}

// take takes one from a bucket and gives zero, or how long until there is one.
func (e *epoch) take(name [16]byte, r rate, now time.Time) time.Duration {
	if r.burst == 0 {
		return 0
	}
	s := &e.shards[binary.BigEndian.Uint16(name[:])%shardCount]
	s.Lock()
	defer s.Unlock()
	b, known := s.buckets[name]
	if !known {
		b = bucket{r.burst, now}
		s.makeRoom()
	}
	b.tokens = min(r.burst, b.tokens+float64(max(0, now.Sub(b.filled)))/float64(r.every))
	b.filled = now
	var wait time.Duration
	if b.tokens >= 1 {
		b.tokens--
	} else {
		wait = max(1, time.Duration((1-b.tokens)*float64(r.every))) // rounding must not turn a no into a yes
	}
	s.buckets[name] = b
	return wait
}

// makeRoom keeps a shard within its size by dropping any bucket of it, which
// is as good as that caller being new.
func (s *shard) makeRoom() {
	if s.buckets == nil {
		s.buckets = map[[16]byte]bucket{}
	}
	for name := range s.buckets {
		if len(s.buckets) < shardSize {
			return
		}
		delete(s.buckets, name)
	}
}
