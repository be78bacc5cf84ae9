// Package sanitize turns what a person typed into what a page may show.
//
//	Raw ──Make──▶ Clean ──HTML──▶ the page, unescaped
//	                    └─Text──▶ triage, the index, excerpts
//
// Raw is the author's bytes: never rendered, never logged. Clean is the only
// type in the program that templates print unescaped, and Make the only way
// to one; a Clean read back from the database comes through Restore.
//
// The way from one to the other has four steps, one file each:
//
//	normalise.go  valid UTF-8, NFC, one kind of line end, nothing hidden
//	address.go    links become words with their address, trackers removed
//	markdown.go   a small Markdown that shows whatever it does not understand
//	policy.go     ten elements, no attributes; plain.go reads the text back
//
// Two rules hold for all of it. Nothing a person wrote vanishes: "<hug>",
// "f*** this" and "1985. That year" stay as they were typed. And nothing that
// is hidden stays: no zero-width letters, no turned-around text, no markup
// that a reader cannot see.
//
// It is the sole importer of bluemonday and goldmark. Everything here is pure
// and safe for concurrent use.
package sanitize

import (
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"log/slog"
	"strings"
)

// Raw is what an author sent, byte for byte. Never render it, never log it:
// it prints as a placeholder everywhere, in JSON too. Whoever stores it, or
// puts it back into its author's own form, converts with string(raw).
type Raw string

const redacted = "[an author's words]"

// String hides the words.
func (Raw) String() string { return redacted }

// Format hides the words under every verb, %x and %d included.
func (Raw) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// LogValue hides the words from logs.
func (Raw) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText hides the words from JSON.
func (Raw) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// Clean is writing that may be shown to people, once a person approved it.
// The zero Clean is empty.
type Clean struct{ html, text string }

// Make cleans an author's words. It cannot fail: bytes that are not UTF-8
// show as U+FFFD, and text beyond the bounds of the Markdown is shown plain.
func Make(raw Raw) Clean {
	s := plainLinks(tidy(strings.ToValidUTF8(string(raw), "\uFFFD")))
	html := policy.Sanitize(render(s))
	return Clean{html: html, text: plain(html)}
}

// Restore gives back a Clean that Make made earlier, from the columns it was
// stored in. Only package forum may call it, and only with those columns:
// both strings are trusted as they are.
func Restore(html, text string) Clean { return Clean{html: html, text: text} }

// HTML is what templates print. It holds p, br, strong, em, ul, ol, li,
// blockquote, code and pre, without attributes, and nothing else.
func (c Clean) HTML() template.HTML { return template.HTML(c.html) }

// Text is the same writing as plain text: paragraphs are separated by an
// empty line, list items begin with "- " or their number.
func (c Clean) Text() string { return c.text }

// Format hides the words under every verb, so that a Clean in a page struct
// does not reach a log by accident.
func (Clean) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// LogValue hides the words from logs.
func (Clean) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalJSON gives the HTML as a JSON string.
func (c Clean) MarshalJSON() ([]byte, error) { return json.Marshal(c.html) }

// Line makes one line of plain text of a title or a name: nothing hidden in
// it, white space folded. It is text, not HTML: templates escape it as usual.
func Line(s string) string {
	return strings.Join(strings.Fields(tidy(strings.ToValidUTF8(s, "\uFFFD"))), " ")
}
