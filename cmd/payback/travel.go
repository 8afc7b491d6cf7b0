package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/scheduler/feed"
)

// travelCommand is about how long journeys take.
type travelCommand struct {
	Fetch travelFetch `cmd:"" help:"Ask a routing service how long journeys take."`
}

// travelFetch asks for the journeys that plans look at. Positions go to the services that are named, and nowhere else.
type travelFetch struct {
	feedFlags
	OSRM     string `name:"osrm" placeholder:"URL" help:"A service of the Open Source Routing Machine for cars and minibuses, as in https://routes.example. Positions of homes go there, rounded to 100 metres."`
	OSRMWalk string `name:"osrm-walk" placeholder:"URL" help:"One for ways on foot. There is none for buses: their journeys stay estimates, unless travel.csv has them."`
	Batch    int    `default:"100" placeholder:"100" help:"How many origins, and destinations, one question may have: 1 to 1,000."`
	MaxAge   int    `default:"365" placeholder:"365" help:"How many days an answer that was kept counts: 0 to 3,650."`
}

// cacheName is the file that keeps what routing services answered; a folder of a region's files does not read it.
const cacheName = ".journeys"

// fetched is the answer of travel fetch.
type fetched struct {
	Journeys  int    `json:"journeys"`
	Answered  int    `json:"answered"`
	Cached    int    `json:"from_cache"`
	Questions int    `json:"questions"`
	Estimated int    `json:"stay_estimates"`
	Into      string `json:"into"` // empty: nothing was written
}

// Run asks and writes.
func (c *travelFetch) Run(ctx context.Context, m *Main) (err error) {
	if c.OSRM == "" && c.OSRMWalk == "" {
		return model.Errorf(model.CodeUsage, "Which routing service? Give the address of one you trust with where people live, as in --osrm https://routes.example.")
	}
	if err := within("--batch", c.Batch, 1, 1000); err != nil {
		return err
	}
	if err := within("--max-age", c.MaxAge, 0, 3650); err != nil {
		return err
	}
	router, err := feed.NewOSRM(c.OSRM, c.OSRMWalk)
	if err != nil {
		return err
	}
	p, err := c.open(ctx, m)
	if err != nil {
		return err
	}
	defer func() { err = p.close(ctx, err) }()
	wanted := feed.Journeys(p.facts, p.profile, p.today)
	if c.DryRun {
		return c.tellWanted(m, wanted)
	}
	m.warnOpen(router.Open())
	cache, err := feed.OpenCache(filepath.Join(p.cache, cacheName))
	if err != nil {
		return err
	}
	legs, report, err := feed.Travel(ctx, router, cache, wanted, feed.TravelOptions{
		Batch: c.Batch, Today: p.today, Since: p.today - model.Date(c.MaxAge),
		Progress: func(done, total int) { m.progress.step(fmt.Sprintf("Asking question %d of %d", done+1, total), 0, 0) },
	})
	m.progress.stop()
	if err = errors.Join(err, cache.Save()); err != nil {
		return err
	}
	for _, f := range report.Findings {
		m.take(f.Text)
	}
	x := fetched{report.Journeys, report.Answered, report.Cached, report.Questions, report.Estimated(), ""}
	if len(legs) == 0 && report.Failed > 0 {
		return model.Errorf(model.CodeUnavailable, "Nothing was written, because no journey was answered.")
	}
	if len(legs) > 0 {
		more := &model.Facts{Legs: legs}
		if p.desk == nil { // the file is written anew
			more.Legs = geo.NewMatrix(append(append([]geo.Leg(nil), p.facts.Legs...), legs...)).Legs
		}
		if x.Into, err = p.keep(ctx, m, more, "journeys from a routing service"); err != nil {
			return err
		}
	}
	return writeOne(m, x, func(x fetched) error {
		_, err := fmt.Fprintf(m.Stdout, "%s of %s journeys answered, %s of them from the cache, by %s; %s stay estimates.\n", thousands(x.Answered),
			thousands(x.Journeys), thousands(x.Cached), count(x.Questions, "question"), thousands(x.Estimated))
		if err == nil && x.Into != "" {
			_, err = fmt.Fprintf(m.Stdout, "Written into %s.\n", x.Into)
		}
		return err
	})
}

// tellWanted tells what would be asked.
func (c *travelFetch) tellWanted(m *Main, wanted []feed.Journey) error {
	var n [geo.Modes]int
	for _, j := range wanted {
		n[j.Mode]++
	}
	return writeOne(m, fetched{Journeys: len(wanted)}, func(fetched) error {
		_, err := fmt.Fprintf(m.Stdout, "%s journeys are looked at by plans: %s by car or minibus, %s on foot and %s by bus. Nothing was asked or written.\n",
			thousands(len(wanted)), thousands(n[geo.Car]), thousands(n[geo.Walk]), thousands(n[geo.Bus]))
		return err
	})
}

// within refuses a number outside its bounds.
func within(flag string, n, low, high int) error {
	if n < low || n > high {
		return model.Errorf(model.CodeUsage, "%s: found %s; expected %s to %s.", flag, thousands(n), thousands(low), thousands(high))
	}
	return nil
}
