package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/child"
	"github.com/communitypayback/payback/solver/constraints"
)

// Main is one run of the program: parse, run, close. The zero value is not usable; see [NewMain].
type Main struct {
	Stdout, Stderr io.Writer
	Now            func() time.Time
	Env            func(string) string
	Program        string           // how a person starts the program, for the commands that hints suggest
	Search         scheduler.Search // carries searches on the record out; nil: this program in a process of its own

	cli      cli
	kong     *kong.Kong
	parsed   *kong.Context
	progress *progress
	making   atomic.Pointer[folder] // what is being written; nil: nothing
}

// NewMain gives a Main bound to the process: its streams, its clock and its environment.
func NewMain() *Main {
	program := "payback"
	if strings.Contains(os.Args[0], "go-build") { // started by go run, so that no command of that name exists
		program = "go run ./cmd/payback"
	}
	return &Main{Stdout: os.Stdout, Stderr: os.Stderr, Now: time.Now, Env: os.Getenv, Program: program}
}

// ParseFlags reads the command line, without the program's name. Wrong usage gives a [model.Error] that says what to type.
func (m *Main) ParseFlags(args []string) error {
	var err error
	if m.kong, err = newKong(m); err != nil {
		return err
	}
	if args, err = checkUsage(m.kong.Model.Node, args); err != nil {
		return err
	}
	if m.parsed, err = m.kong.Parse(args); err != nil {
		return parseError(err)
	}
	return m.cli.valid()
}

// Run runs the command that ParseFlags found. When the context ends, a plan that is being made is cut there and saved.
func (m *Main) Run(ctx context.Context) error {
	if m.parsed == nil {
		return nil
	}
	m.progress = newProgress(m)
	m.parsed.BindTo(ctx, (*context.Context)(nil))
	return m.parsed.Run(m)
}

// Close ends the progress line. It may be called at any time and more than once.
func (m *Main) Close() error {
	m.progress.stop()
	return nil
}

// Do parses, runs and closes, says what went wrong, and gives the exit code. A fault of the program's own is told by a
// reference number, never by a trace, unless details are asked for with -v.
func (m *Main) Do(ctx context.Context, args []string) (code int) {
	defer func() {
		if x := recover(); x != nil {
			_ = m.Close()
			code = m.fault(fmt.Sprint(x), true)
		}
	}()
	err := m.ParseFlags(args)
	if err == nil {
		err = m.Run(ctx)
	}
	if closed := m.Close(); err == nil {
		err = closed
	}
	return m.say(err)
}

// ChildCommand makes the program a search that its parent speaks to over its standard streams, and nothing else.
const ChildCommand = "search-for-parent"

// ServeParent is that search. It gives the exit code.
func ServeParent(in io.Reader, out io.Writer) int {
	if err := child.Serve(context.Background(), in, out, scheduler.Plan, constraints.All); err != nil {
		return exitFault
	}
	return exitDone
}

func main() {
	if len(os.Args) == 2 && os.Args[1] == ChildCommand {
		os.Exit(ServeParent(os.Stdin, os.Stdout))
	}
	m := NewMain()
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		cancel()
		m.interrupted()
		<-signals
		m.making.Load().drop()
		os.Exit(exitInterrupted)
	}()
	os.Exit(m.Do(ctx, os.Args[1:]))
}
