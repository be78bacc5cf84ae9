package main

import (
	"bufio"
	"strings"
	"testing"
	"time"
)

func TestSkipAnswer(t *testing.T) {
	const good = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello"
	in := bufio.NewReader(strings.NewReader(good + good + "HTTP/1.1 204 No Content\r\n\r\n"))
	for _, status := range []int{200, 200, 204} {
		if err := skipAnswer(in, status); err != nil {
			t.Fatal(err)
		}
	}
	for _, bad := range []string{"", "HTTP/1.1 503 Resting\r\n\r\n", good[:len(good)-1], "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"} {
		if skipAnswer(bufio.NewReader(strings.NewReader(bad)), 200) == nil {
			t.Errorf("%q passes for a good answer", bad)
		}
	}
}

func TestMedianAndPercentiles(t *testing.T) {
	if median([]float64{9, 1, 5}) != 5 {
		t.Error("median")
	}
	var times []time.Duration
	for i := range 101 {
		times = append(times, time.Duration(i)*time.Millisecond)
	}
	if at(times, 50) != 50 || at(times, 99) != 99 || at(nil, 50) != 0 {
		t.Error(at(times, 50), at(times, 99))
	}
}
