package shell

import (
	"bytes"
	"compress/gzip"
	"embed"
	"fmt"
	"hash/fnv"
	"io/fs"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"beenthere/forum/fault"
)

//go:embed assets
var ownAssets embed.FS

const assetPrefix = "/assets/"

// forever is right for an asset because its address holds a fingerprint of it.
const forever = "public, max-age=31536000, immutable"

// asset is one embedded file, ready to send. Only assets are compressed: they
// hold nothing of anyone, so their length tells nothing.
type asset struct {
	hash, kind  string
	plain, gzip []byte
}

// kinds are the content types of assets; a file of any other kind is a mistake.
var kinds = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

// Assets adds files to those served under /assets/, by their base names. It
// must come before the templates that name them.
func (s *Shell) Assets(files fs.FS) error {
	return fs.WalkDir(files, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := fs.ReadFile(files, file)
		if err != nil {
			return err
		}
		return s.addAsset(path.Base(file), body)
	})
}

func (s *Shell) addAsset(name string, body []byte) error {
	kind := kinds[path.Ext(name)]
	if kind == "" || s.assets[name] != nil {
		return fmt.Errorf("shell: asset %s is of no known kind, or there are two", name)
	}
	s.assets[name] = &asset{hash: Fingerprint(body), kind: kind, plain: body, gzip: squeeze(body)}
	return nil
}

// Fingerprint gives a short name for bytes, another one when they are others.
func Fingerprint(body []byte) string {
	print := fnv.New64a()
	print.Write(body)
	return fmt.Sprintf("%016x", print.Sum64())
}

// hasAlready names an answer by the fingerprint of its bytes, which is the same
// for everybody, and tells whether the caller has just that.
func hasAlready(c *fiber.Ctx, fingerprint string) bool {
	c.Response().Header.Set(fiber.HeaderETag, `"`+fingerprint+`"`)
	return strings.Contains(c.Get(fiber.HeaderIfNoneMatch), fingerprint)
}

func squeeze(body []byte) []byte {
	var out bytes.Buffer
	w, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	w.Write(body) // a bytes.Buffer takes everything
	w.Close()
	return out.Bytes()
}

// assetURL gives the address of an asset; templates call it as asset "name". A
// name that does not exist fails the template.
func (s *Shell) assetURL(name string) (string, error) {
	a := s.assets[name]
	if a == nil {
		return "", fmt.Errorf("no asset %q", name)
	}
	return assetPrefix + a.hash + "/" + name, nil
}

func isAsset(ctx *fasthttp.RequestCtx) bool {
	return bytes.HasPrefix(ctx.Request.Header.RequestURI(), []byte(assetPrefix))
}

func (s *Shell) getAsset(c *fiber.Ctx) error {
	a := s.assets[c.Params("name")]
	if a == nil || a.hash != c.Params("hash") {
		return fault.New(fault.NotFound, "shell.getAsset", "")
	}
	out := c.Response()
	out.Header.SetCanonical(cacheControl, []byte(forever))
	out.Header.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if hasAlready(c, a.hash) {
		return c.SendStatus(fasthttp.StatusNotModified)
	}
	out.Header.SetContentType(a.kind)
	if takesGzip(c.Get(fiber.HeaderAcceptEncoding)) && len(a.gzip) < len(a.plain) {
		out.Header.Set(fiber.HeaderContentEncoding, "gzip")
		out.SetBodyRaw(a.gzip)
		return nil
	}
	out.SetBodyRaw(a.plain)
	return nil
}

// takesGzip reads an Accept-Encoding header; gzip;q=0 is a no.
func takesGzip(accept string) bool {
	for _, part := range strings.Split(accept, ",") {
		coding, params, _ := strings.Cut(part, ";")
		if strings.EqualFold(strings.TrimSpace(coding), "gzip") {
			return quality([]byte(params)) > 0
		}
	}
	return false
}
