package account

import "testing"

func TestWhoMayDoWhat(t *testing.T) {
	both := []Right{Review, LookBack, SecondReader, TakeDown, OwnSettings, Figures}
	leads := []Right{SeeList, KeepTopics, Guidelines, Lexicon, LockThread, Invite, ChangeRoles, PauseAuthor, Exclude, CoverageGaps}
	walk := func(rights []Right, moderator, lead bool) {
		for _, right := range rights {
			if May(Moderator, right) != moderator || May(Lead, right) != lead {
				t.Errorf("%s: moderator %v, lead %v", right, May(Moderator, right), May(Lead, right))
			}
			for _, nobody := range []Role{"", "Lead", "operator", "moderator "} {
				if May(nobody, right) {
					t.Errorf("%q may %s", nobody, right)
				}
			}
		}
	}
	walk(both, true, true)
	walk(leads, false, true)
	walk([]Right{"", "review ", "unheard-of"}, false, false)
}

func TestParseRole(t *testing.T) {
	for s, want := range map[string]bool{"moderator": true, "lead": true, "": false, "LEAD": false, "operator": false} {
		if _, ok := ParseRole(s); ok != want {
			t.Errorf("%q: %v", s, ok)
		}
	}
}
