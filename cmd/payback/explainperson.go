package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/communitypayback/payback/api"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// explainPerson says why somebody's week is as it is.
type explainPerson struct {
	CRN string `arg:"" help:"The person, such as X123456."`
	askFlags
}

// Run explains.
func (c *explainPerson) Run(ctx context.Context, m *Main) error {
	crn, err := readCRN(c.CRN)
	if err != nil {
		return err
	}
	return c.ask(ctx, m, "", func(x *asked) error {
		p, err := x.Person(crn)
		if err != nil {
			return err
		}
		var refused *model.Error
		if p.Forecast, err = x.forecast(crn); err != nil && !(errors.As(err, &refused) && refused.Code == model.CodeForbidden) {
			return err
		}
		return writeMessage(m, api.PersonMessage(p, x.Explained), func() error { return x.writePerson(m, p) })
	})
}

func (x *asked) writePerson(m *Main, p *scheduler.PersonExplained) error {
	var b strings.Builder
	paragraph(&b, "", fmt.Sprintf("%s has %s in week %v and needs at least %s.", p.CRN, hours(int64(p.Placed)), x.Snapshot.Week, hours(int64(p.Needed))))
	for i := range p.Appointments {
		a := &p.Appointments[i]
		_, from := x.Snapshot.Calendar.Local(a.Appointment.Span.Start)
		_, to := x.Snapshot.Calendar.Local(a.Appointment.Span.End)
		fmt.Fprintf(&b, "\n%s on %s, %s-%s\n", a.Appointment.Session.Project, day(a.Appointment.Session.Date), from, to)
		if a.Here == nil {
			paragraph(&b, "  ", "The facts do not have this session, or this person, any more; nothing can be said of it.")
		} else {
			for _, s := range scheduler.HereText(a.Here) {
				paragraph(&b, "  ", s)
			}
		}
		for _, k := range a.Cases {
			paragraph(&b, "  ", fmt.Sprintf("Must fix, %s: %s", k.Rule, k.Sentence))
		}
	}
	if p.NotPlaced != nil {
		fmt.Fprintln(&b, "\nWhy no more")
		if _, err := fmt.Fprint(m.Stdout, b.String()); err != nil {
			return err
		}
		b.Reset()
		if err := writeAnswer(m, x.Snapshot.Week, p.NotPlaced, "  "); err != nil {
			return err
		}
	}
	if p.Forecast != nil {
		writeForecast(&b, p.Forecast)
	}
	_, err := fmt.Fprint(m.Stdout, b.String())
	return err
}

// writeForecast tells when somebody is likely to finish, and what is due.
func writeForecast(b *strings.Builder, f *scheduler.Forecast) {
	fmt.Fprintf(b, "\nForecast as of %s, for staff only\n", f.AsOf)
	paragraph(b, "  ", f.Answer)
	if f.Assumes != "" {
		paragraph(b, "  ", f.Assumes)
	}
	if f.NeededMinutes > 0 {
		paragraph(b, "  ", fmt.Sprintf("Needed: %s worked a week, which takes %s booked.", hours(int64(f.NeededMinutes)), hours(int64(f.NeededBooked))))
	}
	for _, d := range append(f.Clocks, f.Reviews...) {
		line := fmt.Sprintf("%s by %s: %s", strings.ReplaceAll(string(d.Kind), "_", " "), d.By, d.State)
		if d.Done != 0 {
			line += " on " + d.Done.String()
		}
		if d.Late {
			line += ", late"
		}
		paragraph(b, "  ", line+".")
	}
}
