package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"beenthere/forum/db/dbtest"
)

// The program is killed at random moments while people write and volunteers
// read. Whoever was told "received" has exactly one post in exactly one state;
// nothing is public that nobody approved; and in the end everything is read
// once.
func TestKill(t *testing.T) {
	rounds := 50
	if raceEnabled {
		rounds = 10 // each start costs ten times as much there
	}
	k := &killing{t: t, dir: t.TempDir(), received: map[string]receipt{}, approved: map[string]bool{}}
	desk := k.firstDesk()
	for range rounds {
		p := k.start()
		before := k.count()
		stop := k.traffic(p, desk)
		eventually(t, "somebody was told received", func() bool { return k.count() > before })
		<-time.After(rand.N(60 * time.Millisecond)) // any moment: that it is unprepared for it is the point
		p.kill()
		stop()
	}
	k.settle(desk)
}

// killing is one data folder and what its people were told.
type killing struct {
	t   testing.TB
	dir string

	mu       sync.Mutex
	received map[string]receipt // by the words sent
	authors  []*visitor
	approved map[string]bool // threads that an approval was sent for
	sent     int
}

// process is the program in a process of its own.
type process struct {
	cmd   *exec.Cmd
	url   string
	links chan string // tokens for the first lead
}

// count tells how many people were told "received" so far.
func (k *killing) count() int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.received)
}

func (k *killing) start() *process {
	k.t.Helper()
	p, err := startProcess(k.t, "--data", k.dir, "--limits", "off", "--quiet")
	if err != nil {
		k.t.Fatal(err)
	}
	return p
}

// startProcess runs the program on a free port and waits until it says where.
func startProcess(t testing.TB, args ...string) (*process, error) {
	args = append([]string{"serve", "--listen", "127.0.0.1:0"}, args...)
	if at := slices.Index(args, "--data") + 1; at > 0 && dbtest.OnPostgres() {
		args = append(args, "--database", databaseOf(t, args[at]))
	}
	cmd := exec.Command("beenthere", args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd: cmd, links: make(chan string, 1)}
	t.Cleanup(p.kill)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, at, ok := strings.Cut(lines.Text(), "is open at "); ok {
			p.url = at
			break
		}
	}
	if p.url == "" {
		return nil, fmt.Errorf("the program ended before it opened: %w", cmd.Wait())
	}
	go func() {
		for lines.Scan() {
			if _, token, ok := strings.Cut(lines.Text(), "/desk/invite/"); ok {
				p.links <- token
			}
		}
		_, _ = io.Copy(io.Discard, out)
	}()
	return p, nil
}

func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	_, _ = p.cmd.Process.Wait()
}

// firstDesk sets up the lead, whose session outlives every crash.
func (k *killing) firstDesk() *visitor {
	p := k.start()
	defer p.kill()
	desk := newVisitor(k.t, p.url)
	desk.post("/desk/invite/"+<-p.links, map[string]string{"password": "a long enough sentence"}).want(k.t, 201)
	return desk
}

// traffic lets people write and a volunteer read until stop is called.
func (k *killing) traffic(p *process, desk *visitor) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var group sync.WaitGroup
	for range 3 {
		group.Go(func() { k.writes(ctx, p.url) })
	}
	desk.base = p.url
	group.Go(func() { k.reads(ctx, desk) })
	return func() { cancel(); group.Wait() }
}

func (k *killing) writes(ctx context.Context, url string) {
	author := newVisitor(k.t, url)
	k.mu.Lock()
	k.authors = append(k.authors, author)
	k.mu.Unlock()
	for ctx.Err() == nil {
		k.mu.Lock()
		k.sent++
		words := fmt.Sprintf("This is night number %d, and I am writing it down.", k.sent)
		k.mu.Unlock()
		a, err := author.do("POST", "/threads", "application/json", "application/json",
			`{"topic":"grief-and-loss","title":"A night","body":"`+words+`"}`, nil)
		if err != nil || a.status != 201 {
			return // the program is gone, and this one was not told "received"
		}
		var r receipt
		a.into(k.t, &r)
		k.mu.Lock()
		k.received[words] = r
		k.mu.Unlock()
	}
}

func (k *killing) reads(ctx context.Context, desk *visitor) {
	for ctx.Err() == nil {
		a, err := desk.do("POST", "/desk/next", "application/json", "application/json", "{}", nil)
		if err != nil {
			return
		}
		if a.status != 200 {
			continue
		}
		var i item
		a.into(k.t, &i)
		k.mu.Lock()
		k.approved[i.Text] = true // an approval may be committed although its answer was lost
		k.mu.Unlock()
		body := fmt.Sprintf(`{"token":%q,"revision":%d,"decision":"approve"}`, i.Token, i.Revision)
		if _, err := desk.do("POST", "/desk/items/"+i.Item+"/decide", "application/json", "application/json", body, nil); err != nil {
			return
		}
	}
}

// settle starts the program a last time, lets everything be read, and compares
// what people were told with what there is.
func (k *killing) settle(desk *visitor) {
	p := k.start()
	defer p.kill()
	desk.base = p.url
	k.nothingUnreadIsPublic(newVisitor(k.t, p.url))
	for all := false; !all; { // however many there are, each has its own time
		eventually(k.t, "one more post is read, or all are", func() bool {
			a := desk.post("/desk/next", map[string]any{})
			if a.status == 200 {
				var i item
				a.into(k.t, &i)
				desk.decide(i, "approve", nil).want(k.t, 200)
				return true
			}
			all = !k.unread(p.url)
			return all
		})
	}
	k.t.Logf("%d posts were received over all rounds", len(k.received))
	k.each(p.url)
}

// unread tells whether a received post is not approved yet.
func (k *killing) unread(url string) bool {
	stranger := newVisitor(k.t, url)
	for _, r := range k.received {
		if stranger.get("/threads/"+r.Thread).status != 200 {
			return true
		}
	}
	return false
}

// each looks at every post that somebody was told is received.
func (k *killing) each(url string) {
	stranger := newVisitor(k.t, url)
	for words, r := range k.received {
		page := stranger.get("/threads/"+r.Thread).want(k.t, 200)
		if strings.Count(page.body, words) != 1 {
			k.t.Errorf("received and not there exactly once: %s", page.body)
		}
	}
}

// nothingUnreadIsPublic looks through all lists for words that no volunteer
// was ever given.
func (k *killing) nothingUnreadIsPublic(stranger *visitor) {
	for path := "/"; path != ""; {
		var list struct {
			Threads []struct {
				Thread string `json:"thread"`
			} `json:"threads"`
			Next string `json:"next"`
		}
		stranger.get(path).want(k.t, 200).into(k.t, &list)
		for _, thread := range list.Threads {
			k.wasRead(stranger.get("/threads/"+thread.Thread).want(k.t, 200))
		}
		path = list.Next
	}
}

func (k *killing) wasRead(page answer) {
	for words := range k.approved {
		if strings.Contains(page.body, strings.TrimSpace(words)) {
			return
		}
	}
	k.t.Errorf("public, and nobody read it: %.300s", page.body)
}

// interrupt asks the process to stop as Ctrl-C does, and waits until it has.
func (p *process) interrupt(ctx context.Context) error {
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		return err
	}
	ended := make(chan error, 1)
	go func() { ended <- p.cmd.Wait() }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		return fmt.Errorf("it has not stopped in time: %w", ctx.Err())
	}
}
