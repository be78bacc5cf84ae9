package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"

	"beenthere/forum/shell"
)

// request spells out one request, byte by byte.
func (e *enemy) request(route shell.Route) []byte {
	method := route.Method
	if e.IntN(12) == 0 {
		method = pick(e, "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "get", "G\x00T", "", strings.Repeat("A", 5000), "PRI")
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "%s %s %s\r\n", method, e.address(route), e.rarely("HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/0.9", "HTTP/1.1 ", "ftp", ""))
	fmt.Fprintf(&out, "Host: %s\r\n", e.rarely("127.0.0.1", "evil.example", "", "a b", strings.Repeat("h", 300), "x\x00y", mark))
	kind, body := e.body(route)
	if kind != "" {
		fmt.Fprintf(&out, "Content-Type: %s\r\n", e.rarely(kind, "text/plain", "multipart/form-data; boundary=x", "application/json; charset=utf-7", "application/json; charset=\"", "application/x-www-form-urlencoded; charset=latin1", ";", e.odd()))
	}
	for range e.IntN(4) {
		out.WriteString(e.header())
	}
	out.WriteString(e.rarely("Sec-Fetch-Site: same-origin\r\n", "", "Sec-Fetch-Site: cross-site\r\n", "Origin: http://evil.example\r\n", "Origin: null\r\n", "Origin: http://127.0.0.1\r\n", "Sec-Fetch-Site: \xff\r\n"))
	out.WriteString(e.cookie(route))
	if method != "GET" || body != "" {
		out.WriteString(e.rarely(fmt.Sprintf("Content-Length: %d\r\n", len(body)), fmt.Sprintf("Content-Length: %d\r\n", len(body)/2), fmt.Sprintf("Content-Length: %d\r\n", len(body)+50),
			"Content-Length: -5\r\n", "Content-Length: 99999999999999999999\r\n", "Content-Length: 0x10\r\n", "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n",
			fmt.Sprintf("Content-Length: %d\r\nTransfer-Encoding: chunked\r\n", len(body)), fmt.Sprintf("Content-Length: %d\r\nContent-Length: 1\r\n", len(body)), ""))
	}
	out.WriteString(e.rarely("\r\n", "\n", "\r\n\r\n", "", " folded\r\n\r\n"))
	out.WriteString(body)
	return out.Bytes()
}

// rarely gives the usual, and now and then something else.
func (e *enemy) rarely(usual string, others ...string) string {
	if e.IntN(8) == 0 {
		return pick(e, others...)
	}
	return usual
}

// address fills a pattern, mostly so that it is found.
func (e *enemy) address(route shell.Route) string {
	parts := strings.Split(route.Pattern, "/")
	for i, part := range parts {
		if strings.HasPrefix(part, ":") {
			parts[i] = pick(e, e.ids...)
			if e.IntN(3) == 0 {
				parts[i] = pick(e, url.PathEscape(e.odd()), strings.NewReplacer(" ", "", "\r\n", "", "\n", "").Replace(e.odd()))
			}
		}
	}
	path := strings.Join(parts, "/")
	if e.IntN(4) == 0 {
		path += "?" + pick(e, "q", "after", "experience", "from", "topic", "as", "told", "before", "older", "country", "needs", "mine", "thread", "&&=", "%", "a[]") + "=" + url.QueryEscape(e.odd())
	}
	return e.rarely(path, "/"+path, path+"/", "http://evil.example"+path, "*", strings.ToUpper(path), path+"/../..", "/%2e%2e"+path, path+"#x", path+";a=b", path+"%", "\\"+path, strings.ReplaceAll(path, "/", "%2f"), path+"?"+strings.Repeat("a=b&", 500), "")
}

// header gives one more header.
func (e *enemy) header() string {
	name := pick(e, "Accept", "Accept", "Accept", "Accept-Encoding", "Content-Encoding", "Idempotency-Key", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Range", "If-None-Match", "If-Modified-Since",
		"Expect", "Upgrade", "Connection", "Accept-Language", "Authorization", "Referer", "User-Agent", "X-HTTP-Method-Override", "Forwarded", "Trailer", "TE", "Cookie", "Sec-Fetch-Mode")
	value := pick(e, "application/json", "application/json", "text/html", "*/*", "application/json;q=0", "text/html;q=0.1, application/json;q=nan", "gzip", "100-continue", "close", "keep-alive, Transfer-Encoding",
		"websocket", "bytes=0-", "bytes=9-1,5-", "W/\"x\"", "127.0.0.1", "https", strings.Repeat("x", 20_000), strings.Repeat(",", 2000), strings.Repeat("a;q=0.5,", 500), strings.ReplaceAll(e.odd(), "\n", ""))
	if name == "Content-Encoding" && e.IntN(4) > 0 {
		return "" // it would be refused before anything else is met
	}
	return name + ": " + value + "\r\n"
}

// cookie brings cookies of every kind. Real ones are not sent where they would
// end themselves, or hold the line.
func (e *enemy) cookie(route shell.Route) string {
	real := pick(e, e.cookies...)
	name, value, _ := strings.Cut(real, "=")
	for _, ends := range []string{"sign-out", "/leave", "/mine/erase", "/desk/live", "/password", "/desk/people", "/desk/settings"} {
		if strings.Contains(route.Pattern, ends) {
			return "Cookie: " + name + "=" + e.forged(value) + "\r\n"
		}
	}
	switch e.IntN(6) {
	case 0:
		return ""
	case 1:
		return "Cookie: " + name + "=" + e.forged(value) + "\r\n"
	case 2:
		return "Cookie: __Host-" + name + "=" + strings.ReplaceAll(e.odd(), "\n", "") + "; ;;=; =x; " + real + "\r\n"
	case 3:
		return "Cookie: p=" + e.forged(value) + "; away=; s=" + value + "; d=" + value + "; m=" + strings.Repeat("z", e.IntN(5000)) + "\r\n"
	}
	return "Cookie: " + strings.Join(e.cookies, "; ") + "\r\n"
}

// body gives a content type and a body for a route.
func (e *enemy) body(route shell.Route) (kind, body string) {
	if route.Method == "GET" && e.IntN(10) > 0 {
		return "", ""
	}
	names := append([]string{"zqhushed", "__proto__", ""}, e.takes[route.Method+" "+route.Pattern]...)
	switch e.IntN(10) {
	case 0:
		return "application/json", pick(e, "", "{", "null", "[]", "1e999", "\"x\"", strings.Repeat("[", 100_000), strings.Repeat(`{"a":`, 50_000), "{\"body\":\"\xff\xfe\"}", "\xef\xbb\xbf{}", `{"body":"\ud800"}`, "{}{}", `{"a":1,"a":2}`)
	case 1:
		return "application/x-www-form-urlencoded", pick(e, "%", "&&&", "=", "a=%zz", "a;b", strings.Repeat("a=b&", 400), strings.Repeat("notes=suicide&", 290), "body="+strings.Repeat("%00", 100), "body="+strings.Repeat("x", 90_000), "\x00\xff")
	case 2:
		var squeezed bytes.Buffer
		w := gzip.NewWriter(&squeezed)
		_, _ = w.Write(bytes.Repeat([]byte("body=aaaa&"), 10_000))
		_ = w.Close()
		return "application/x-www-form-urlencoded", squeezed.String()
	case 3, 4, 5:
		fields := map[string]any{}
		for _, name := range names {
			fields[name] = pick[any](e, mark, mark, e.odd(), e.odd(), e.IntN(9), -1, 1.5, true, nil, []any{e.odd(), e.odd()}, []any{1, nil, map[string]any{}}, map[string]any{"slug": e.odd()}, e.ticket())
		}
		text, _ := json.Marshal(fields)
		return "application/json", string(text)
	}
	fields := url.Values{}
	for _, name := range names {
		for range pick(e, 0, 1, 1, 1, 2, 30) {
			fields.Add(name, pick(e, mark, e.odd(), e.odd(), e.ticket()))
		}
	}
	if fields.Has("ticket") && e.IntN(3) > 0 {
		fields.Set("ticket", e.ticket())
	}
	return "application/x-www-form-urlencoded", fields.Encode()
}

func (e *enemy) ticket() string {
	return pick(e, pick(e, e.tickets...), e.forged(pick(e, e.tickets...)))
}
