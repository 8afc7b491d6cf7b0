package play

import (
	"context"
	"errors"
	"fmt"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// Way is a way of planning. It is told of a week what a snapshot tells, and nothing of what will happen.
type Way interface {
	// Plan gives the roster of a compiled week.
	Plan(ctx context.Context, p *solver.Problem) (*model.Roster, error)
}

// Options say how a region is played.
type Options struct {
	Nightly bool // plan again each evening what people were told, as far as it is not frozen
	// OnRoster is told of every roster before it counts; nil: nobody is.
	OnRoster func(sn *model.Snapshot, r *model.Roster)
	// Fares notes how women and men fare; nil: nothing does.
	Fares *Fares
	// OnWeek is told after each planned week, with the people on the register; nil: nobody is.
	OnWeek func(week model.Week, people int)
}

// The hours at which a week is planned, and planned again.
const (
	noon    = 12
	evening = 18
)

// Play plays a region forward and tells what became of everybody. A week whose roster breaks a rule is an error; of a plan that is
// made again and breaks one, what people were told stays.
func Play(ctx context.Context, s Spec, w Way, o Options) (*Measures, error) {
	r, err := newRegion(s)
	if err != nil {
		return nil, err
	}
	r.fares = o.Fares
	g := &game{region: r, log: newLog(), way: w, Options: o}
	monday := s.Week.Monday()
	end := monday + model.Date(7*s.Weeks)
	const thursday = 4 // days before the week
	for day := monday - thursday; day < end; day++ {
		if (day-monday+thursday)%7 == 0 && day+thursday < end {
			if err := g.plan(ctx, model.WeekOf(day+thursday), day); err != nil {
				return nil, err
			}
		}
		r.happen(day, g.Measures)
		if o.Nightly {
			if err := g.again(ctx, day); err != nil {
				return nil, err
			}
		}
		if t := r.of(model.WeekOf(day)); t != nil && day == t.roster.Week.Monday()+6 {
			g.count(t)
		}
	}
	g.end(r.facts, end)
	return g.Measures, nil
}

// game is a region being played.
type game struct {
	*region
	*log
	Options
	way Way
}

// plan makes the roster of a week on a day before it, and tells people.
func (g *game) plan(ctx context.Context, week model.Week, day model.Date) error {
	g.pass(week)
	g.dropFinished(week.Monday() - 7)
	g.join(week.Monday() - 7)
	p, roster, err := g.ask(ctx, week, day, noon)
	if err != nil {
		return err
	}
	g.told = append(g.told, &told{roster: roster, snapshot: p.Snapshot, first: p})
	if g.OnWeek != nil {
		g.OnWeek(week, len(p.Snapshot.People))
	}
	return nil
}

// count counts a week that is over, by what people were told last: whoever got a place in the course of it has not waited.
func (g *game) count(t *told) {
	reach := newReach(t.first)
	sn := t.first.Snapshot
	g.week(sn, t.roster, func(i int) bool { return reach.anybody(solver.ActorIx(i), g.waits[sn.People[i].CRN]) })
	g.fares.planned(sn, t.roster, reach)
}

// pass makes history of what people were told of weeks that are over when a week is planned.
func (g *game) pass(week model.Week) {
	for len(g.told) > 0 && g.told[0].roster.Week.Monday() < week.Monday()-7 {
		for _, a := range g.told[0].roster.Appointments {
			if a.Outcome != "" {
				g.facts.History = append(g.facts.History, a)
			}
		}
		g.told = g.told[1:]
	}
}

// again plans on the evening of a day what people were told of the weeks that are not over.
func (g *game) again(ctx context.Context, day model.Date) error {
	for _, t := range g.told {
		week := t.roster.Week
		if week.Monday()+6 <= day+1 {
			continue
		}
		p, roster, err := g.ask(ctx, week, day, evening)
		if errors.Is(err, errBreaks) {
			g.Refused++ // as the program does, which then leaves what people were told in force
			continue
		}
		if err != nil {
			return err
		}
		g.Changed += changed(t.roster, roster)
		t.roster, t.snapshot = roster, p.Snapshot
	}
	return nil
}

// ask has a roster made and judged by the words.
func (g *game) ask(ctx context.Context, week model.Week, day model.Date, hour int) (*solver.Problem, *model.Roster, error) {
	sn, err := g.freeze(week, day, hour)
	if err != nil {
		return nil, nil, fmt.Errorf("week %v: %w", week, err)
	}
	p, err := solver.Compile(sn, constraints.All)
	if err != nil {
		return nil, nil, fmt.Errorf("week %v: %w", week, err)
	}
	roster, err := g.way.Plan(ctx, p)
	if err != nil {
		return nil, nil, fmt.Errorf("week %v: %w", week, err)
	}
	if err := judge(sn, roster); err != nil {
		return nil, nil, fmt.Errorf("week %v: %w", week, err)
	}
	if g.OnRoster != nil {
		g.OnRoster(sn, roster)
	}
	return p, roster, nil
}

// errBreaks is in the error about a roster that breaks rules which what is frozen does not break alone.
var errBreaks = errors.New("a roster that breaks rules that must hold")

// judge has the words look at a roster: it may break no rule but as far as what is frozen does alone.
func judge(sn *model.Snapshot, roster *model.Roster) error {
	all := solver.Check(sn, roster, constraints.All)
	broken := solver.Total(all, constraints.All).Hard()
	if broken == 0 {
		return nil
	}
	if broken -= solver.Total(solver.Check(sn, scheduler.FixedPart(sn), constraints.All), constraints.All).Hard(); broken <= 0 {
		return nil
	}
	for i := range all {
		if c := rule(all[i].Constraint); c.Level == solver.Hard {
			return fmt.Errorf("found %w: %d cases, such as: %s", errBreaks, broken, c.Explain(sn, all[i]))
		}
	}
	return nil
}

func rule(id string) *solver.Constraint {
	for _, c := range constraints.All {
		if c.ID == id {
			return c
		}
	}
	return &solver.Constraint{}
}
