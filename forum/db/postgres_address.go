package db

import (
	"net/url"
	"os"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"beenthere/forum/fault"
)

// postgresAt reads an address. Its password may also lie in a file that
// password_file names, where no list of processes shows it. What cannot be read
// is not repeated in the error, because a password may be in it.
func postgresAt(address string) (engine, error) {
	at, err := url.Parse(address)
	if err != nil {
		return nil, unreadable()
	}
	query := at.Query()
	file := query.Get("password_file")
	query.Del("password_file")
	at.RawQuery = query.Encode()
	config, err := pgx.ParseConfig(at.String())
	if err != nil || config.Database == "" {
		return nil, unreadable()
	}
	if file != "" {
		secret, err := os.ReadFile(file)
		if err != nil {
			return nil, &fault.Error{Kind: fault.Unavailable, Op: "db.Open", Tell: "The file with the database's password cannot be read.", Err: err}
		}
		config.Password = strings.TrimSpace(string(secret))
	}
	if !query.Has("connect_timeout") {
		config.ConnectTimeout = 5 * time.Second
	}
	for name, value := range map[string]string{"application_name": "beenthere", "client_encoding": "UTF8",
		"tcp_keepalives_idle": "20", "tcp_keepalives_interval": "10", "tcp_keepalives_count": "3"} { // a lost writer's lock ends with its session
		config.RuntimeParams[name] = value
	}
	return postgres{config}, nil
}

func unreadable() error {
	return fault.New(fault.Invalid, "db.Open", "The database's address cannot be read. It looks like postgres://NAME@HOST/DATABASE; what is in its password and is neither a letter nor a digit is written as %XX, or put the password into a file and name it with ?password_file=.")
}

// asText gives an argument that is text, whatever its type is called.
func asText(arg any) (string, bool) {
	if text, ok := arg.(string); ok {
		return text, true
	}
	value := reflect.ValueOf(arg)
	if value.Kind() != reflect.String {
		return "", false
	}
	return value.String(), true
}

// storable tells whether PostgreSQL can hold a text.
func storable(text string) bool { return utf8.ValidString(text) && !strings.Contains(text, "\x00") }
