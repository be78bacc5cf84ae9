package help

import (
	_ "embed"
	"encoding/csv"
	"net/url"
	"slices"
	"strings"
	"sync"
	"unicode"
)

//go:embed lines.csv
var file string

// international is the code of the rows for anywhere else.
const international = "ZZ"

// row is one line of the file before anything is hidden.
type row struct {
	Line
	country, emergency string
}

// rows reads the file once. The tests hold it readable; a row that is not
// complete would be left out rather than stop the page.
var rows = sync.OnceValue(func() []row {
	table, err := csv.NewReader(strings.NewReader(file)).ReadAll()
	if err != nil || len(table) == 0 {
		return nil
	}
	var out []row
	for _, cells := range table[1:] {
		out = append(out, readRow(cells))
	}
	return out
})

// readRow names the cells in the order of the first row of the file.
func readRow(c []string) row {
	l := Line{
		Country: c[0], Service: c[3], Text: c[5], Chat: c[6], URL: c[7], Hours: c[8],
		Cost: c[9], Note: c[10], Source: c[11], Verified: c[12], Confidence: c[13],
	}
	if c[4] != "" {
		l.Phones = strings.Split(c[4], "; ")
	}
	l.WhatComes = whatComes(l)
	return row{Line: l, country: c[1], emergency: c[2]}
}

// shown gives the countries in the order of the file, with the lines that may
// be shown.
func shown() []Country {
	var all []Country
	for _, r := range rows() {
		i := slices.IndexFunc(all, func(c Country) bool { return c.Code == r.Country })
		if i < 0 {
			i = len(all)
			all = append(all, Country{Code: r.Country, Name: r.country, Emergency: r.emergency})
		}
		if r.Confidence == "high" || r.Confidence == "medium" {
			all[i].Lines = append(all[i].Lines, r.Line)
		}
	}
	return all
}

// Numbers lists every number that belongs to a help line or an emergency
// service, also those not shown, as an allow-list for masking: as it is dialled
// at home, and from abroad with "+".
func Numbers() []string {
	var all []string
	for _, r := range rows() {
		all = append(all, r.Phones...)
		if r.Text != "" {
			all = append(all, r.Text)
		}
		for _, n := range append(r.Phones, r.Text) {
			all = append(all, abroad(r.Country, n)...)
		}
		all = append(all, strings.FieldsFunc(r.emergency, func(c rune) bool { return !unicode.IsDigit(c) })...)
	}
	return unique(append(all, elsewhere...))
}

// Sites lists the hosts of all lines, for the same purpose.
func Sites() []string {
	var all []string
	for _, r := range rows() {
		if u, err := url.Parse(r.URL); err == nil && u.Host != "" {
			all = append(all, strings.TrimPrefix(u.Host, "www."))
		}
		if r.Chat != "" {
			all = append(all, r.Chat)
		}
	}
	return unique(all)
}

func unique(all []string) []string {
	slices.Sort(all)
	return slices.Compact(all)
}
