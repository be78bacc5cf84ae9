package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"beenthere/forum"
	"beenthere/forum/db"
	"beenthere/forum/fault"
	"beenthere/forum/identity"
	"beenthere/search"
	"beenthere/search/fts"
	"beenthere/search/meili"
)

// houseFlags say where the house keeps its things. Each of the three URLs
// chooses between a part inside this process and one outside, by its scheme.
type houseFlags struct {
	Data          string `help:"Folder for everything that is kept." default:"./beenthere-data" env:"BEENTHERE_DATA" type:"path"`
	Keys          string `help:"Folder of the two key files; keep its backup apart from the database's (default: keys in the data folder)." env:"BEENTHERE_KEYS" type:"path"`
	Database      string `help:"Database: sqlite:FILE or postgres://NAME@HOST/DATABASE (default: a file in the data folder)." env:"BEENTHERE_DATABASE"`
	NATS          string `name:"nats" help:"Messages: embedded:DIR or nats://HOST:PORT (default: embedded in the data folder)." env:"BEENTHERE_NATS"`
	Search        string `name:"search" help:"Search: embedded:FILE or http(s)://HOST:PORT of Meilisearch (default: embedded in the data folder)." env:"BEENTHERE_SEARCH"`
	SearchKeyFile string `help:"File with the two scoped Meilisearch keys, made by 'beenthere search keys'." env:"BEENTHERE_SEARCH_KEY_FILE" type:"path"`
}

func (h *houseFlags) fill() {
	for flag, value := range map[*string]string{
		&h.Keys:     filepath.Join(h.Data, "keys"),
		&h.Database: "sqlite:" + filepath.Join(h.Data, "beenthere.db"),
		&h.NATS:     "embedded:" + filepath.Join(h.Data, "nats"),
		&h.Search:   "embedded:" + filepath.Join(h.Data, "search.db"),
	} {
		if *flag == "" {
			*flag = value
		}
	}
}

// openTruth opens the keys and the database. A new data folder gets both; a
// database without its keys, or with others, is refused, because nobody could
// come back, and so is a folder that has lost its database. open is
// db.OpenAlone for who holds the lock of the folder, db.Open for others.
func (h *houseFlags) openTruth(ctx context.Context, open func(context.Context, string) (*db.DB, error)) (*identity.Keys, *db.DB, error) {
	if err := needsFolder(h.Data); err != nil {
		return nil, nil, fault.Wrap(fault.Unavailable, "beenthere.openTruth", err)
	}
	begun, name, err := db.Begun(ctx, h.Database)
	if err != nil {
		return nil, nil, err
	}
	if !begun && h.lived() {
		return nil, nil, fault.New(fault.Unavailable, "beenthere.openTruth", "The database "+name+
			" is gone, but a forum has lived in "+h.Data+". Restore it from a backup, or begin anew in another folder.")
	}
	keys, err := identity.OpenKeys(h.Keys, !begun)
	if err != nil {
		return nil, nil, err
	}
	database, err := open(ctx, h.Database)
	if err != nil {
		return nil, nil, err
	}
	if err := fit(ctx, keys, database); err != nil {
		return nil, nil, errors.Join(err, database.Close())
	}
	return keys, database, nil
}

// lived tells whether there is what the program makes after the database.
func (h *houseFlags) lived() bool {
	for _, trace := range []string{"nats", "search.db"} {
		if _, err := os.Stat(filepath.Join(h.Data, trace)); err == nil {
			return true
		}
	}
	return false
}

// fit refuses keys that are not those of the database, and those that are
// older: a newer pepper is lost, and with it the authors of the threads of its
// time.
func fit(ctx context.Context, keys *identity.Keys, database *db.DB) error {
	newest, err := forum.NewestPepper(ctx, database)
	if err == nil && newest > keys.PepperVersion() {
		err = fault.New(fault.Unavailable, "beenthere.fit", fmt.Sprintf(
			"pepper.%d is missing: there are threads of its time. Put it back from the copy of the keys that is kept apart from the database; a new one would not fit.", newest))
	}
	if err != nil {
		return err
	}
	nobody, err := keys.Person(identity.Secret{}, 1)
	if err != nil {
		return err
	}
	return database.Mark(ctx, keys.MAC("house", string(nobody.Tag("house"))))
}

// openEngine opens the body of search that the flag's scheme names.
func (h *houseFlags) openEngine(ctx context.Context) (search.Engine, error) {
	file, ok := strings.CutPrefix(h.Search, "embedded:")
	if !ok {
		return meili.Open(ctx, h.Search, h.SearchKeyFile)
	}
	engine, err := fts.Open(ctx, file)
	if err != nil { // an engine that is nil would not look so from outside
		return nil, &fault.Error{Kind: fault.Unavailable, Op: "beenthere.openEngine", Err: err,
			Tell: file + " cannot be read as a search index. If it is one, delete it; the forum fills a new one."}
	}
	return engine, nil
}

// mendEngine is openEngine for the one program that runs on this folder: the
// index in it that cannot be read is thrown away, and the reconciler fills a
// new one from the database. What a flag names elsewhere may be anything, so
// that is left to the operator.
func (h *houseFlags) mendEngine(ctx context.Context) (search.Engine, error) {
	engine, err := h.openEngine(ctx)
	file := filepath.Join(h.Data, "search.db")
	if err == nil || h.Search != "embedded:"+file {
		return engine, err
	}
	for _, part := range []string{file, file + "-wal", file + "-shm"} {
		_ = os.RemoveAll(part)
	}
	return h.openEngine(ctx)
}
