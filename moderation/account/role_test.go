package account

import "testing"

func TestWhoMayDoWhat(t *testing.T) {
	both := []Right{Review, LookBack, OwnSettings, Figures}
	leads := []Right{SeeList, KeepTopics, Guidelines, Lexicon, LockThread, Invite, ChangeRoles, PauseAuthor, Exclude, CoverageGaps, KeepHours}
	walk := func(rights []Right, welcomer, moderator, lead bool) {
		for _, right := range rights {
			if May(Welcomer, right) != welcomer || May(Moderator, right) != moderator || May(Lead, right) != lead {
				t.Errorf("%s: welcomer %v, moderator %v, lead %v", right, May(Welcomer, right), May(Moderator, right), May(Lead, right))
			}
			for _, nobody := range []Role{"", "Lead", "operator", "moderator ", "Welcomer"} {
				if May(nobody, right) {
					t.Errorf("%q may %s", nobody, right)
				}
			}
		}
	}
	walk([]Right{OwnAccount, Welcome}, true, true, true)
	walk(both, false, true, true)
	walk(leads, false, false, true)
	walk([]Right{"", "review ", "unheard-of"}, false, false, false)
}

func TestParseRole(t *testing.T) {
	for s, want := range map[string]bool{"welcomer": true, "moderator": true, "lead": true, "": false, "LEAD": false, "operator": false} {
		if _, ok := ParseRole(s); ok != want {
			t.Errorf("%q: %v", s, ok)
		}
	}
}
