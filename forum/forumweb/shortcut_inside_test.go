package forumweb

import (
	"testing"

	"beenthere/forum/shell"
)

// A page that was made before something changed, by a reader who was slow,
// does not come back under the new version.
func TestOldPageTakesNoShortcut(t *testing.T) {
	k, old, fresh := newKeeper(), &kept{}, &kept{}
	k.put("home ", 1, 5, old)
	k.put("home ", 2, 5, fresh)
	k.shorten("/", "home ", old, &shell.Ready{})
	if k.at([]byte("/"), 2, 5) != nil {
		t.Fatal("an old page came back")
	}
	k.shorten("/", "home ", fresh, &shell.Ready{})
	if k.at([]byte("/"), 2, 5) == nil {
		t.Fatal("a kept page has no shortcut")
	}
	for _, when := range [][2]int64{{1, 5}, {3, 5}, {2, 6}} {
		if k.at([]byte("/"), uint64(when[0]), when[1]) != nil {
			t.Fatal("a page of another version or day was given", when)
		}
	}
	k.put("topic", 3, 5, &kept{})
	if len(k.short) != 0 {
		t.Fatal("shortcuts outlive what they lead to")
	}
}
