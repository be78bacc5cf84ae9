// Package triage reads a clean text and says how soon a person should look.
//
// It orders the queue and decides nothing: a [Lane] sets the clock, signals say
// why in plain words and show the words that caused them, and a volunteer reads
// every post whatever triage found. More than a third of the heaviest posts hold
// no word a program would notice, so no path may decline, hide or delay a post
// because of what stands here.
//
// How a text goes through:
//
//	Text ─fold─▶ tokens ─automaton─▶ hits ─guards─▶ signals ─weigh─▶ Result
//	      look-alikes,   every pattern  negated? quoted?   lane and order
//	      spaced and     at once, one   someone else? past?
//	      masked letters pass, no       a song, a joke?
//	                     backtracking
//
// What counts is not in Go but in lexicon/*.txt, one file per language, which
// moderators can read and leads can adjust with [Lexicon.With]. The format is
// explained at the top of lexicon/en.txt; every entry brings examples that must
// hit and that must not, and the tests run them.
//
// [Details] finds what could point to a person (addresses, numbers, names by
// cue) and suggests a mask in words. [Heavy] tells a search page to show help
// first. [Evaluate] and [EvaluateDetails] measure both against labelled files.
//
// The package is pure: no clock, no files but the embedded ones, no logging.
package triage
