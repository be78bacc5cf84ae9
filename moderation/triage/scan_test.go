package triage

import (
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestLanes(t *testing.T) {
	for text, want := range map[string]Lane{
		// disguises
		"I want to d\u200bie":               Soon,
		"i want to d i e":                   Soon,
		"i w a n t t o d i e":               Soon,
		"i wanna k*ll myself":               Soon,
		"i wanna k!ll mys3lf":               Soon,
		"I WANT TO DIEEEE":                  Soon,
		"і wаnt tо dіе":                     Soon, // Cyrillic look-alikes
		"ｉ ｗａｎｔ ｔｏ ｄｉｅ":                     Soon, // full width
		"𝓘 𝔀𝓪𝓷𝓽 𝓽𝓸 𝓭𝓲𝓮":                     Soon, // letters of mathematics
		"im gonna k.m.s":                    Soon,
		"thinking about sewerslide again":   Soon,
		"i dont wanna b̶e̶ alive anymore":   Soon,
		"I want to unalive":                 Soon,
		"feeling sui\u00adcidal":            Soon,
		"i want to ki11 myself":             Soon,
		"I don’t want to be alive any more": Soon,
		// negation, and what only looks like it
		"I don't want to die":                        Routine,
		"I would never kill myself":                  Routine,
		"I'm not suicidal":                           Care + "|" + Routine,
		"I can't stop thinking about killing myself": Soon,
		"I don't know, I just want to die":           Soon,
		"I have no friends and I want to die":        Soon,
		"I don't want help I want to die":            Soon,
		// somebody else
		"She wants to die, she told the nurse": Routine + "|" + Care,
		"My neighbour said he wants to die":    Routine + "|" + Care,
		"He makes me want to die":              Soon,
		"Does anyone else just want to die?":   Soon,
		// idiom and jokes
		"I'm dying to see the new place": Routine,
		"You're killing it at work":      Routine,
		"I nearly died of embarrassment": Routine,
		"That was career suicide":        Routine,
		"Kill me softly is a nice song":  Routine,
		// tense
		"I used to want to die every day":  Care,
		"I tried to kill myself last week": Soon,
		// a song, the news, a quotation
		"The lyrics go I want to die and it's such a sad song":  Routine,
		"The headline said that he was going to kill himself":   Routine + "|" + Care,
		"My mother shouted \"I want to die\" and left the room": Routine,
		"I told her \"I want to die\" and she hung up":          Soon,
		"> I want to die\n\nThank you for writing this.":        Routine,
		// now
		"I'm going to kill myself tonight": Now,
		"I've written my suicide note":     Now,
		// somebody new to the language
		"I not want live more, I want die": Care + "|" + Soon + "|" + Routine,
	} {
		if got := Scan(Text{Body: text}); !slices.Contains(strings.Split(string(want), "|"), string(got.Lane)) {
			t.Errorf("%q: %s, want %s (%+v)", text, got.Lane, want, got.Signals)
		}
	}
}

func TestSignalsShowTheWords(t *testing.T) {
	r := Scan(Text{Title: "I want to die", Body: "Hello. I can't do this anymore."})
	if r.Lane != Soon || len(r.Signals) < 2 {
		t.Fatalf("%+v", r)
	}
	first := r.Signals[0]
	if first.Field != "title" || first.Words != "want to die" || first.Start != 2 || first.End != 13 || first.Reason == "" || first.Lane != Soon {
		t.Fatalf("%+v", first)
	}
	if !slices.ContainsFunc(r.Signals, func(s Signal) bool { return s.Field == "body" && strings.HasPrefix(s.Words, "can't do this") }) {
		t.Fatalf("%+v", r.Signals)
	}
}

func TestTheAuthorsOwnWordCounts(t *testing.T) {
	if r := Scan(Text{Body: "Hello", NotSafe: true}); r.Lane != Now || len(r.Signals) != 1 || r.Signals[0].Entry != "not-safe" {
		t.Errorf("not safe: %+v", r)
	}
	if r := Scan(Text{Body: "Hello", Notes: []string{"food", "suicide"}}); r.Lane != Care {
		t.Errorf("note: %+v", r)
	}
}

func TestTheThreadCounts(t *testing.T) {
	echo := Text{Body: "Same here. Every single day.", Reply: true}
	if r := Scan(echo); r.Lane != Routine {
		t.Errorf("under a light post: %s", r.Lane)
	}
	echo.OpeningLane = Soon
	if r := Scan(echo); r.Lane != Care {
		t.Errorf("under a heavy post: %s", r.Lane)
	}
	if r := Scan(Text{Body: "Then just do it", Reply: true, OpeningLane: Now}); r.Lane != Soon {
		t.Errorf("urging: %s", r.Lane)
	}
}

func TestSurvivorsWhoComfortAreNotAlarms(t *testing.T) {
	alone := Scan(Text{Body: "I tried to kill myself when I was 17."})
	comfort := Scan(Text{Body: "I tried to kill myself when I was 17. Hang in there, you are not alone."})
	if alone.Lane != Soon || comfort.Lane != Care {
		t.Errorf("alone %s, in comfort %s", alone.Lane, comfort.Lane)
	}
}

func TestSeveralHintsMeet(t *testing.T) {
	for _, text := range []string{
		"I feel so hopeless. I'm such a burden to my family. I gave my guitar to the kid downstairs.",
		"I'm a waste of space. I lied on the questionnaire.",
		"They took my shoelaces. She sleeps in front of my door.", // of one kind, in different words
	} {
		if r := Scan(Text{Body: text}); r.Lane != Soon || r.Signals[0].Entry != "together" {
			t.Errorf("%q: %s %+v", text, r.Lane, r.Signals)
		}
	}
	if r := Scan(Text{Body: "I'm such a burden. Yes, I'm such a burden."}); r.Lane != Care {
		t.Errorf("the same words twice: %s", r.Lane)
	}
	for _, s := range Scan(Text{Body: "I'm a waste of space. I lied on the questionnaire. I want to kill myself."}).Signals {
		if s.Entry == "together" {
			t.Error("hints are said to raise what is raised without them")
		}
	}
}

// A long post about a bad year holds every sign of distress there is, and still
// comes behind one hint.
func TestDistressAloneAddsUpToLittle(t *testing.T) {
	much := Scan(Text{Body: "I feel so hopeless and I can't do this anymore. I have no one to talk to, I hate myself, I relapsed and I'm having panic attacks. I binge and purge."})
	one := Scan(Text{Body: "I feel so hopeless."})
	hint := Scan(Text{Body: "They took my shoelaces."})
	if much.Lane != Care || much.Weight <= one.Weight || hint.Lane != Care || hint.Weight <= much.Weight {
		t.Errorf("much %s %.1f, one %s %.1f, hint %s %.1f", much.Lane, much.Weight, one.Lane, one.Weight, hint.Lane, hint.Weight)
	}
}

func TestUnknownLanguage(t *testing.T) {
	for text, want := range map[string]bool{
		"Ich weiß nicht mehr weiter und niemand hört mir zu, seit Wochen schlafe ich nicht": true,
		"Я больше так не могу":                                                              true,
		"もう生きていたくない":                                                                        true,
		"I don't know what to do":                                                           false,
		"Leeds":                                                                             false,
		"":                                                                                  false,
	} {
		r := Scan(Text{Body: text})
		got := slices.ContainsFunc(r.Signals, func(s Signal) bool { return s.Kind == "language not covered" })
		if got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestKindsOfSignals(t *testing.T) {
	for text, kind := range map[string]string{
		"What is a lethal dose of it":                             "method detail",
		"You should double your dose":                             "advice risk",
		"DM me on discord":                                        "contact seeking",
		"Please take part in my dissertation survey for students": "selling or research",
		"I only eat 500 calories":                                 "eating detail",
		"There was blood everywhere":                              "graphic",
		"You are pathetic":                                        "hostile",
		"I want to kill my brother":                               "harm to others",
		"My real name is on that list, my full name is known":     "identity",
		"I'm 14 years old":                                        "safeguarding",
	} {
		if r := Scan(Text{Body: text}); !slices.ContainsFunc(r.Signals, func(s Signal) bool { return s.Kind == kind }) {
			t.Errorf("%q: no %s in %+v", text, kind, r.Signals)
		}
	}
}

func TestHeavy(t *testing.T) {
	for query, want := range map[string]bool{
		"want to die": true, "suicide": true, "killing myself": true, "k1ll myself": true, "how to stop self harm": true, "no reason to live": true,
		"sleep after night shift": false, "lost my dog": false, "": false, "panic in shops": false,
	} {
		if Default().Heavy(query) != want {
			t.Errorf("%q: %v", query, !want)
		}
	}
}

func TestLaneTimes(t *testing.T) {
	for i, l := range Lanes() {
		if !l.Valid() || l.FirstLook() > l.DecideBy() {
			t.Errorf("%s: %v, %v", l, l.FirstLook(), l.DecideBy())
		}
		if i > 0 && (Higher(Lanes()[i-1], l) != Lanes()[i-1] || Lanes()[i-1].FirstLook() >= l.FirstLook()) {
			t.Errorf("%s is not later than %s", l, Lanes()[i-1])
		}
	}
	if Lane("later").Valid() {
		t.Error("a lane that does not exist is valid")
	}
}

func TestManyReadAtOnce(t *testing.T) {
	texts := []Text{{Body: sample}, {Body: "I want to die"}, {Body: strings.Repeat("i can't do this anymore. ", 40)}, {Title: "Goodbye everyone"}}
	want := make([]Result, len(texts))
	for i, text := range texts {
		want[i] = Scan(text)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for n := range 40 {
				i := n % len(texts)
				if got := Scan(texts[i]); got.Lane != want[i].Lane || got.Weight != want[i].Weight || len(got.Signals) != len(want[i].Signals) {
					t.Errorf("%d: %+v, alone %+v", i, got, want[i])
				}
			}
		})
	}
	all.Wait()
}
