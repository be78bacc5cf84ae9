// Package help holds the help lines that stand on every page.
//
// Everything comes from lines.csv, which is part of the program, so help works
// while database, messages and search are down. Each row holds a source, the
// day it was last verified (a month or year counts from its first day) and how
// sure we are:
//
//	high, medium   shown
//	low            not shown; the country shows its emergency number and the
//	               international lists until somebody confirms the line
//	retired        an old number that still circulates: never shown, but known
//	               to [Numbers], so that nobody masks it as somebody's phone
//
// No country is ever guessed. The reader picks one.
package help

import (
	"slices"
	"strings"
	"time"
)

// Line is one help line of a country.
type Line struct {
	Country    string   `json:"country"` // code of its country
	Service    string   `json:"service"`
	Phones     []string `json:"phones"`     // as people dial them
	Text       string   `json:"text"`       // number for texts or WhatsApp; may be empty
	Chat       string   `json:"chat"`       // site of a chat; may be empty
	URL        string   `json:"url"`        // may be empty
	Hours      string   `json:"hours"`      // in words
	Cost       string   `json:"cost"`       // in words; empty when not known
	Note       string   `json:"note"`       // a sentence worth knowing; may be empty
	WhatComes  []string `json:"what_comes"` // what happens when you get in touch, in plain sentences
	Source     string   `json:"source"`     // where the row comes from
	Verified   string   `json:"verified"`   // YYYY-MM-DD, empty when never dated
	Confidence string   `json:"confidence"` // high, medium, low or retired
}

// Country is a country with its emergency number and the lines we are sure of.
type Country struct {
	Code      string `json:"code"` // ISO 3166 two letters, upper case
	Name      string `json:"name"`
	Emergency string `json:"emergency"` // in words: "999 or 112"
	Lines     []Line `json:"lines"`     // may be empty; then show International too
}

// staleAfter is the age at which a row should be verified again.
const staleAfter = 180 * 24 * time.Hour

// Countries lists all countries by name, each with what For gives.
func Countries() []Country {
	all := slices.DeleteFunc(shown(), func(c Country) bool { return c.Code == international })
	slices.SortFunc(all, func(a, b Country) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// For gives the country with a two-letter code in any case.
func For(code string) (Country, bool) {
	for _, c := range Countries() {
		if strings.EqualFold(c.Code, code) {
			return c, true
		}
	}
	return Country{}, false
}

// International gives the fallback for every country that is not listed, or
// whose lines are not confirmed: lists of lines, and what an emergency number is for.
func International() Country {
	all := shown()
	i := slices.IndexFunc(all, func(c Country) bool { return c.Code == international })
	return all[i]
}

// Stale lists the shown lines that nobody verified for 180 days before now, for
// the operator. A line that was never dated is always stale.
func Stale(now time.Time) []Line {
	var old []Line
	for _, c := range shown() {
		for _, l := range c.Lines {
			day, err := time.Parse(time.DateOnly, l.Verified)
			if err != nil || now.Sub(day) > staleAfter {
				old = append(old, l)
			}
		}
	}
	return old
}
