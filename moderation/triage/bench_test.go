package triage

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// perCPU reports megabytes per second of processor time, which a busy machine
// does not blur as it does the usual figure.
func perCPU(b *testing.B, bytes int, do func()) {
	used := func() time.Duration {
		var u syscall.Rusage
		if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
			b.Fatal(err)
		}
		return time.Duration(u.Utime.Nano() + u.Stime.Nano())
	}
	Default() // reading the lexicon is not what is measured
	b.ReportAllocs()
	begun := used()
	for b.Loop() {
		do()
	}
	b.ReportMetric(float64(bytes)*float64(b.N)/1e6/(used()-begun).Seconds(), "MB/cpu-s")
}

// sample is ordinary prose of a post with a few heavy phrases in it.
const sample = `I never thought I'd write something like this. My dad died in March and since then nothing has felt real.
I go to work, I smile, I come home and I cry in the shower so that nobody hears it. My partner is kind, but I can see how
tired they are of it. Last week I called the doctor and the first appointment is in eleven weeks. Some nights I can't do this
anymore, and then the morning comes and I make coffee and feed the cat. Has anyone here been through this, and when did it
start to feel a little lighter? I'm not asking for advice, I just want to know that somebody else has stood here too. 

Thank you for reading. I might delete this tomorrow, but tonight it helps to put it somewhere. `

func BenchmarkScan(b *testing.B) {
	t := Text{Title: "Since March", Body: strings.Repeat(sample, 4)}
	l := Default()
	perCPU(b, len(t.Title)+len(t.Body), func() { l.Scan(t) })
}

func BenchmarkScanWorst(b *testing.B) {
	for name, piece := range map[string]string{
		"want": "i want to just really want to die like i want ", "marks": "not never no he she lol i i i ", "singles": "i a m s o d i e ",
		"leet": "k1ll $uic1de d13 ", "stretched": "pleeeeeease diiiiiie ", "quotes": "\" a \" b ", "signs": "!!!...,,,***@@@$$$", "cyrillic": "я хочу умереть ",
		"beginnings": "i want to die ", "anchors": "die d*e ", "gaps": "wish pray ", "numbers": "3 1 8 tryed ", "short": "u ", "accents": "wänt tó dïë ", "combining": "d\u0336i\u0336e\u0336 ", "arabic": "مش عايز أعيش ", "broken": "\xff\xfe",
	} {
		b.Run(name, func(b *testing.B) {
			text := strings.Repeat(piece, 1<<16/len(piece))
			perCPU(b, len(text), func() { Scan(Text{Body: text}) })
		})
	}
}

func BenchmarkDetails(b *testing.B) {
	text := strings.Repeat(sample+"Call me on 07700 900123 or write to ann@example.org, Dr Smith said in Leeds on 3 May 2021. ", 4)
	perCPU(b, len(text), func() { Details(text, nil) })
}

func BenchmarkDetailsWorst(b *testing.B) {
	for name, piece := range map[string]string{
		"digits": "07700 900 123 ", "groups": "1 2 3 4 5 6 7 8 9 0 ", "dots": "a.b.c.d ", "ats": "a@b.c at dot ", "capitals": "Anna Maria School of Saint ",
		"numbers": "one two three ", "streets": "12 Oak Oak Oak ", "papers": "passport number is ", "hidden": "a\u200bb ", "signs": "((((at)", "long": strings.Repeat("a", 5000) + " ", "handles": "insta is on snap ",
	} {
		b.Run(name, func(b *testing.B) {
			text := strings.Repeat(piece, max(1, 1<<16/len(piece)))
			perCPU(b, len(text), func() { Details(text, []string{"116 123"}) })
		})
	}
}
