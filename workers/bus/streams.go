package bus

import (
	"context"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// subjects are all streams there are.
var subjects = [...]Subject{PostsSubmitted, PostsChanged}

// stream is the name of the subject's stream; names have no dots.
func (s Subject) stream() string { return strings.ReplaceAll(string(s), ".", "-") }

// config describes the stream. Notes are deleted when acknowledged and after
// an hour. The last token of a message's subject is its post and revision,
// and a stream keeps one message for each: ringing twice for a revision that
// still waits does not make the queue longer. What does not fit pushes the
// oldest out; the reconciler rings for it again.
func (s Subject) config(storage jetstream.StorageType) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name:              s.stream(),
		Subjects:          []string{string(s) + ".*"},
		Retention:         jetstream.WorkQueuePolicy,
		Discard:           jetstream.DiscardOld,
		MaxAge:            time.Hour,
		MaxMsgs:           100_000,
		MaxBytes:          16 << 20,
		MaxMsgSize:        1 << 10,
		MaxMsgsPerSubject: 1,
		Storage:           storage,
		Replicas:          1,
	}
}

// makeStreams makes whatever stream the server does not have.
func (b *Bus) makeStreams(ctx context.Context, conn *nats.Conn) error {
	js, err := jetstream.New(conn)
	if err != nil {
		return err
	}
	for _, s := range subjects {
		if _, err := js.CreateOrUpdateStream(ctx, s.config(b.storage())); err != nil {
			return err
		}
	}
	return nil
}

// storage is memory in the embedded server (embedded.go says why) and the disk
// in an outside one, which may outlive the program that rang.
func (b *Bus) storage() jetstream.StorageType {
	if b.server != nil {
		return jetstream.MemoryStorage
	}
	return jetstream.FileStorage
}
