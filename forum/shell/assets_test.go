package shell_test

import (
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func TestAssets(t *testing.T) {
	h := open(t, nil)
	_, page := h.get(t, "/")
	found := regexp.MustCompile(`(?:href|src)="(/assets/[^"]+)"`).FindAllStringSubmatch(page, -1)
	if len(found) < 5 {
		t.Fatal(page)
	}
	for _, m := range found {
		plain, body := h.get(t, m[1], "Accept-Encoding", "identity")
		if plain.StatusCode != 200 || len(body) == 0 || plain.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
			t.Errorf("%s: %d %v", m[1], plain.StatusCode, plain.Header)
		}
		checkHeaders(t, m[1], plain.Header)
		if again, body := h.get(t, m[1], "If-None-Match", plain.Header.Get("ETag")); again.StatusCode != 304 || body != "" {
			t.Errorf("%s again: %d", m[1], again.StatusCode)
		}
		if no, _ := h.get(t, m[1], "Accept-Encoding", "gzip;q=0"); no.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s: compressed against its will", m[1])
		}
	}
	style := found[0][1]
	if zipped, body := h.get(t, style, "Accept-Encoding", "br, gzip"); zipped.Header.Get("Content-Encoding") != "gzip" || !strings.HasPrefix(body, "\x1f\x8b") {
		t.Error(zipped.Header)
	}
	for _, path := range []string{"/assets/0000000000000000/base.css", "/assets/x/../layout.html", "/assets/x/%2e%2e%2fshell.go", "/assets/", strings.Replace(style, "base", "nowhere", 1)} {
		if res, _ := h.get(t, path); res.StatusCode != 404 {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
}

// Pages hold what people typed next to what they must not learn, so their
// length must tell nothing.
func TestPagesAreNotCompressed(t *testing.T) {
	h := open(t, nil)
	for _, path := range []string{"/", "/mine", "/nowhere"} {
		if res, _ := h.get(t, path, "Accept-Encoding", "gzip, br"); res.Header.Get("Content-Encoding") != "" {
			t.Errorf("%s is compressed", path)
		}
	}
}

func TestStrangeAssetIsRefused(t *testing.T) {
	h := open(t, nil)
	for _, name := range []string{"program.exe", "base.css"} {
		if h.Assets(fstest.MapFS{name: {Data: []byte("x")}}) == nil {
			t.Errorf("took %s", name)
		}
	}
}
