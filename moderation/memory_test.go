package moderation

import (
	"fmt"
	"hash/maphash"
	"slices"
	"testing"

	"beenthere/forum"
	"beenthere/moderation/triage"
)

// The memory holds the newest posts and no more, newest first.
func TestMemoryForgetsTheOldest(t *testing.T) {
	m := memory{filled: true, seed: maphash.MakeSeed(), at: map[forum.PostID]int{}}
	for i := range rememberedPosts + 3 {
		body := fmt.Sprintf("post %d says words of its own number %d and %d", i, i, i)
		if i%1000 == 0 {
			body = "these are the same eight words each time"
		}
		m.keep(forum.PostID(fmt.Sprint(i)), triage.SketchOf(m.seed, body))
	}
	again, err := m.near(t.Context(), nil, "1000", "these are the same eight words each time")
	if want := []forum.PostID{"5000", "4000", "3000", "2000"}; err != nil || !slices.Equal(again, want) {
		t.Errorf("%v %v, want %v", again, err, want)
	}
	if len(m.posts) != rememberedPosts || len(m.at) != rememberedPosts {
		t.Errorf("%d posts, %d places", len(m.posts), len(m.at))
	}
}
