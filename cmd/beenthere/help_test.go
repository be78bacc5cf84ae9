package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"beenthere/forum/help"
)

// Help is there when nothing else is: no messages, no search engine, and then
// no database either.
func TestHelpWhenAllElseIsDown(t *testing.T) {
	keys := filepath.Join(t.TempDir(), "search.keys")
	if err := os.WriteFile(keys, []byte("search none\nindex none\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	h := open(t, t.TempDir(), func(f *serveFlags) {
		f.NATS, f.Search, f.SearchKeyFile = "nats://127.0.0.1:1", "http://127.0.0.1:1", keys
	})
	look := func(when string) {
		t.Helper()
		for path, want := range map[string]string{"/help": "Find help near you", "/help/gb": "116 123", "/help/us": "988", "/help/gr": "112"} {
			page := h.visitor(t).page(path).want(t, 200)
			if !strings.Contains(page.body, want) || strings.Contains(page.body, "Something went wrong") {
				t.Errorf("%s, %s: no %q in %.600s", when, path, want, page.body)
			}
		}
		var country struct{ Country help.Country }
		h.visitor(t).get("/help/gb").want(t, 200).into(t, &country)
		if len(country.Country.Lines) == 0 || len(country.Country.Lines[0].WhatComes) < 3 {
			t.Errorf("%s: as JSON %+v", when, country)
		}
	}
	look("without messages and search")
	if err := h.database.Close(); err != nil {
		t.Fatal(err)
	}
	look("and without the database")
}
