package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/communitypayback/payback/model/forecast"
	"github.com/communitypayback/payback/scheduler"
)

// attendanceCommand is about how likely people come.
type attendanceCommand struct {
	Report attendanceReport `cmd:"" help:"Tell how well estimates of coming come true, for everybody and by sex and age."`
}

// attendanceReport predicts the last weeks, each from the weeks before it.
type attendanceReport struct {
	Dir string `arg:"" optional:"" help:"A folder with a region's files, or a workbook (.xlsx). Left out: the record."`
	regionFlags
	recordFlags
	Weeks int `default:"6" placeholder:"6" help:"How many weeks before the week are predicted, each from those before it: 1 to 52."`
}

// Run predicts and compares.
func (c *attendanceReport) Run(ctx context.Context, m *Main) (err error) {
	var x *scheduler.AttendanceReport
	if c.Dir != "" {
		r, err := c.load(m, c.Dir, defaults{})
		if err != nil {
			return err
		}
		m.progress.step("Predicting", 0, 0)
		if x, err = scheduler.ReportAttendance(r.sn, r.facts, c.Weeks); err != nil {
			return err
		}
	} else {
		if err := c.onlyFiles(); err != nil {
			return err
		}
		d, r, err := c.openAt(ctx, m, &c.regionFlags)
		if err != nil {
			return err
		}
		defer d.closing(ctx, &err)
		if x, err = d.AttendanceReport(ctx, d.who, d.region, r.week, c.Weeks); err != nil {
			return err
		}
	}
	m.progress.stop()
	return writeOne(m, x, func(x *scheduler.AttendanceReport) error { return tellAttendance(m, x) })
}

// tellAttendance writes the report in words and tables.
func tellAttendance(m *Main, x *scheduler.AttendanceReport) error {
	c := &x.Calibration
	var b strings.Builder
	fmt.Fprintf(&b, "How well estimates of coming come true – %s, %s until %s\n\n", x.Region, x.From, x.Until)
	fmt.Fprintf(&b, "%s of %s people, each week predicted from the weeks before it.\n", plural(c.Outcomes, "outcome", "outcomes"), thousands(c.People))
	if c.Outcomes > 0 {
		fmt.Fprintf(&b, "Expected %s, came %s. Brier score %.4f (the same chance for everybody: %.4f), log loss %.4f (%.4f).\n",
			percentage(c.Said), percentage(c.Was), c.Brier, c.BaseBrier, c.LogLoss, c.BaseLogLoss)
	}
	e := &x.Effects
	fmt.Fprintf(&b, "\nNow: somebody of whom nothing is recorded comes with %.1f %%. In points, an individual placement adds %+.1f, education %+.1f, induction %+.1f,\n"+
		"a first session %+.1f, Monday %+.1f, winter %+.1f, a long way %+.1f.\n\n", float64(x.Mean)/10,
		float64(e.Individual)/10, float64(e.ETE)/10, float64(e.Induction)/10, float64(e.First)/10, float64(e.Monday)/10, float64(e.Winter)/10, float64(e.Far)/10)
	if _, err := fmt.Fprint(m.Stdout, b.String()); err != nil {
		return err
	}
	if c.Outcomes > 0 {
		if err := writeTable(m, c.Deciles, decileColumns); err != nil {
			return err
		}
		fmt.Fprintln(m.Stdout)
		if err := writeTable(m, append(append([]forecast.GroupError(nil), x.Sex...), x.Age...), groupColumns); err != nil {
			return err
		}
		fmt.Fprintln(m.Stdout)
	}
	for _, line := range wrap(x.Answer, tableWidth) {
		fmt.Fprintln(m.Stdout, line)
	}
	return nil
}

// percentage writes a share in percent.
func percentage(share float64) string { return fmt.Sprintf("%.1f %%", 100*share) }

var decileColumns = []column[forecast.Bin]{
	{name: "chance told", cell: func(b forecast.Bin) string {
		return fmt.Sprintf("%.1f to %.1f %%", float64(b.From)/10, float64(b.To)/10)
	}},
	{name: "outcomes", right: true, cell: func(b forecast.Bin) string { return thousands(b.Outcomes) }},
	{name: "expected", right: true, cell: func(b forecast.Bin) string { return percentage(b.Said) }},
	{name: "came", right: true, cell: func(b forecast.Bin) string { return percentage(b.Was) }},
	{name: "95 % interval", cell: func(b forecast.Bin) string { return fmt.Sprintf("%.1f to %.1f %%", 100*b.Low, 100*b.High) }},
}

var groupColumns = []column[forecast.GroupError]{
	{name: "group", cell: func(g forecast.GroupError) string { return g.Group }},
	{name: "people", right: true, cell: func(g forecast.GroupError) string { return thousands(g.People) }},
	{name: "outcomes", right: true, cell: func(g forecast.GroupError) string { return thousands(g.Outcomes) }},
	{name: "expected less came", right: true, cell: func(g forecast.GroupError) string { return unlessFew(g, "%+.1f points", 100*g.Error) }},
	{name: "95 % interval", cell: func(g forecast.GroupError) string { return unlessFew(g, "%+.1f to %+.1f", 100*g.Low, 100*g.High) }},
	{name: "beside all others", cell: func(g forecast.GroupError) string {
		return unlessFew(g, "%+.1f (%+.1f to %+.1f)", 100*g.Apart, 100*g.ApartLow, 100*g.ApartHigh)
	}},
	{name: "looks", cell: func(g forecast.GroupError) string {
		return map[bool]string{true: "LOOK", false: unlessFew(g, "good")}[g.Differs]
	}},
}

// unlessFew writes figures of a group that is large enough.
func unlessFew(g forecast.GroupError, format string, figures ...any) string {
	if g.Few {
		return "too few"
	}
	return fmt.Sprintf(format, figures...)
}
