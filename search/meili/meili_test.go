package meili_test

import (
	"crypto/rand"
	"testing"

	"beenthere/search"
	"beenthere/search/meili"
	"beenthere/search/searchtest"
)

// place gives an index of its own on a server.
func place(t testing.TB, url string) func(*testing.T) search.Engine {
	t.Helper()
	index := "test" + rand.Text()
	keys, err := meili.CreateKeys(t.Context(), url, searchtest.MasterKey, index)
	if err != nil {
		t.Fatal(err)
	}
	return func(*testing.T) search.Engine {
		return meili.New(meili.Options{URL: url, Keys: keys, Index: index})
	}
}

func TestConformance(t *testing.T) {
	url := searchtest.Meilisearch(t)
	searchtest.Run(t, func(t *testing.T) searchtest.Place { return place(t, url) })
}
