package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// row is one kind of request, and the answer that Beenthere gave to it once.
type row struct {
	name        string
	method      string
	path        string
	pattern     string // for Fiber's router
	accept      string
	body        string
	connections []int
	answer      answer
}

// answer is what Fiber is to send.
type answer struct {
	Method, Pattern, Accept string
	Status                  int
	Headers                 [][2]string
	Body                    []byte
}

const asJSON = "application/json"

// story is what is sent again and again. It is harmless and long enough to be
// read by everything that reads a post.
const story = "My dog died on Sunday and the house is too quiet. I keep listening for his paws on the stairs when I come home from work. " +
	"People mean well and say that he was old, and he was, but he was also the one who was always glad when I opened the door. " +
	"I would like to hear from others how long they kept the bowl where it was, and whether it got easier to walk the old way alone."

// rowsFor asks a fresh house for one answer of each kind.
func rowsFor(address string) ([]row, error) {
	thread, topic, err := newest(address)
	if err != nil {
		return nil, err
	}
	draft, err := json.Marshal(map[string]any{"topic": topic, "title": "The quiet after him", "body": story})
	if err != nil {
		return nil, err
	}
	few, many := []int{1, 16, 64}, []int{64}
	rows := []row{
		{name: "GET /", method: "GET", path: "/", pattern: "/", connections: many},
		{name: "GET /threads/{id}", method: "GET", path: "/threads/" + thread, pattern: "/threads/:id", connections: many},
		{name: "GET / as JSON", method: "GET", path: "/", pattern: "/", accept: asJSON, connections: many},
		{name: "GET /threads/{id} as JSON", method: "GET", path: "/threads/" + thread, pattern: "/threads/:id", accept: asJSON, connections: many},
		{name: "POST /search", method: "POST", path: "/search", pattern: "/search", accept: asJSON, body: `{"q": "cannot sleep since the exam"}`, connections: []int{16}},
		{name: "POST /threads", method: "POST", path: "/threads", pattern: "/threads", accept: asJSON, body: string(draft), connections: few},
	}
	for i := range rows {
		if err := rows[i].ask(address); err != nil {
			return nil, fmt.Errorf("%s: %w", rows[i].name, err)
		}
	}
	return rows, nil
}

// newest gives a thread of the front page that has a reply, and its topic.
func newest(address string) (thread, topic string, err error) {
	request, err := http.NewRequest(http.MethodGet, "http://"+address+"/", nil)
	if err != nil {
		return "", "", err
	}
	request.Header.Set("Accept", asJSON)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", "", err
	}
	defer response.Body.Close()
	var front struct {
		Threads []struct {
			Thread, Topic string
			Answered      bool
		}
	}
	if err := json.NewDecoder(response.Body).Decode(&front); err != nil {
		return "", "", err
	}
	for _, one := range front.Threads {
		if one.Answered {
			return one.Thread, one.Topic, nil
		}
	}
	return "", "", fmt.Errorf("nothing on the front page has a reply")
}

// request gives the bytes of one request to a host.
func (r row) request(host string) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: %s\r\n", r.method, (&url.URL{Path: r.path}).RequestURI(), host)
	if r.accept != "" {
		fmt.Fprintf(&b, "Accept: %s\r\n", r.accept)
	}
	if r.method == "POST" {
		fmt.Fprintf(&b, "Origin: http://%s\r\nContent-Type: %s\r\nContent-Length: %d\r\n", host, asJSON, len(r.body))
	}
	return []byte(b.String() + "\r\n" + r.body)
}

// ask sends the request once and keeps the answer.
func (r *row) ask(address string) error {
	conn, err := dial(address)
	if err != nil {
		return err
	}
	defer conn.Close()
	if _, err := conn.Write(r.request(address)); err != nil {
		return err
	}
	response, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= 300 {
		return fmt.Errorf("status %d", response.StatusCode)
	}
	r.answer = answer{Method: r.method, Pattern: r.pattern, Accept: r.accept, Status: response.StatusCode}
	for name, values := range response.Header {
		if name != "Date" && name != "Content-Length" {
			r.answer.Headers = append(r.answer.Headers, [2]string{name, strings.Join(values, ", ")})
		}
	}
	r.answer.Body, err = readAll(response.Body, int(response.ContentLength))
	return err
}
