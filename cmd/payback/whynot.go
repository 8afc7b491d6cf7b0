package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/communitypayback/payback/api"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

// whyNotCommand says why somebody is not in a session, or in none.
type whyNotCommand struct {
	CRN     string `arg:"" help:"The person, such as X123456."`
	Session string `placeholder:"CT01/2026-11-30" help:"The session, with /09:00 where the project has several that day. Left out: any of the week."`
	askFlags
}

// Help says what the answer holds.
func (*whyNotCommand) Help() string {
	return "Each session is counted for the first rule against it: first what is about the person and the session alone, then what depends " +
		"on who else is placed. Then comes what is scarce, the sessions that come nearest, and the cheapest change that would make it " +
		"possible: who moves, who has to be told, and what it costs in minutes of on-time work. A change that is told keeps every rule."
}

// Run answers.
func (c *whyNotCommand) Run(ctx context.Context, m *Main) error {
	crn, err := readCRN(c.CRN)
	if err != nil {
		return err
	}
	return c.ask(ctx, m, c.Session, func(x *asked) error {
		var sessions []model.SessionKey
		if c.Session != "" {
			key, err := readSession(c.Session)
			if err != nil {
				return err
			}
			sessions = append(sessions, key)
		}
		a, err := x.WhyNot(crn, sessions...)
		if err != nil {
			return err
		}
		return writeMessage(m, api.NotPlacedMessage(x.Snapshot.Week, a), func() error {
			if err := writeAnswer(m, x.Snapshot.Week, a, ""); err != nil {
				return err
			}
			x.next(m, a)
			return nil
		})
	})
}

// next suggests the edits that make a proposed change, or what else to ask.
func (x *asked) next(m *Main, a *solver.Answer) {
	if a.Change != nil && len(a.Change.Moves) == 1 {
		m.next(fmt.Sprintf("edit latest add %s %v", a.Person, a.Change.Session))
		return
	}
	if len(a.Nearest) > 0 && len(a.Nearest[0].Against) > 0 {
		m.next("explain rule " + a.Nearest[0].Against[0].Rule.ID)
	}
}

// writeAnswer tells an answer to people: the funnel as a table, the rest in sentences.
func writeAnswer(m *Main, week model.Week, a *solver.Answer, indent string) error {
	var b strings.Builder
	text := scheduler.AnswerText(week, a)
	paragraph(&b, indent, text[0])
	if a.Considered > 1 {
		rows := [][]string{{fmt.Sprintf("%d", a.Considered), "", "sessions that they are not in"}}
		for _, s := range a.Funnel {
			what := s.Rule.ID
			if s.Fact {
				what += ", whoever else is placed"
			}
			rows = append(rows, []string{fmt.Sprintf("%d", s.Remaining), fmt.Sprintf("-%d", s.Removed), what})
		}
		fmt.Fprintln(&b)
		for line := range strings.SplitSeq(strings.TrimRight(align(rows, []bool{true, true, false}), "\n"), "\n") {
			fmt.Fprintf(&b, "%s  %s\n", indent, line)
		}
		fmt.Fprintln(&b)
	}
	for _, s := range text[1:] {
		paragraph(&b, indent, s)
	}
	_, err := fmt.Fprint(m.Stdout, b.String())
	return err
}

// paragraph writes a sentence in lines that keep to the width.
func paragraph(b *strings.Builder, indent, s string) {
	for i, line := range wrap(s, tableWidth-len(indent)-2) {
		if i > 0 {
			line = "  " + line
		}
		fmt.Fprintf(b, "%s%s\n", indent, line)
	}
}
