package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/communitypayback/payback/solver"
)

// progress tells on standard error what is being done: on a terminal one line that is redrawn at most four times a second,
// elsewhere a plain line every ten seconds, or lines of JSON every second. Its methods may be called from any goroutine,
// and on nil.
type progress struct {
	w     io.Writer
	how   string // line, plain, json or none
	now   func() time.Time
	every time.Duration

	mu       sync.Mutex
	doing    string
	since    time.Time
	limit    time.Duration // of the step; 0: none
	of       int           // people who could be placed
	latest   *solver.Progress
	best     solver.Score
	better   time.Time // when it last became better
	drawn    bool      // a line stands on the terminal
	quit     chan struct{}
	finished chan struct{}
}

func newProgress(m *Main) *progress {
	p := &progress{w: m.Stderr, how: m.cli.Progress, now: m.Now, every: 10 * time.Second}
	switch {
	case m.cli.Quiet:
		p.how = "none"
	case p.how == "auto" && terminal(m.Stderr) && m.Env("TERM") != "dumb":
		p.how = "line"
	case p.how == "auto":
		p.how = "plain"
	}
	switch p.how {
	case "line":
		p.every = 250 * time.Millisecond
	case "json":
		p.every = time.Second
	}
	return p
}

// step begins a step and says so at once.
func (p *progress) step(doing string, limit time.Duration, of int) {
	if p == nil || p.how == "none" {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.doing, p.since, p.limit, p.of, p.latest = doing, p.now(), limit, of, nil
	p.draw()
	if p.quit == nil {
		p.quit, p.finished = make(chan struct{}), make(chan struct{})
		go p.run(p.quit, p.finished)
	}
}

// update takes how far the search has come; it is drawn when its time comes.
func (p *progress) update(x solver.Progress) {
	if p == nil || p.how == "none" {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.latest == nil || x.Score.Less(p.best) {
		p.best, p.better = x.Score, p.now()
	}
	p.latest = &x
}

// stop ends the line. Whoever writes to standard error afterwards starts on a fresh one.
func (p *progress) stop() {
	if p == nil {
		return
	}
	p.mu.Lock()
	quit, finished := p.quit, p.finished
	p.quit = nil
	p.mu.Unlock()
	if quit == nil {
		return
	}
	close(quit)
	<-finished
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drawn {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.drawn = false
	}
}

func (p *progress) run(quit, finished chan struct{}) {
	defer close(finished)
	tick := time.NewTicker(p.every)
	defer tick.Stop()
	for {
		select {
		case <-quit:
			return
		case <-tick.C:
			p.mu.Lock()
			p.draw()
			p.mu.Unlock()
		}
	}
}

// progressLine is a line of --progress json. Seconds are since the step began.
type progressLine struct {
	Doing        string  `json:"doing"`
	Seconds      float64 `json:"seconds"`
	LimitSeconds float64 `json:"limit_seconds,omitempty"`
	Rounds       int     `json:"rounds,omitempty"`
	Planned      int     `json:"rounds_planned,omitempty"`
	Placed       int     `json:"placed,omitempty"`
	People       int     `json:"people,omitempty"`
	MustFix      int64   `json:"must_fix"`
	Value        int64   `json:"value_points,omitempty"`
}

func (p *progress) draw() {
	now := p.now()
	spent := now.Sub(p.since)
	switch p.how {
	case "json":
		line := progressLine{Doing: p.doing, Seconds: float64(spent.Milliseconds()) / 1000, LimitSeconds: p.limit.Seconds(), People: p.of}
		if x := p.latest; x != nil {
			line.Rounds, line.Planned, line.Placed = x.Rounds, x.Planned, x.Placed
			line.MustFix, line.Value = x.Score.Hard(), x.Score.Value()/1000
		}
		if b, err := json.Marshal(line); err == nil {
			fmt.Fprintf(p.w, "%s\n", b)
		}
	case "line":
		fmt.Fprintf(p.w, "\r\x1b[K%s", p.text(now, spent))
		p.drawn = true
	default:
		fmt.Fprintln(p.w, p.text(now, spent))
	}
}

// text gives the line for people.
func (p *progress) text(now time.Time, spent time.Duration) string {
	s := p.doing
	if p.limit > 0 {
		s += "  " + elapsed(spent) + " of " + elapsed(p.limit)
	} else if spent >= time.Second {
		s += "  " + elapsed(spent)
	}
	if x := p.latest; x != nil {
		s += fmt.Sprintf("  placed %d/%d  must-fix %d  best %s  last better %d s ago", x.Placed, p.of, x.Score.Hard(),
			points(x.Score.Value()), int(now.Sub(p.better).Seconds()))
	}
	return s
}

// terminal reports whether a writer is a terminal.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	at, err := f.Stat()
	if err != nil || at.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(at, null)
}

// hint says something worth knowing on standard error, unless only results are wanted.
func (m *Main) hint(format string, args ...any) {
	if m.cli.Quiet {
		return
	}
	m.progress.stop()
	fmt.Fprintf(m.Stderr, format+"\n", args...)
}

// interrupted tells that the first Ctrl-C was heard. It may run beside everything else.
func (m *Main) interrupted() {
	fmt.Fprintln(m.Stderr, "\nStopping, and keeping the best plan so far. Press Ctrl-C again to leave now.")
}
