package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// The questions, in the order in which they are told.
const (
	opening     = "a published week, ready to be asked about"
	bestPlaces  = "best sessions for somebody"
	whyNot      = "why somebody has no place"
	changed     = "a week in which something went wrong, ready to be repaired"
	firstOption = "repair: first option"
	allOptions  = "repair: all options"
)

// limits are the milliseconds within which questions are to be answered, where that is settled: of a hundred answers 99, and every repair.
var limits = []struct {
	question string
	limit    float64
}{{opening, 0}, {bestPlaces, 50}, {whyNot, 0}, {changed, 0}, {firstOption, 1000}, {allOptions, 5000}}

// questionsAVisit is how many of each kind are asked about one region before the next.
const questionsAVisit = 10

// asker asks about the published weeks of a record, and notes how long answers take.
type asker struct {
	s    *scheduler.Service
	seed uint64
	rng  *rand.Rand
	took map[string][]time.Duration // by question; looked up only
}

// ask asks until the stream that it was told its order on ends, and then tells how long answers took.
func ask(ctx context.Context, in io.Reader, out io.Writer) error {
	from := json.NewDecoder(in)
	var o order
	if err := from.Decode(&o); err != nil {
		return err
	}
	store, err := openRecord(ctx, o.Where)
	if err != nil {
		return err
	}
	s, err := openOffice(store, o.Minutes, clock(o.Ahead), 1, true)
	if err != nil {
		return errors.Join(err, store.Close())
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go func() {
		var more json.RawMessage
		_ = from.Decode(&more) // nothing follows
		stop()
	}()
	a := &asker{s: s, seed: o.Seed, rng: rand.New(rand.NewPCG(o.Seed, 3)), took: map[string][]time.Duration{}} //nolint:gosec // a benchmark repeats its draws
	regions, err := s.Regions(ctx, everybody())
	for i := 0; err == nil && ctx.Err() == nil; i++ {
		err = a.visit(ctx, regions[i%len(regions)])
	}
	if ctx.Err() != nil {
		err = nil // the night is over
	}
	if err := errors.Join(err, store.Close()); err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(a.told())
}

// note keeps how long an answer took, if it was not cut short.
func (a *asker) note(ctx context.Context, question string, began time.Time) {
	if ctx.Err() == nil {
		a.took[question] = append(a.took[question], time.Since(began))
	}
}

// visit asks some questions about one region and has something go wrong there.
func (a *asker) visit(ctx context.Context, region string) error {
	ref := scheduler.RosterRef{Week: firstWeek}
	began := time.Now()
	x, err := a.s.Explained(ctx, everybody(), region, ref)
	if e, ok := errors.AsType[*model.Error](err); ok && e.Code == model.CodeNotFound {
		return nil // its first night had no plan, which the report says
	}
	if err != nil {
		return err
	}
	a.note(ctx, opening, began)
	out := x.Unplaced()
	for range questionsAVisit {
		who := x.Snapshot.People[a.rng.IntN(len(x.Snapshot.People))].CRN
		began = time.Now()
		if _, err := x.Recommend(scheduler.RecommendRequest{Kind: scheduler.BestSessions, CRN: who, Want: 5}); err != nil {
			return err
		}
		a.note(ctx, bestPlaces, began)
		if len(out) == 0 || ctx.Err() != nil {
			continue
		}
		began = time.Now()
		if _, err := x.WhyNot(out[a.rng.IntN(len(out))].CRN); err != nil {
			return err
		}
		a.note(ctx, whyNot, began)
	}
	return a.repair(ctx, region)
}

// repair has something go wrong in a region's published week, as [scheduler.RepairWeek] repairs it, with the first option told apart.
func (a *asker) repair(ctx context.Context, region string) error {
	began := time.Now()
	sn, _, err := a.s.Snapshot(ctx, everybody(), region, firstWeek)
	if err != nil {
		return err
	}
	h, ok := a.happening(sn.Published)
	if !ok {
		return nil
	}
	edits, err := h.Edits(sn)
	if err != nil {
		return err
	}
	now, err := sn.With(edits...)
	if err != nil {
		return err
	}
	p, err := solver.Compile(now, constraints.All)
	if err != nil {
		return err
	}
	a.note(ctx, changed, began)
	began = time.Now()
	first := false
	_, err = p.Repair(ctx, solver.RepairOptions{Seed: a.seed, Budget: -1, OnOption: func(solver.Repaired) {
		if !first {
			first = true
			a.note(ctx, firstOption, began)
		}
	}})
	if err != nil {
		return err
	}
	a.note(ctx, allOptions, began)
	return nil
}

// happening draws something that goes wrong; false: the roster has nothing to go wrong.
func (a *asker) happening(r *model.Roster) (scheduler.Happening, bool) {
	if r == nil || len(r.Duties) == 0 {
		return scheduler.Happening{}, false
	}
	d := r.Duties[a.rng.IntN(len(r.Duties))]
	all := []scheduler.Happening{
		{Kind: scheduler.SupervisorOff, Supervisor: d.Supervisor, From: d.Session.Date},
		{Kind: scheduler.ProjectClosed, Project: d.Session.Project, From: d.Session.Date},
		{Kind: scheduler.ItRains, From: d.Session.Date},
		{Kind: scheduler.Overbooked, Session: d.Session},
	}
	if len(r.Trips) > 0 {
		t := r.Trips[a.rng.IntN(len(r.Trips))]
		all = append(all, scheduler.Happening{Kind: scheduler.MinibusOff, Minibus: t.Minibus, From: t.Session.Date})
	}
	return all[a.rng.IntN(len(all))], true
}

// told gives how long answers took, by question.
func (a *asker) told() []answer {
	var out []answer
	for _, l := range limits {
		all := a.took[l.question]
		if len(all) == 0 {
			continue
		}
		slices.Sort(all)
		at := func(permille int) float64 {
			return float64(all[min(len(all)*permille/1000, len(all)-1)].Microseconds()) / 1000
		}
		out = append(out, answer{Question: l.question, Limit: l.limit, Times: len(all), Middle: at(500), Most: at(990), Longest: at(1000)})
	}
	return out
}
