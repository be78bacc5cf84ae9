package meili

import (
	"bufio"
	"context"
	"errors"
	"os"
	"strings"

	client "github.com/meilisearch/meilisearch-go"

	"beenthere/forum/fault"
)

// Keys are the two keys that the program has: one may search the index, one
// may change it. Neither may do anything else.
type Keys struct{ Search, Index string }

// String writes the keys for a file that only the program may read.
func (k Keys) String() string { return "search " + k.Search + "\nindex " + k.Index + "\n" }

// ReadKeys reads a file that holds what String wrote.
func ReadKeys(file string) (Keys, error) {
	content, err := os.Open(file)
	if err != nil {
		return Keys{}, fault.Wrap(fault.Invalid, "meili.ReadKeys", err)
	}
	defer content.Close()
	var keys Keys
	for lines := bufio.NewScanner(content); lines.Scan(); {
		switch name, key, _ := strings.Cut(strings.TrimSpace(lines.Text()), " "); name {
		case "search":
			keys.Search = strings.TrimSpace(key)
		case "index":
			keys.Index = strings.TrimSpace(key)
		}
	}
	if keys.Search == "" || keys.Index == "" {
		return Keys{}, fault.Wrap(fault.Invalid, "meili.ReadKeys", errors.New("the key file needs a line \"search KEY\" and a line \"index KEY\""))
	}
	return keys, nil
}

// CreateKeys makes the two keys for the index of that name ("" is "posts")
// and the one that a rebuild fills. The master key is used once and kept
// nowhere.
func CreateKeys(ctx context.Context, url, masterKey, index string) (Keys, error) {
	if index == "" {
		index = "posts"
	}
	service := connect(url, masterKey)
	indexes := []string{index, index + "_next"}
	search, err := service.CreateKeyWithContext(ctx, &client.Key{Name: "beenthere search", Actions: []string{"search"}, Indexes: indexes[:1]})
	if err != nil {
		return Keys{}, unavailable("meili.CreateKeys", trouble(err))
	}
	write, err := service.CreateKeyWithContext(ctx, &client.Key{Name: "beenthere index", Indexes: indexes, Actions: []string{
		"documents.*", "indexes.*", "settings.*", "tasks.*", "stats.get",
	}})
	if err != nil {
		return Keys{}, unavailable("meili.CreateKeys", trouble(err))
	}
	return Keys{Search: search.Key, Index: write.Key}, nil
}

// Open makes an engine with the keys of a file. It does not need the server
// yet.
func Open(_ context.Context, url, keyFile string) (*Engine, error) {
	keys, err := ReadKeys(keyFile)
	if err != nil {
		return nil, err
	}
	return New(Options{URL: url, Keys: keys}), nil
}
