package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/communitypayback/payback/model"
)

// The exit codes.
const (
	exitDone        = 0
	exitFault       = 1
	exitUsage       = 2
	exitInvalid     = 3
	exitForbidden   = 4
	exitNotFound    = 5
	exitConflict    = 6
	exitUnsafe      = 7
	exitTooLate     = 8
	exitUnavailable = 9
	exitDifferent   = 10
	exitInterrupted = 130
)

// exitTable explains the exit codes, for help exit-codes.
var exitTable = []struct {
	code int
	text string
}{
	{exitDone, "done, also when there was nothing to do or nothing was found"},
	{exitFault, "an unexpected failure; a reference number is printed"},
	{exitUsage, "wrong usage: a command, flag or argument"},
	{exitInvalid, "the input has problems, and nothing was written"},
	{exitForbidden, "not signed in, or not allowed"},
	{exitNotFound, "what was named does not exist"},
	{exitConflict, "out of date: somebody changed it meanwhile"},
	{exitUnsafe, "the roster breaks rules that must hold"},
	{exitTooLate, "time ran out before there was any usable plan"},
	{exitUnavailable, "busy or unreachable; trying again is safe"},
	{exitDifferent, "differences were found; only with --exit-code"},
	{exitInterrupted, "interrupted; the best plan was saved if there was one"},
}

// ended is an outcome that is no failure but has an exit code of its own. Everything there is to say has been said.
type ended int

func (e ended) Error() string { return fmt.Sprintf("ended with exit code %d", int(e)) }

// exitCode gives the exit code of an error's kind.
func exitCode(c model.Code) int {
	switch c {
	case model.CodeUsage:
		return exitUsage
	case model.CodeInvalid:
		return exitInvalid
	case model.CodeNotFound:
		return exitNotFound
	case model.CodeConflict, model.CodeReused:
		return exitConflict
	case model.CodeForbidden:
		return exitForbidden
	case model.CodeUnsafe:
		return exitUnsafe
	case model.CodeTooLate:
		return exitTooLate
	case model.CodeUnavailable, model.CodeBusy:
		return exitUnavailable
	default:
		return exitFault
	}
}

// say tells an error in plain words and gives its exit code.
func (m *Main) say(err error) int {
	var (
		end   ended
		plain *model.Error
	)
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &end):
		return int(end)
	case errors.As(err, &plain) && plain.Code != model.CodeInternal:
		fmt.Fprintln(m.Stderr, sentence(plain.Message))
		if m.cli.Verbose && plain.Err != nil {
			fmt.Fprintln(m.Stderr, "  because:", plain.Err)
		}
		return exitCode(plain.Code)
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(m.Stderr, "Interrupted. There was no plan yet, so nothing was saved.")
		return exitInterrupted
	case errors.As(err, &plain):
		fmt.Fprintln(m.Stderr, plain.Message)
		return m.fault(err.Error(), false)
	default:
		return m.fault(err.Error(), false)
	}
}

// sentence ends a message as a sentence, unless it ends with something to type or to ask.
func sentence(s string) string {
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".?!") || strings.Contains(s, ": ") && !strings.HasPrefix(s, "found") {
		return s
	}
	return s + "."
}

// fault reports a failure nobody foresaw. What happened is told only on request: it may name things of the program that
// help nobody else.
func (m *Main) fault(what string, trace bool) int {
	var b [4]byte
	_, _ = rand.Read(b[:]) // never fails
	fmt.Fprintf(m.Stderr, "Something went wrong that should not have. Reference %s.\n", hex.EncodeToString(b[:]))
	if !m.cli.Verbose {
		fmt.Fprintln(m.Stderr, "Run the same command with -v for details, and send them to the team that looks after payback.")
		return exitFault
	}
	fmt.Fprintln(m.Stderr, what)
	if trace {
		_, _ = m.Stderr.Write(debug.Stack())
	}
	return exitFault
}
