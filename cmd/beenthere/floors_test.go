package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// floors says on which floor of the house each package stands. A package
// imports only from strictly lower floors, so that neighbours never know each
// other and no circle can exist. A new package is missing here until somebody
// has thought about where it belongs.
var floors = map[string]int{
	"forum/fault": 0, "forum/identity": 0, "forum/sanitize": 0, "forum/help": 0,
	"moderation/triage": 0, "moderation/account": 0, "search/meaning": 0,
	"forum/db": 1, "forum/shell": 1, "workers/bus": 1,
	"forum":      2,
	"moderation": 3, "search": 3,
	"search/fts": 4, "search/meili": 4, "workers": 4,
	"forum/forumweb": 5, "moderation/modweb": 5, "search/searchweb": 5,
	"cmd/beenthere/demo": 5, "cmd/beenthere": 6,
}

// beside the house stands what measures it: nothing imports it.
const beside = "cmd/bench"

// ground packages may lean on fault, which is the ground itself.
const bedrock = "forum/fault"

// sole names who alone may import what.
var sole = map[string][]string{
	"github.com/nats-io/nats.go":            {"workers/bus"},
	"github.com/nats-io/nats-server":        {"workers/bus"},
	"github.com/microcosm-cc/bluemonday":    {"forum/sanitize"},
	"github.com/yuin/goldmark":              {"forum/sanitize"},
	"modernc.org/sqlite":                    {"forum/db"},
	"github.com/jackc/pgx":                  {"forum/db"},
	"github.com/pressly/goose":              {"forum/db"},
	"github.com/meilisearch/meilisearch-go": {"search/meili"},
	"github.com/gofiber/fiber":              {"forum/shell", "forum/forumweb", "moderation/modweb", "search/searchweb", "cmd/beenthere", beside},
	"github.com/valyala/fasthttp":           {"forum/shell"},
	"golang.org/x/crypto/argon2":            {"moderation/account"},
	"github.com/pquerna/otp":                {"moderation/account"},
	"gonum.org/v1/gonum":                    {"search/meaning"},
	"github.com/alecthomas/kong":            {"cmd/beenthere"},
	"github.com/prometheus/client_golang":   {"cmd/beenthere"},
	"crypto/hkdf":                           {"forum/identity"},
	"crypto/hmac":                           {"forum/identity", "forum/shell"},
	"crypto/aes":                            {"forum/identity"},
	"github.com/nicholas-fedor/shoutrrr":    {"workers"},
	"github.com/nyaruka/phonenumbers":       {"moderation/triage"},
	"github.com/blevesearch/snowballstem":   {"search/meaning"},
	"github.com/schollz/progressbar":        {"cmd/beenthere"},
}

type listed struct {
	ImportPath string
	Imports    []string
	GoFiles    []string
	Dir        string
}

func packages(t *testing.T) []listed {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,GoFiles,Dir", "beenthere/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []listed
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var one listed
		if err := decoder.Decode(&one); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
}

func TestFloors(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "beenthere/")
		if strings.HasSuffix(name, "test") || name == beside || len(p.GoFiles) == 0 {
			continue // help for tests stands beside the house
		}
		floor, known := floors[name]
		if !known {
			t.Errorf("%s stands on no floor", name)
			continue
		}
		for _, imported := range p.Imports {
			below, ours := strings.CutPrefix(imported, "beenthere/")
			if ours && floors[below] >= floor && (below != bedrock || name == bedrock) {
				t.Errorf("%s (floor %d) imports %s (floor %d)", name, floor, below, floors[below])
			}
		}
	}
}

func TestSoleImporters(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "beenthere/")
		if strings.HasSuffix(name, "test") {
			continue
		}
		for _, imported := range p.Imports {
			for module, may := range sole {
				if (imported == module || strings.HasPrefix(imported, module+"/")) && !slices.Contains(may, name) {
					t.Errorf("%s imports %s, which only %s may", name, imported, strings.Join(may, ", "))
				}
			}
		}
	}
}
