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

// recommendCommand says who or what would do best in a roster.
type recommendCommand struct {
	Person     recommendPerson     `cmd:"" help:"The best sessions for a person."`
	Session    recommendSession    `cmd:"" help:"The best people for a session."`
	Supervisor recommendSupervisor `cmd:"" help:"The best supervisors for a session."`
	Minibus    recommendMinibus    `cmd:"" help:"The best minibuses for a session."`
}

// recommendFlags are what the four questions share.
type recommendFlags struct {
	askFlags
	Count int `default:"5" placeholder:"5" help:"At most so many."`
}

type recommendPerson struct {
	CRN     string `arg:"" help:"The person, such as X123456."`
	Instead string `placeholder:"CT01/2026-11-30" help:"A session of theirs that they would leave for it."`
	recommendFlags
}

// Run answers.
func (c *recommendPerson) Run(ctx context.Context, m *Main) error {
	crn, err := readCRN(c.CRN)
	if err != nil {
		return err
	}
	q := scheduler.RecommendRequest{Kind: scheduler.BestSessions, CRN: crn}
	if c.Instead != "" {
		if q.Session, err = readSession(c.Instead); err != nil {
			return err
		}
	}
	return c.answer(ctx, m, q, c.Instead)
}

type recommendSession struct {
	Session string `arg:"" help:"The session, such as CT01/2026-11-30, with /09:00 where the project has several that day."`
	recommendFlags
}

// Run answers.
func (c *recommendSession) Run(ctx context.Context, m *Main) error {
	return c.into(ctx, m, scheduler.BestPeople, c.Session, "")
}

type recommendSupervisor struct {
	Session string `arg:"" help:"The session, such as CT01/2026-11-30, with /09:00 where the project has several that day."`
	Instead string `placeholder:"CODE" help:"The supervisor who would leave it."`
	recommendFlags
}

// Run answers.
func (c *recommendSupervisor) Run(ctx context.Context, m *Main) error {
	return c.into(ctx, m, scheduler.BestSupervisors, c.Session, c.Instead)
}

type recommendMinibus struct {
	Session string `arg:"" help:"The session, such as CT01/2026-11-30, with /09:00 where the project has several that day."`
	Instead string `placeholder:"REGISTRATION" help:"The minibus that would leave it."`
	recommendFlags
}

// Run answers.
func (c *recommendMinibus) Run(ctx context.Context, m *Main) error {
	return c.into(ctx, m, scheduler.BestMinibuses, c.Session, c.Instead)
}

func (f *recommendFlags) into(ctx context.Context, m *Main, kind scheduler.RecommendKind, session, instead string) error {
	key, err := readSession(session)
	if err != nil {
		return err
	}
	return f.answer(ctx, m, scheduler.RecommendRequest{Kind: kind, Session: key, Instead: instead}, session)
}

// most is how many options can be asked for.
const mostRecommended = 100

func (f *recommendFlags) answer(ctx context.Context, m *Main, q scheduler.RecommendRequest, session string) error {
	if f.Count < 1 || f.Count > mostRecommended {
		return model.Errorf(model.CodeUsage, "--count: found %d; expected 1 to %d.", f.Count, mostRecommended)
	}
	q.Want = f.Count
	return f.ask(ctx, m, session, func(x *asked) error {
		r, err := x.Recommend(q)
		if err != nil {
			return err
		}
		return writeMessage(m, api.RecommendMessage(r, x.Explained), func() error {
			if _, err := fmt.Fprint(m.Stdout, recommendationText(r)); err != nil {
				return err
			}
			if len(r.Options) > 0 && len(r.Options[0].With) == 0 {
				m.next(editOf(&r.Options[0]) + x.again)
			}
			return nil
		})
	})
}

// editOf gives the edit of a plan that makes an option of one move true.
func editOf(o *solver.Option) string {
	name := string(o.Supervisor) + string(o.Minibus)
	switch {
	case name != "":
		return fmt.Sprintf("edit latest assign %s %v", quoted(name), o.To)
	case o.From != (model.SessionKey{}):
		return fmt.Sprintf("edit latest move %s %v %v", o.Person, o.From, o.To)
	default:
		return fmt.Sprintf("edit latest add %s %v", o.Person, o.To)
	}
}

// recommendationText tells a recommendation in lines.
func recommendationText(r *solver.Recommendation) string {
	var b strings.Builder
	for i := range r.Options {
		o := &r.Options[i]
		fmt.Fprintf(&b, "%d. %s: %s.\n", i+1, moveText(o.Move), costText(o.Change[solver.Soft]))
		if o.Opens {
			b.WriteString("   The session does not run; this makes it run.\n")
		}
		for _, w := range o.With {
			fmt.Fprintf(&b, "   With: %s.\n", moveText(w))
		}
		if len(o.Retimed) > 0 {
			fmt.Fprintf(&b, "   Another time or stop for %s.\n", joinNames(o.Retimed))
		}
		if n := len(o.Mends); n > 0 {
			fmt.Fprintf(&b, "   It mends %s.\n", count(n, "case"))
		}
	}
	if len(r.Options) == 0 {
		fmt.Fprintf(&b, "None of %s can be without breaking a rule.\n", count(r.Considered, "candidate"))
	}
	writeRefusals(&b, r)
	return b.String()
}

// writeRefusals says what stands against the others.
func writeRefusals(b *strings.Builder, r *solver.Recommendation) {
	for _, s := range r.Funnel {
		fmt.Fprintf(b, "  -%d  %s\n", s.Removed, s.Rule.ID)
	}
	for _, n := range r.Nearest {
		var rules []string
		for _, o := range n.Against {
			rules = append(rules, o.Rule.ID)
		}
		fmt.Fprintf(b, "Nearest: %s; against it: %s.\n", moveText(n.Move), strings.Join(rules, ", "))
	}
	if r.Untried > 0 {
		fmt.Fprintf(b, "Not looked at closely: %s.\n", count(r.Untried, "more candidate"))
	}
}

// moveText tells a move.
func moveText(v solver.Move) string {
	name := string(v.Person)
	switch {
	case v.Supervisor != "":
		name = "supervisor " + string(v.Supervisor)
	case v.Minibus != "":
		name = "minibus " + string(v.Minibus)
	}
	none := model.SessionKey{}
	switch {
	case v.From == none:
		return fmt.Sprintf("%s to %v", name, v.To)
	case v.To == none:
		return fmt.Sprintf("%s leaves %v", name, v.From)
	default:
		return fmt.Sprintf("%s from %v to %v", name, v.From, v.To)
	}
}

// costText tells a price of millipoints in minutes of on-time work.
func costText(millipoints int64) string {
	const minute = 1000
	if millipoints <= 0 {
		return fmt.Sprintf("worth %s minutes of on-time work", thousands(int(-millipoints/minute)))
	}
	return fmt.Sprintf("costs %s minutes of on-time work", thousands(int(millipoints/minute)))
}

func joinNames[T ~string](all []T) string {
	var out []string
	for _, x := range all {
		out = append(out, string(x))
	}
	return strings.Join(out, ", ")
}
