package scheduler

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/go-co-op/gocron/v2"

	"github.com/communitypayback/payback/model"
)

// Cron does by the clock what nobody asks for: the nights when they are due, and the runs that nobody carries out any more. Any number
// of processes may have one on the same record: the timers only say when to look, and the ledger says what there is to do. Its fields
// are set before Start.
type Cron struct {
	Office *Service
	Inbox  Inbox                          // what may have come in for a region; nil: nothing
	Every  time.Duration                  // between two looks at what was missed or left; 0: a minute
	Failed func(region string, err error) // told of what went wrong; nil: nobody is
	Done   func(region string, n *Night)  // told of nights that are over; nil: nobody is

	cron   gocron.Scheduler
	nights sync.Mutex // one region after another
	night  func(ctx context.Context, region string, date model.Date) error
}

// betweenLooks is how long a night that was missed, or a run that was left behind, waits to be found.
const betweenLooks = time.Minute

// Start looks at once for what is due, which makes up for a night that was missed, and then at the policy's time of every day and now
// and then. The context ends what is under way.
func (c *Cron) Start(ctx context.Context) error {
	place, err := time.LoadLocation(c.Office.Policy.Zone)
	if err != nil {
		return model.Errorf(model.CodeInvalid, "found time zone %q; expected the name of an IANA time zone such as Europe/London; correct it in the policy profile", c.Office.Policy.Zone)
	}
	if c.cron, err = gocron.NewScheduler(gocron.WithLocation(place), gocron.WithStopTimeout(searchEnd)); err != nil {
		return fmt.Errorf("start the timers: %w", err)
	}
	every := c.Every
	if every <= 0 {
		every = betweenLooks
	}
	at := c.Office.tonight().At
	now := []gocron.JobOption{gocron.WithStartAt(gocron.WithStartImmediately())}
	for _, job := range []struct {
		name    string
		when    gocron.JobDefinition
		task    func(context.Context)
		options []gocron.JobOption
	}{
		{"nights", gocron.DailyJob(1, gocron.NewAtTimes(gocron.NewAtTime(uint(at/60), uint(at%60), 0))), c.lookForNights, nil},
		{"nights that were missed", gocron.DurationJob(every), c.lookForNights, now},
		{"runs that were left behind", gocron.DurationJob(every), c.lookForRuns, now},
	} {
		job.options = append(job.options, gocron.WithName(job.name), gocron.WithSingletonMode(gocron.LimitModeReschedule), gocron.WithContext(ctx))
		if _, err := c.cron.NewJob(job.when, gocron.NewTask(job.task), job.options...); err != nil {
			return errors.Join(fmt.Errorf("set the timer for %s: %w", job.name, err), c.cron.Shutdown())
		}
	}
	c.cron.Start()
	return nil
}

// searchEnd is how long a search that is stopped may take to keep its best.
const searchEnd = 30 * time.Second

// Close ends the timers and waits for what is under way, which the context given to Start ends.
func (c *Cron) Close() error {
	if c.cron == nil {
		return nil
	}
	return c.cron.Shutdown()
}

// Look does what is due in every region that has facts, one after another: what goes wrong in one is told and costs the others nothing.
func (c *Cron) Look(ctx context.Context) {
	c.lookForRuns(ctx)
	c.lookForNights(ctx)
}

func (c *Cron) lookForRuns(ctx context.Context) { c.everywhere(ctx, c.takeUp) }

func (c *Cron) lookForNights(ctx context.Context) {
	if !c.nights.TryLock() {
		return // whoever is at it looks at every region
	}
	defer c.nights.Unlock()
	c.everywhere(ctx, c.due)
}

// everywhere does something of each region.
func (c *Cron) everywhere(ctx context.Context, do func(context.Context, string) error) {
	regions, err := c.Office.Record.Regions(ctx)
	if err != nil {
		if ctx.Err() == nil {
			c.fail("", err)
		}
		return
	}
	for _, region := range regions {
		c.each(ctx, region, do)
	}
}

// each does something of one region.
func (c *Cron) each(ctx context.Context, region string, do func(context.Context, string) error) {
	defer func() {
		if p := recover(); p != nil {
			c.fail(region, &panicError{p})
		}
	}()
	if ctx.Err() != nil {
		return
	}
	if err := do(ctx, region); err != nil && ctx.Err() == nil {
		c.fail(region, err)
	}
}

func (c *Cron) fail(region string, err error) {
	if c.Failed != nil {
		c.Failed(region, err)
	}
}

func (c *Cron) takeUp(ctx context.Context, region string) error {
	_, err := Worker{c.Office}.TakeUp(ctx, region)
	return err
}

// due does the night of a region that is due, if that has not been done.
func (c *Cron) due(ctx context.Context, region string) error {
	date, err := c.Office.nightDue(ctx, region)
	if date == 0 || err != nil {
		return err
	}
	if c.night != nil {
		return c.night(ctx, region, date)
	}
	who := model.Principal{Name: nightName, Roles: []model.Role{model.RosterManager}, Regions: []string{region}}
	n, err := c.Office.RunNight(ctx, who, region, NightRequest{Date: date, Inbox: c.Inbox})
	switch {
	case lostTo(err):
		return nil // another process has it
	case err == nil && c.Done != nil:
		c.Done(region, &n)
	}
	return err
}

// nightDue gives the date whose night is due in a region and not over; zero: there is none. Of nights that were missed only the last
// is due, and none that fell before the region had facts.
func (s *Service) nightDue(ctx context.Context, region string) (model.Date, error) {
	date, at, err := s.lastDue()
	if err != nil || date == 0 {
		return 0, err
	}
	var due model.Date
	err = s.Record.View(ctx, region, func(r Reader) error {
		due = date // the record may be looked at anew
		x, err := lastRun(r, nightly+date.String())
		switch {
		case err != nil:
			return err
		case x.Version > 0:
			if x.State.Over() || !s.ledger().free(&x) {
				due = 0
			}
			return nil
		}
		n, err := r.Last(KindFacts, "")
		if n == 0 || err != nil {
			due = 0
			return err
		}
		var first DataVersion
		if err := readEntry(r, KindFacts, "", 1, &first); err != nil {
			return err
		}
		if model.Instant(first.At.Unix()/60) >= at {
			due = 0
		}
		return nil
	})
	return due, err
}

// lastDue gives the date of the last night that was due by now, and when it was; zero: the policy has none.
func (s *Service) lastDue() (model.Date, model.Instant, error) {
	now := model.Instant(s.now().Unix() / 60)
	around := model.Date(now / (24 * 60))
	c, err := NewCalendar(s.Policy.Zone, around, around)
	if err != nil {
		return 0, 0, err
	}
	for d, _ := c.Local(now); d >= around-2; d-- {
		policy := s.Policy.NightOn(d.String())
		if at := c.Instant(d, model.Clock(policy.At)); policy.On != 0 && at <= now {
			return d, at, nil
		}
	}
	return 0, 0, nil
}
