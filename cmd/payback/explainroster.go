package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/communitypayback/payback/api"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// explainRoster says what a roster is worth and why it is worth no more.
type explainRoster struct {
	Ref string `arg:"" optional:"" name:"plan" help:"A plan of the record, latest, or published=3. Left out: what is published."`
	askFlags
}

// Run explains.
func (c *explainRoster) Run(ctx context.Context, m *Main) error {
	switch {
	case c.Ref != "" && c.Plan != "" && c.Ref != c.Plan:
		return model.Errorf(model.CodeUsage, "found the plans %q and %q; expected one.", c.Ref, c.Plan)
	case c.Ref != "":
		c.Plan = c.Ref
	}
	return c.ask(ctx, m, "", func(x *asked) error {
		y := x.Whole(x.region.profile)
		return writeMessage(m, api.WholeMessage(y, x.Explained), func() error { return x.writeWhole(m, y) })
	})
}

func (x *asked) writeWhole(m *Main, y *scheduler.RosterExplained) error {
	var b strings.Builder
	s := &y.Summary
	paragraph(&b, "", fmt.Sprintf("Week %v: %d of %d people placed, %s hours offered, %s expected; worth %s points, which are minutes of on-time work.",
		x.Snapshot.Week, s.People, s.Workable, wholeHours(s.Offered), wholeHours(s.Expected), points(s.Value)))
	fmt.Fprintln(&b, "\nWhat each price took, or gave where it is negative, in points:")
	for _, p := range y.Prices {
		fmt.Fprintf(&b, "\n  %s – %s: %s in %s\n", p.Rule, p.Title, points(p.Cost), count(p.Cases, "case"))
		for _, v := range p.Values {
			paragraph(&b, "    ", fmt.Sprintf("%s = %s %s. %s", v.ID, thousands(v.Value), v.Unit, v.Text))
		}
	}
	if len(y.Scarce) > 0 {
		fmt.Fprintln(&b, "\nWho has less than they need, by what is scarce for them:")
		for _, t := range y.Scarce {
			fmt.Fprintf(&b, "%8s  %s\n", thousands(t.People), t.What)
		}
	}
	if y.Lacking != nil && y.Lacking.Without > 0 {
		fmt.Fprintln(&b)
		tellLacking(&b, "", scheduler.LackingText(y.Lacking))
	}
	fmt.Fprintf(&b, "\n%s must-fix, %s waived.\n", thousands(len(y.MustFix)), thousands(len(y.Waived)))
	if _, err := fmt.Fprint(m.Stdout, b.String()); err != nil {
		return err
	}
	return writeCases(m, caseLines(y.MustFix))
}
