package triage

// said adds what the author told us outside the words: the control they
// pressed, the notes they chose.
func (f *findings) said() {
	if f.text.NotSafe {
		e := Entry{ID: "not-safe", Kind: "not-safe", Lane: Now, Weight: 10, Reason: "The author pressed “I'm not safe right now”."}
		f.add(&e, verdict{}, Signal{Words: ""})
	}
	for _, note := range f.text.Notes {
		if reason, ok := heavyNotes[note]; ok {
			e := Entry{ID: "note-" + note, Kind: "note", Lane: Care, Weight: 2, Reason: reason}
			f.add(&e, verdict{}, Signal{})
			return
		}
	}
}

// heavyNotes are the content notes that ask for an earlier look.
var heavyNotes = map[string]string{
	"suicide":   "The author marked the post with the note “suicide”.",
	"self-harm": "The author marked the post with the note “self-harm”.",
}
