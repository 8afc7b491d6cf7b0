package scheduler

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/communitypayback/payback/model"
)

// NightRequest asks for the night of a date. Without rounds or time the night takes the region's share
// of the time that the policy gives to all.
type NightRequest struct {
	Date   model.Date // of the region; zero: the day that it is there
	Again  bool       // one more, although the date has had its own
	Rounds int
	Time   time.Duration
	Inbox  Inbox // what may have come in; nil: nothing
}

// nightName is whom the audit shows for what a night does by itself, whoever asked for it: so an attempt that goes on where another
// one died asks for the same.
const nightName = "nightly run"

// night is one night under way.
type night struct {
	s      *Service
	who    model.Principal
	region string
	q      NightRequest
	held   *tenure
	time   nightTime // how long it takes, where nobody has said that
	report Night
}

// RunNight does the night of a region: it takes in what came, marks what that breaks of the rosters in force, works the forecasts out
// anew, plans the weeks of the horizon one after another, and publishes what the policy lets it. A date has one night, whatever the
// number of processes that want it: the others get a [model.Error] with CodeConflict, and one that was begun too often is set aside.
// A night that fails changes nothing that is published; its report says why. It needs a roster manager or a planner.
func (s *Service) RunNight(ctx context.Context, who model.Principal, region string, q NightRequest) (Night, error) {
	n, name, err := s.beginNight(ctx, who, region, q)
	switch {
	case err != nil:
		return Night{}, err
	case n == nil:
		return s.dropNight(ctx, region, nightly+name)
	}
	return n.carry(ctx, name, who.Name)
}

// beginNight takes the night of a date, and gives it with its name. A nil night was begun too often and is to be set aside.
func (s *Service) beginNight(ctx context.Context, who model.Principal, region string, q NightRequest) (*night, string, error) {
	if err := may(who, region, planners); err != nil {
		return nil, "", err
	}
	if s.Runs == nil {
		return nil, "", model.Errorf(model.CodeUnavailable, "This process makes no plans; ask another one.")
	}
	if err := s.Record.View(ctx, region, func(r Reader) error { // a region without facts has no nights
		_, _, err := s.currentFacts(r)
		return err
	}); err != nil {
		return nil, "", err
	}
	today, err := s.today()
	if err != nil {
		return nil, "", err
	}
	if q.Rounds != 0 || q.Time != 0 {
		if err := (&RunRequest{Rounds: q.Rounds, Time: q.Time}).valid(); err != nil {
			return nil, "", err
		}
	}
	if q.Date == 0 {
		q.Date = today
	}
	if q.Date > today {
		return nil, "", model.Errorf(model.CodeUsage, "found the night of %v; expected one that has come: it is %v there", q.Date, today)
	}
	name, err := s.nightOf(ctx, region, q)
	if err != nil {
		return nil, "", err
	}
	work := Work{Policy: s.Policy.Name, Seed: uint64(q.Date), Rounds: q.Rounds, Limit: q.Time}
	x, err := s.ledger().Begin(ctx, region, Run{Name: nightly + name, Who: who.Name, Work: work})
	if errors.Is(err, ErrSpent) {
		return nil, name, nil
	}
	if err != nil {
		return nil, "", err
	}
	return &night{s: s, region: region, q: q, held: s.newTenure(region, x),
		who: model.Principal{Name: nightName, Roles: model.Roles(), Regions: []string{region}}}, name, nil
}

// nightOf gives the name that the next night of a date has.
func (s *Service) nightOf(ctx context.Context, region string, q NightRequest) (string, error) {
	name := q.Date.String()
	if !q.Again {
		return name, nil
	}
	err := s.Record.View(ctx, region, func(r Reader) error {
		name = q.Date.String() // the record may be looked at anew
		for i := 2; ; i++ {
			x, err := lastRun(r, nightly+name)
			if err != nil || !x.State.Over() || x.Version == 0 {
				return err // one that goes on, or died, comes first
			}
			name = fmt.Sprintf("%v+%d", q.Date, i)
		}
	})
	return name, err
}

// today gives the date that it is in the region.
func (s *Service) today() (model.Date, error) {
	d := model.Date(s.instant() / (24 * 60))
	c, err := NewCalendar(s.Policy.Zone, d, d)
	if err != nil {
		return 0, err
	}
	today, _ := c.Local(s.instant())
	return today, nil
}

// carry does the steps, and records how the night ended.
func (n *night) carry(ctx context.Context, name, asked string) (Night, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	n.held.keep(ctx, cancel)
	defer n.held.letGo()
	unread := whileAway(ctx, func() error { return n.open(ctx, name, asked) })
	failed := unread
	if unread == nil {
		failed = whileAway(ctx, func() error { return n.share(ctx) })
	}
	if failed == nil {
		failed = n.steps(ctx)
	}
	ending := ctx.Err() != nil // the process is about to end, which is not the night's fault
	patience := endTime
	if ending {
		patience = searchEnd
	}
	quiet, stop := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer stop()
	switch {
	case failed == nil:
		return n.report, patiently(quiet, func() error { return n.end(quiet) })
	case lostTo(failed):
		return n.report, failed
	case unread != nil: // its report is not known, so it is left as it is
		return n.report, errors.Join(failed, patiently(quiet, func() error {
			return n.held.save(quiet, func(x *Run) { x.State, x.Worker, x.Attempts = RunQueued, "", x.Attempts-1 })
		}))
	default:
		return n.report, errors.Join(failed, patiently(quiet, func() error { return n.release(quiet, failed, ending) }))
	}
}

