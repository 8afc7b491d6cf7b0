package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

// said is a line of a solver's program: that its clock starts, an answer, or the end.
type said struct {
	Event     string          `json:"event"`
	At        float64         `json:"at"`
	Objective float64         `json:"objective"`
	Pairs     json.RawMessage `json:"pairs"` // columns by name or by number
	Version   string          `json:"version"`
	Settings  string          `json:"settings"`
	Status    string          `json:"status"`
	Bound     *float64        `json:"bound"`
}

// heard is all that a solver's program said.
type heard struct {
	answers  []said
	version  string
	settings string
	status   string  // how it ended; what was wrong, if failed
	bound    float64 // in its model; meaningful if bounded
	bounded  bool
	failed   bool
	ready    time.Duration // until its clock started
	took     time.Duration // by its own clock, or ours if it did not end by itself
	memoryMB int64
}

// grace is how much longer than its limit a solver's program may take to end, beside what it needs to read its model.
const (
	grace     = 30 * time.Second
	readModel = 20 * time.Minute
)

// listen runs a solver's program and notes what it says. One that breaks off has failed, and what it said until then still counts.
func listen(ctx context.Context, limit time.Duration, name string, args ...string) (*heard, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var late atomic.Bool
	watch := time.AfterFunc(readModel, func() {
		late.Store(true)
		cancel()
	})
	defer watch.Stop()
	cmd := exec.CommandContext(ctx, name, args...) //nolint:gosec // programs of ours
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	var errs tailBuffer
	cmd.Stderr = &errs
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", name, err)
	}
	h := &heard{failed: true}
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 256<<20)
	for lines.Scan() {
		h.take(lines.Bytes(), time.Since(begin))
		if h.version != "" {
			watch.Reset(limit + grace)
		}
	}
	readErr := lines.Err()
	err = cmd.Wait()
	if u, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		h.memoryMB = u.Maxrss >> 10
	}
	if h.failed || err != nil {
		h.failed = true
		h.took = time.Since(begin) - h.ready
		h.status = failure(errors.Join(err, readErr), errs.last())
		if late.Load() {
			h.status = fmt.Sprintf("stopped by us: it went on for %v after its time", grace)
			if h.version == "" {
				h.status = fmt.Sprintf("stopped by us: it had not read its model after %v", readModel)
			}
		}
	}
	return h, nil
}

// failure says why a program failed, as far as is known.
func failure(err error, said string) string {
	why := "failed: it ended without saying so"
	if err != nil {
		why = "failed: " + err.Error()
	}
	if said != "" {
		why += "; " + said
	}
	return why
}

// take notes a line. Lines that are none of ours, which some libraries print, are left out.
func (h *heard) take(line []byte, since time.Duration) {
	var s said
	if !bytes.HasPrefix(line, []byte("{")) || json.Unmarshal(line, &s) != nil {
		return
	}
	switch s.Event {
	case "start":
		h.ready, h.version, h.settings = since, s.Version, s.Settings
	case "answer":
		h.answers = append(h.answers, s)
	case "end":
		h.status, h.bounded, h.failed = s.Status, s.Bound != nil, false
		if h.bounded {
			h.bound = *s.Bound
		}
		h.took = time.Duration(s.At * float64(time.Second))
	}
}

// tailBuffer keeps the last of what is written to it, as much as an exception of Java takes.
type tailBuffer struct{ data []byte }

func (b *tailBuffer) Write(p []byte) (int, error) {
	b.data = append(b.data, p...)
	if extra := len(b.data) - 20_000; extra > 0 {
		b.data = append(b.data[:0], b.data[extra:]...)
	}
	return len(p), nil
}

// last gives the line that says what was wrong: the first that names an exception or error, or else the last.
func (b *tailBuffer) last() string {
	lines := strings.Split(strings.TrimSpace(string(b.data)), "\n")
	for _, line := range lines {
		if strings.Contains(line, "Exception") || strings.Contains(line, "Error") {
			return strings.TrimSpace(line)
		}
	}
	return lines[len(lines)-1]
}
