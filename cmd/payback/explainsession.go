package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/communitypayback/payback/api"
	"github.com/communitypayback/payback/scheduler"
)

// explainSession says why a session is as it is.
type explainSession struct {
	Session string `arg:"" help:"The session, such as CT01/2026-11-30, with /09:00 where the project has several that day."`
	askFlags
}

// Run explains.
func (c *explainSession) Run(ctx context.Context, m *Main) error {
	return c.ask(ctx, m, c.Session, func(x *asked) error {
		key, err := readSession(c.Session)
		if err != nil {
			return err
		}
		y, err := x.Session(key)
		if err != nil {
			return err
		}
		return writeMessage(m, api.SessionMessage(y, x.Explained), func() error { return writeSession(m, y) })
	})
}

func writeSession(m *Main, y *scheduler.SessionExplained) error {
	var b strings.Builder
	who := []string{fmt.Sprintf("%s of %d places", count(len(y.People), "booking"), y.Places)}
	if len(y.Supervisors) > 0 {
		who = append(who, "supervised by "+strings.Join(asText(y.Supervisors), " and "))
	}
	if len(y.Minibuses) > 0 {
		who = append(who, "brought by "+strings.Join(asText(y.Minibuses), " and "))
	}
	paragraph(&b, "", fmt.Sprintf("%s on %s at %s: %s.", y.Session.Project, day(y.Session.Date), y.Session.Start, strings.Join(who, ", ")))
	if len(y.People) > 0 {
		paragraph(&b, "  ", strings.Join(asText(y.People), " "))
	}
	for _, s := range scheduler.ReachText(y.Reach) {
		paragraph(&b, "", s)
	}
	for _, p := range y.Prices {
		if p.Cost > 0 {
			paragraph(&b, "", fmt.Sprintf("%s costs %s.", p.Rule, scheduler.OnTime(p.Cost)))
		} else {
			paragraph(&b, "", fmt.Sprintf("%s gains %s.", p.Rule, scheduler.OnTime(p.Cost)))
		}
	}
	for _, k := range y.Cases {
		paragraph(&b, "", fmt.Sprintf("Must fix, %s: %s", k.Rule, k.Sentence))
	}
	_, err := fmt.Fprint(m.Stdout, b.String())
	return err
}
