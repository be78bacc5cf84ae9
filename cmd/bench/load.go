package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// sample is what one round on one server gave.
type sample struct {
	perSecond float64
	cpu       float64 // microseconds of the server for one request
	times     []time.Duration
}

// load keeps some connections busy for a while.
func load(ctx context.Context, s *server, r row, connections int, length time.Duration) (sample, error) {
	ctx, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	times, errs := make([][]time.Duration, connections), make([]error, connections)
	before, begun := cpuOf(s.process.Process.Pid), time.Now()
	var all sync.WaitGroup
	for i := range connections {
		all.Go(func() { times[i], errs[i] = client(ctx, s.address, r) })
	}
	all.Wait()
	took, spent := time.Since(begun), cpuOf(s.process.Process.Pid)-before
	one := sample{times: slices.Concat(times...)}
	n := float64(max(1, len(one.times)))
	one.perSecond, one.cpu = float64(len(one.times))/took.Seconds(), float64(spent.Microseconds())/n
	return one, errors.Join(errs...)
}

// client sends the request of a row over one connection, again as soon as it
// is answered, until ctx ends.
func client(ctx context.Context, address string, r row) (times []time.Duration, err error) {
	conn, err := dial(address)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	request, in := r.request(address), bufio.NewReaderSize(conn, 64<<10)
	for ctx.Err() == nil {
		begun := time.Now()
		if _, err := conn.Write(request); err != nil {
			return times, err
		}
		if err := skipAnswer(in, r.answer.Status); err != nil {
			return times, err
		}
		times = append(times, time.Since(begun))
	}
	return times, nil
}

func dial(address string) (net.Conn, error) {
	conn, err := net.DialTimeout("tcp", address, 5*time.Second)
	if err == nil {
		err = conn.SetDeadline(time.Now().Add(5 * time.Minute))
	}
	return conn, err
}

// skipAnswer reads one answer and makes sure of its status.
func skipAnswer(in *bufio.Reader, status int) error {
	line, err := in.ReadSlice('\n')
	if err != nil {
		return err
	}
	if len(line) < 12 || string(line[9:12]) != strconv.Itoa(status) {
		return fmt.Errorf("answered %q", line)
	}
	length := 0
	for {
		if line, err = in.ReadSlice('\n'); err != nil {
			return err
		}
		if len(line) <= 2 {
			_, err = in.Discard(length)
			return err
		}
		if value, ok := bytes.CutPrefix(line, []byte("Content-Length: ")); ok {
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return err
			}
		}
	}
}

func readAll(body io.Reader, length int) ([]byte, error) {
	all := make([]byte, length)
	_, err := io.ReadFull(body, all)
	return all, err
}

// cpuOf gives the processor time of a process so far, where the system tells
// it as Linux does, and zero elsewhere.
func cpuOf(pid int) time.Duration {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, after, ok := strings.Cut(string(text), ") ")
	fields := strings.Fields(after)
	if err != nil || !ok || len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond // 100 ticks a second on every Linux
}
