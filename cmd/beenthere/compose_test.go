package main

import (
	"net/url"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"gopkg.in/yaml.v3"
)

// service is what the test reads of a service in docker-compose.yml.
type service struct {
	Image       string            `yaml:"image"`
	User        string            `yaml:"user"`
	Command     []string          `yaml:"command"`
	Environment map[string]string `yaml:"environment"`
	Ports       []string          `yaml:"ports"`
	Volumes     []string          `yaml:"volumes"`
	HealthCheck struct {
		Test []string `yaml:"test"`
	} `yaml:"healthcheck"`
	DependsOn map[string]struct {
		Condition string `yaml:"condition"`
	} `yaml:"depends_on"`
}

func composeFile(t *testing.T) (services map[string]service, text string) {
	t.Helper()
	content, err := os.ReadFile("../../docker-compose.yml")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Services map[string]service   `yaml:"services"`
		Volumes  map[string]yaml.Node `yaml:"volumes"`
	}
	if err := yaml.Unmarshal(content, &file); err != nil {
		t.Fatal(err)
	}
	for name, s := range file.Services {
		for _, volume := range s.Volumes {
			if source, _, _ := strings.Cut(volume, ":"); file.Volumes[source].Kind == 0 {
				t.Errorf("%s uses the volume %s, which is not declared", name, source)
			}
		}
		for needed := range s.DependsOn {
			if _, ok := file.Services[needed]; !ok {
				t.Errorf("%s waits for %s, which is not there", name, needed)
			}
		}
	}
	return file.Services, string(content)
}

// Each flag and variable in docker-compose.yml is one that the program knows.
func TestComposeSpeaksToThisProgram(t *testing.T) {
	services, text := composeFile(t)
	variables := knownVariables(t)
	for name, s := range services {
		if s.Image != "beenthere" {
			continue
		}
		parses(t, name, s.Command)
		for variable := range s.Environment {
			if !slices.Contains(variables, variable) {
				t.Errorf("%s sets %s, which the program does not read", name, variable)
			}
		}
		if check := s.HealthCheck.Test; len(check) > 2 {
			parses(t, name+"'s health check", check[2:])
		}
		if s.User == "" || strings.HasPrefix(s.User, "0") {
			t.Errorf("%s runs as root", name)
		}
	}
	if strings.Contains(text, "MASTER_KEY: ") {
		t.Error("a secret is in the file")
	}
	for name, s := range services {
		for variable := range s.Environment {
			if strings.Contains(variable, "PASSWORD") && !strings.HasSuffix(variable, "_FILE") {
				t.Errorf("%s says a password", name)
			}
		}
	}
}

func TestComposeKeepsItsPromises(t *testing.T) {
	services, _ := composeFile(t)
	for _, name := range []string{"beenthere", "postgres", "nats", "meilisearch"} {
		if len(services[name].HealthCheck.Test) == 0 {
			t.Errorf("%s has no health check", name)
		}
	}
	for name, s := range services {
		for _, port := range s.Ports {
			if name != "beenthere" || !strings.HasPrefix(port, "127.0.0.1:") {
				t.Errorf("%s opens %s to the street", name, port)
			}
		}
	}
	meilisearch := services["meilisearch"]
	if meilisearch.Image != "getmeili/meilisearch:v1.21" || meilisearch.Environment["MEILI_NO_ANALYTICS"] != "true" || meilisearch.Environment["MEILI_ENV"] != "production" {
		t.Errorf("Meilisearch is set up as %+v", meilisearch)
	}
	if !slices.Contains(services["nats"].Command, "--jetstream") {
		t.Error("NATS runs without JetStream")
	}
}

// The database of docker-compose.yml is one that the program takes, and both
// read its secret in the same file.
func TestComposeDatabase(t *testing.T) {
	services, _ := composeFile(t)
	postgres, program := services["postgres"], services["beenthere"]
	if !strings.HasPrefix(postgres.Image, "postgres:15.") || postgres.User != program.User || strings.HasPrefix(postgres.User, "0") {
		t.Errorf("PostgreSQL is %s as %s", postgres.Image, postgres.User)
	}
	if args := postgres.Environment["POSTGRES_INITDB_ARGS"]; !strings.Contains(args, "--locale=C ") || !strings.Contains(args, "--encoding=UTF8") {
		t.Errorf("the database is made with %q, which the program refuses", args)
	}
	if !slices.Contains(postgres.Command, "log_parameter_max_length=0") {
		t.Error("PostgreSQL's log may hold words")
	}
	var flags serveFlags
	for _, arg := range program.Command {
		if address, ok := strings.CutPrefix(arg, "--database="); ok {
			flags.Database = address
		}
	}
	at, err := url.Parse(flags.Database)
	if err != nil || at.User.Username() != postgres.Environment["POSTGRES_USER"] || at.Host != "postgres" {
		t.Fatalf("the program looks for its database at %s", flags.Database)
	}
	if _, says := at.User.Password(); says {
		t.Error("the address holds a password")
	}
	secret := at.Query().Get("password_file")
	if secret == "" || secret != postgres.Environment["POSTGRES_PASSWORD_FILE"] {
		t.Errorf("the secret is in %q and in %q", secret, postgres.Environment["POSTGRES_PASSWORD_FILE"])
	}
	for name, s := range map[string]service{"postgres": postgres, "beenthere": program} {
		if !slices.Contains(s.Volumes, "database-secret:"+path.Dir(secret)+":ro") {
			t.Errorf("%s cannot read the secret", name)
		}
	}
}

func parser(t *testing.T) *kong.Kong {
	t.Helper()
	var cli commands
	p, err := kong.New(&cli, kong.Name("beenthere"), kong.Exit(func(int) {}))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func parses(t *testing.T, name string, args []string) {
	t.Helper()
	if _, err := parser(t).Parse(args); err != nil {
		t.Errorf("%s: the program does not understand %q: %v", name, args, err)
	}
}

func knownVariables(t *testing.T) (all []string) {
	t.Helper()
	_ = kong.Visit(parser(t).Model, func(node kong.Visitable, next kong.Next) error {
		if flag, ok := node.(*kong.Flag); ok {
			all = append(all, flag.Envs...)
		}
		return next(nil)
	})
	return all
}
