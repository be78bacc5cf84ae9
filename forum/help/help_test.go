package help

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestEveryRow(t *testing.T) {
	number := regexp.MustCompile(`^[+*]?[0-9]+([ -][0-9]+)*( ext [0-9]+)?$`)
	text := regexp.MustCompile(`^(WhatsApp )?[+]?[0-9]+([ -][0-9]+)*$`)
	for _, r := range rows() {
		name := r.Country + " " + r.Service
		if len(r.Country) != 2 || r.country == "" || r.emergency == "" || r.Service == "" {
			t.Errorf("%s: country, emergency number and service are needed", name)
		}
		if r.Source == "" {
			t.Errorf("%s: no source", name)
		}
		if !slices.Contains([]string{"high", "medium", "low", "retired"}, r.Confidence) {
			t.Errorf("%s: confidence %q", name, r.Confidence)
		}
		if _, err := time.Parse(time.DateOnly, r.Verified); err != nil && (r.Verified != "" || r.Confidence == "high") {
			t.Errorf("%s: verified on %q", name, r.Verified)
		}
		for _, p := range r.Phones {
			if !number.MatchString(p) {
				t.Errorf("%s: number %q", name, p)
			}
		}
		if r.Text != "" && !text.MatchString(r.Text) {
			t.Errorf("%s: text number %q", name, r.Text)
		}
		if u, err := url.Parse(r.URL); r.URL != "" && (err != nil || u.Scheme != "https" || u.Host == "") {
			t.Errorf("%s: address %q", name, r.URL)
		}
		if len(r.Phones) == 0 && r.Text == "" && r.URL == "" {
			t.Errorf("%s: no way to reach it", name)
		}
	}
}

func TestFortyTwoCountries(t *testing.T) {
	all := Countries()
	if len(all) != 42 {
		t.Fatalf("%d countries, want 42", len(all))
	}
	for _, c := range all {
		if got, ok := For(strings.ToLower(c.Code)); !ok || got.Name != c.Name {
			t.Errorf("%s is not found by its code", c.Code)
		}
		for _, l := range c.Lines {
			if l.Confidence == "low" || l.Confidence == "retired" || l.Hours == "" || len(l.WhatComes) < 2 {
				t.Errorf("%s %s: %+v should not be shown like this", c.Code, l.Service, l)
			}
		}
	}
	if _, ok := For("zz"); ok {
		t.Error("the fallback counts as a country")
	}
}

func TestUnconfirmedLinesAreNotShown(t *testing.T) {
	c, ok := For("GR")
	if !ok || len(c.Lines) != 0 || c.Emergency != "112" {
		t.Fatalf("Greece: %+v", c)
	}
	if i := International(); len(i.Lines) == 0 || i.Emergency == "" || len(i.Lines[0].WhatComes) == 0 {
		t.Fatalf("fallback: %+v", i)
	}
}

func TestAllowListKnowsWhatIsNotShown(t *testing.T) {
	for _, n := range []string{"988", "116 123", "1018", "1-800-273-8255", "112", "85258"} {
		if !slices.Contains(Numbers(), n) {
			t.Errorf("%s is missing", n)
		}
	}
	if !slices.Contains(Sites(), "samaritans.org") {
		t.Error("samaritans.org is missing")
	}
}

func TestNumbersFromAbroad(t *testing.T) {
	for _, n := range []string{"+44116123", "+498001110111", "+4908001110111", "+18002738255", "66691771", "+61131114", "0800 1111"} {
		if !slices.Contains(Numbers(), n) {
			t.Errorf("%s is missing", n)
		}
	}
	for _, c := range Countries() {
		if callingCodes[c.Code] == "" {
			t.Errorf("%s has no calling code", c.Code)
		}
	}
}

func TestStale(t *testing.T) {
	day := time.Date(2026, 2, 2, 0, 0, 0, 0, time.UTC)
	old := Stale(day)
	has := func(country string) bool {
		return slices.ContainsFunc(old, func(l Line) bool { return l.Country == country })
	}
	if has("KR") || !has("IL") || !has("SE") {
		t.Fatal("Korea is fresh, Israel old and Sweden undated")
	}
	if fresh := Stale(day.AddDate(0, 0, 200)); len(fresh) <= len(old) {
		t.Fatal("time passes and nothing grows stale")
	}
}