// open takes the report up where an earlier attempt left it.
func (n *night) open(ctx context.Context, name, asked string) error {
	x := n.held.seen()
	return n.s.Record.View(ctx, n.region, func(r Reader) error {
		if (x.Night != model.Digest{}) {
			if err := kept(r, x.Night, &n.report); err != nil {
				return err
			}
		}
		n.report.Name, n.report.Date, n.report.State, n.report.Attempts, n.report.Failure = name, n.q.Date, x.State, x.Attempts, ""
		if n.report.Who == "" {
			n.report.Who, n.report.Began = asked, n.s.now()
		}
		before, err := n.s.nightBefore(r, x.Name)
		n.report.Before = before.Facts
		return err
	})
}

// steps does what a night does, and keeps the report after each step. A panic costs the attempt alone.
func (n *night) steps(ctx context.Context) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &panicError{p}
		}
	}()
	for _, step := range []func(context.Context) error{n.takeIn, n.mark, n.foretell, n.plan} {
		if err := n.step(ctx, step); err != nil {
			return err
		}
	}
	return nil
}

// step does one step and keeps the report. One that meets a record that is away is done again, as if another worker had taken the night
// over there.
func (n *night) step(ctx context.Context, do func(context.Context) error) error {
	return whileAway(ctx, func() error {
		if err := do(ctx); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		return n.note(ctx)
	})
}

// whileAway does something, and does it again for a while if the record is away then.
func whileAway(ctx context.Context, do func() error) error {
	err := do()
	if !isAway(err) {
		return err
	}
	patience, stop := context.WithTimeout(ctx, endTime)
	defer stop()
	return patiently(patience, do)
}

// note keeps the report as it stands.
func (n *night) note(ctx context.Context) error {
	return n.held.see(n.held.ledger.Save(ctx, n.region, n.held.seen(), func(w Writer, now Run) (Run, error) {
		var err error
		now.Night, err = keep(w, n.report)
		return now, err
	}))
}

// end records that the night is over, with the audit and for whoever is told.
func (n *night) end(ctx context.Context) error {
	state, failure := RunMade, ""
	for i := range n.report.Weeks {
		switch w := &n.report.Weeks[i]; {
		case w.Draft == "" || w.Failure != "":
			failure = fmt.Sprintf("week %v has no new plan: %s", w.Week, w.Failure)
		case w.Published > 0:
			state = RunPublished
		}
	}
	if failure != "" {
		state = RunFailed
	}
	return n.close(ctx, state, failure)
}

// close writes the last state of a night.
func (n *night) close(ctx context.Context, state RunState, failure string) error {
	n.report.State, n.report.Failure, n.report.Ended = state, failure, n.s.now()
	return n.held.see(n.held.ledger.Save(ctx, n.region, n.held.seen(), func(w Writer, now Run) (Run, error) {
		return n.s.closing(w, now, &n.report, n.who)
	}))
}

// closing gives the last state of a night's run, and tells of it.
func (s *Service) closing(w Writer, now Run, report *Night, who model.Principal) (Run, error) {
	var err error
	now.State, now.Failure = report.State, report.Failure
	if report.State == RunAside {
		if now.Bundle, err = keep(w, Bundle{Run: now.Name, Attempts: now.Attempts, Errors: now.Errors}); err != nil {
			return now, err
		}
	}
	if now.Night, err = keep(w, report); err != nil {
		return now, err
	}
	return now, s.tell(w, who, report.Headline(), deed{action: "night", subject: report.Name, version: now.Version + 1, content: now.Night})
}

// release gives a night up that did not come to its end. It is tried again, unless that was the last attempt; one that was cut short
// because its process ends does not count.
func (n *night) release(ctx context.Context, failed error, ending bool) error {
	if !ending && n.held.seen().Attempts >= n.held.ledger.attempts() {
		if err := n.held.save(ctx, func(x *Run) { x.Errors = append(x.Errors, blame(failed)) }); err != nil {
			return err
		}
		return n.close(ctx, RunAside, failure(failed))
	}
	n.report.State, n.report.Failure = RunQueued, failure(failed)
	if ending {
		n.report.Failure = ""
	}
	return n.held.see(n.held.ledger.Save(ctx, n.region, n.held.seen(), func(w Writer, x Run) (Run, error) {
		var err error
		x.State, x.Worker, x.Failure = RunQueued, "", n.report.Failure
		if ending {
			x.Attempts--
		} else {
			x.Errors = append(x.Errors, blame(failed))
		}
		x.Night, err = keep(w, n.report)
		return x, err
	}))
}

// dropNight sets a night aside that died with its workers as often as it may.
func (s *Service) dropNight(ctx context.Context, region, name string) (Night, error) {
	var report Night
	_, err := s.ledger().SetAside(ctx, region, name, func(w Writer, now Run) (Run, error) {
		var err error
		if report, err = reportOf(w, now); err != nil {
			return now, err
		}
		if now.State == RunRunning {
			now.Errors = append(slices.Clone(now.Errors), notHeardOf)
		}
		report.State, report.Failure, report.Ended = RunAside, "it died as often as it was begun", s.now()
		return s.closing(w, now, &report, model.Principal{Name: nightName})
	})
	return report, err
}
