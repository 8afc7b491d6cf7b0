package scheduler

import (
	"context"
	"errors"
	"slices"

	"github.com/communitypayback/payback/model"
)

// Inbox gives the files that have come in for a region, in the order in which they are to be taken.
type Inbox func(ctx context.Context, region string) ([]Arrival, error)

// Arrival is one file that came in.
type Arrival struct {
	Name   string
	Digest model.Digest // of its bytes
	// Read gives the facts of the file beside those that are known, and an error that says what is wrong with it for all of it.
	Read func(known *model.Facts) (*model.Facts, error)
	// Taken puts the file where it is not found again.
	Taken func() error
}

// takeIn takes in what came. A file that cannot be taken stays where it is, named in the report, and nothing of it counts.
func (n *night) takeIn(ctx context.Context) error {
	if n.q.Inbox != nil {
		n.report.Files = slices.DeleteFunc(n.report.Files, func(f NightFile) bool { return f.Problem != "" })
		all, err := n.q.Inbox(ctx, n.region)
		if err != nil {
			n.report.Files = append(n.report.Files, NightFile{Name: "inbox", Problem: failure(err)})
		}
		for _, a := range all {
			f, err := n.takeFile(ctx, a)
			if lostTo(err) || ctx.Err() != nil {
				return errors.Join(err, ctx.Err())
			}
			if err != nil {
				f.Problem = failure(err)
			}
			n.report.Files = append(n.report.Files, f)
		}
	}
	return n.s.Record.View(ctx, n.region, func(r Reader) error {
		_, v, err := n.s.currentFacts(r)
		if err != nil {
			return err
		}
		n.report.Facts = v.Version
		n.report.Changes, err = n.s.factsSince(r, n.report.Before)
		return err
	})
}

// takeFile takes one file in. If somebody changes the facts meanwhile, it is read again beside the new ones.
func (n *night) takeFile(ctx context.Context, a Arrival) (NightFile, error) {
	f := NightFile{Name: a.Name, Digest: a.Digest}
	for {
		if _, err := n.held.checkNow(ctx); err != nil {
			return f, err
		}
		known, v, err := n.s.Facts(ctx, n.who, n.region)
		if err != nil {
			return f, err
		}
		facts, err := a.Read(known)
		if err != nil {
			return f, err
		}
		q := ImportRequest{Facts: facts, Base: v.Version}
		p, err := n.s.Preview(ctx, n.who, n.region, q)
		if err != nil {
			return f, err
		}
		if p.Touched() == 0 {
			return f, a.Taken()
		}
		c := Command{Key: n.held.seen().Name + " file " + a.Digest.String() + " " + newID(), Reason: "came in as " + a.Name}
		made, err := n.s.importFacts(ctx, n.who, n.region, q, c, func(r Reader) error { _, err := n.held.check(r); return err })
		if lostTo(err) {
			if _, lost := n.held.checkNow(ctx); lost != nil {
				return f, lost
			}
			continue // the facts have changed
		}
		if err != nil {
			return f, err
		}
		f.Version, f.Rows = made.Version, p.Touched()
		return f, a.Taken()
	}
}

// mark finds what does not hold any more of what is published from this week on.
func (n *night) mark(ctx context.Context) error {
	return n.s.Record.View(ctx, n.region, func(r Reader) error {
		n.report.Rosters = nil // the record may be looked at anew
		before, err := n.s.nightBefore(r, n.held.seen().Name)
		if err != nil {
			return err
		}
		weeks, err := n.s.publishedFrom(r, n.s.thisWeek())
		if err != nil {
			return err
		}
		for _, week := range weeks {
			_, v, err := n.s.published(r, week, 0)
			if err != nil {
				return err
			}
			sn, _, err := n.s.freeze(r, week)
			if err != nil {
				return err
			}
			j := n.s.judge(sn, sn.Published, v.Releases)
			n.report.Rosters = append(n.report.Rosters, marked(week, v.Version, sn.Published, j.Open(), &before))
		}
		return nil
	})
}

// marked tells of one week what is broken, and what of that is new.
func marked(week model.Week, version int, roster *model.Roster, broken []Case, before *Night) NightRoster {
	out := NightRoster{Week: week, Version: version, Broken: broken}
	known := map[string]bool{} // looked up only
	for i := range before.Rosters {
		for _, c := range before.Rosters[i].Broken {
			known[c.Item] = true
		}
	}
	for _, c := range broken {
		if !known[c.Item] {
			out.New++
		}
	}
	for i := range roster.Appointments {
		a := &roster.Appointments[i]
		if slices.ContainsFunc(broken, func(c Case) bool {
			return slices.Contains(c.People, a.CRN) && (len(c.Sessions) == 0 || slices.Contains(c.Sessions, a.Session))
		}) {
			out.Appointments++
		}
	}
	return out
}

// foretell works the forecasts of everybody out anew, and notes how the backlog stands.
func (n *night) foretell(ctx context.Context) error {
	x := NightForecasts{}
	err := n.s.Record.View(ctx, n.region, func(r Reader) error {
		f, _, err := n.s.currentFacts(r)
		if err != nil {
			return err
		}
		told, sn, err := n.s.freezeTold(r, f, n.s.thisWeek())
		if err != nil {
			return err
		}
		x = NightForecasts{} // the record may be looked at anew
		var weather findings
		weather.findForecasts(sn)
		for _, w := range weather.sorted() {
			x.Weather = append(x.Weather, w.Text)
		}
		if !sn.Policy.Applies("forecast") {
			return nil
		}
		teller := newForeteller(sn, told)
		for i := range sn.People {
			if len(sn.People[i].Requirements) > 0 && ctx.Err() == nil {
				x.add(teller.person(&sn.People[i]))
			}
		}
		return ctx.Err()
	})
	n.report.Forecasts = x
	if err != nil || x.People == 0 {
		return err
	}
	_, err = n.s.KeepBacklog(ctx, n.who, n.region, n.command("backlog", n.s.thisWeek(), "noted in the night"))
	return err
}

func (x *NightForecasts) add(f *Forecast) {
	switch f.State {
	case ForecastComplete, ForecastSuspended:
		return
	case ForecastRunning:
		x.Finish++
	}
	x.People++
	if f.PastTarget || f.Target != 0 && f.ByTarget < middlePermille {
		x.Late++
	}
}
