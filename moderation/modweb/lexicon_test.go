package modweb_test

import (
	"testing"

	"beenthere/moderation/account"
)

// The lexicon is searched without a script: by what an entry says of itself,
// by what it would find in a post, by lane and by signal.
func TestLexiconIsSearched(t *testing.T) {
	h := open(t)
	b := h.staff("jo", account.Moderator)
	const dead, panic, method = `id="want-dead"`, `id="panic"`, `id="method-detail"`
	b.page("/desk/lexicon").want(200).has(dead, panic, method, `<form method="post" action="/desk/lexicon"`)
	for asked, want := range map[string][2][]string{
		"words=want-dead":                         {{dead}, {panic, method}},
		"words=i+wish+i+were+dead+by+now":         {{dead}, {panic}}, // no example says just that
		"lane=care":                               {{panic, `value="care" selected`}, {dead}},
		"signal=suicide":                          {{dead}, {panic}},
		"words=want-dead&lane=care":               {{"No entry is like this"}, {dead}},
		"words=%22%3E%3Cscript%3E&signal=nothing": {{"No entry is like this", "&#34;&gt;&lt;script&gt;"}, {dead}},
	} {
		b.do("POST", "/desk/lexicon", "application/x-www-form-urlencoded", "text/html", asked).want(200).has(want[0]...).hasNot(want[1]...)
	}
	// What is asked for may be the words of a post: they are read from no address.
	b.page("/desk/lexicon?words=want-dead").want(200).has(dead, panic, method)
}
