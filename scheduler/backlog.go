package scheduler

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/communitypayback/payback/model"
)

// Band says how likely somebody finishes by their target date.
type Band string

// The bands. Everybody with an order to work is in one.
const (
	BandOnTrack  Band = "on_track"
	BandAtRisk   Band = "at_risk"
	BandUnlikely Band = "unlikely" // or no finish can be foretold
	BandPast     Band = "past"     // the target date has gone by
	BandIdle     Band = "idle"     // not active, so that nothing can be worked
)

// Bands lists them, the best first.
func Bands() []Band { return []Band{BandOnTrack, BandAtRisk, BandUnlikely, BandPast, BandIdle} }

// BandCounts counts people by band, in the order of [Bands].
type BandCounts [5]int

// Of gives how many are in a band.
func (c *BandCounts) Of(b Band) int { return c[slices.Index(Bands(), b)] }

// Backlog is how the orders of a region stand on a day. It is shown to staff and enters no plan.
type Backlog struct {
	Region      string
	AsOf        model.Date
	LeftMinutes int64 // of everybody
	Counts      BandCounts
	AtHardEnd   int // people with minutes left who are unlikely to finish by the hard end of their order
	Months      []BacklogMonth
	People      []BacklogPerson // whoever has minutes left, the earliest target first
	Due         []DuePerson     // everything with a day that is not done, the earliest day first
}

// BacklogMonth counts the people whose target date lies in a month.
type BacklogMonth struct {
	First  model.Date // of the month
	Counts BandCounts
}

// BacklogPerson is how one person's order stands.
type BacklogPerson struct {
	*Forecast
	Team         model.TeamCode
	Band         Band
	WeeksWaiting int32 // since a place was last offered, before the snapshot's week
}

// DuePerson is something due of one person.
type DuePerson struct {
	Due
	CRN   model.CRN
	Event int32
	Team  model.TeamCode
	Why   string // a sentence; empty: the kind says it all
}

// Backlog tells how the orders of a region stand, as the record and the clock do. What it gives is only read. It needs any role.
func (s *Service) Backlog(ctx context.Context, who model.Principal, region string) (*Backlog, error) {
	if err := may(who, region, readers); err != nil {
		return nil, err
	}
	var out *Backlog
	err := s.Record.View(ctx, region, func(r Reader) error {
		key, err := s.stand(r, region, RosterVersion{})
		if err != nil {
			return err
		}
		out, err = look(&s.backlogs, keptBacklogs, key, func() (*Backlog, error) {
			f, _, err := s.currentFacts(r)
			if err != nil {
				return nil, err
			}
			told, sn, err := s.freezeTold(r, f, s.thisWeek())
			if err != nil {
				return nil, err
			}
			return BacklogOf(sn, told)
		})
		return err
	})
	return out, err
}

// keptBacklogs is how many backlogs are kept, each of one minute: nobody who looks again, or at the same time as others, waits for the
// forecasts of everybody.
const keptBacklogs = 4

// BacklogOf tells how the orders of a region stand, from a snapshot and the facts it was frozen from. Where the policy shows
// no forecasts it is a [model.Error] with CodeForbidden.
func BacklogOf(sn *model.Snapshot, f *model.Facts) (*Backlog, error) {
	if err := mayForetell(sn); err != nil {
		return nil, err
	}
	t := newForeteller(sn, f)
	all := t.everybody()
	b := &Backlog{Region: sn.Region, AsOf: t.today}
	for i := range all {
		p, x := &sn.People[i], all[i]
		if x == nil {
			continue
		}
		q := foretold(p)
		row := BacklogPerson{Forecast: x, Team: p.Team, Band: bandOf(sn, x), WeeksWaiting: p.WeeksWaiting}
		if x.State != ForecastComplete {
			b.count(&row, sn.Policy.UnlikelyPermille)
			b.People = append(b.People, row)
		}
		b.Due = append(b.Due, t.due(p, q, &row)...)
	}
	slices.SortStableFunc(b.People, func(a, b BacklogPerson) int {
		return cmp.Or(cmp.Compare(a.Target, b.Target), cmp.Compare(a.CRN, b.CRN))
	})
	slices.SortStableFunc(b.Due, func(a, b DuePerson) int { return cmp.Or(compareDue(a.Due, b.Due), cmp.Compare(a.CRN, b.CRN)) })
	slices.SortFunc(b.Months, func(a, b BacklogMonth) int { return cmp.Compare(a.First, b.First) })
	return b, nil
}

// everybody forecasts each person, in the order of the snapshot; nil: they have no requirement. It uses all cores, and its
// answers do not depend on how many there are.
func (t *foreteller) everybody() []*Forecast {
	out := make([]*Forecast, len(t.People))
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), max(1, len(out)/alone)) {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(out); i = int(next.Add(1)) - 1 {
				if p := &t.People[i]; len(p.Requirements) > 0 {
					out[i] = t.person(p)
				}
			}
		})
	}
	all.Wait()
	return out
}

// alone is how many people one core forecasts before another is worth starting.
const alone = 16

// bandOf tells the band of somebody with minutes left.
func bandOf(sn *model.Snapshot, x *Forecast) Band {
	switch {
	case x.State == ForecastSuspended:
		return BandIdle
	case x.PastTarget || x.State == ForecastEnded:
		return BandPast
	case x.ByTarget >= sn.Policy.OnTrackPermille:
		return BandOnTrack
	case x.ByTarget >= sn.Policy.UnlikelyPermille:
		return BandAtRisk
	case x.ByTarget == chanceUnknown && x.Target == 0:
		return BandOnTrack // no date to miss
	default:
		return BandUnlikely
	}
}

// count adds a person. Unlikely is the chance below which a finish is unlikely.
func (b *Backlog) count(x *BacklogPerson, unlikely int32) {
	at := slices.Index(Bands(), x.Band)
	b.LeftMinutes += int64(x.Left)
	b.Counts[at]++
	if x.ByHardEnd != chanceUnknown && x.ByHardEnd < unlikely {
		b.AtHardEnd++
	}
	if x.Target == 0 {
		return
	}
	year, month, _ := x.Target.Civil()
	first := model.NewDate(year, month, 1)
	i := slices.IndexFunc(b.Months, func(m BacklogMonth) bool { return m.First == first })
	if i < 0 {
		i = len(b.Months)
		b.Months = append(b.Months, BacklogMonth{First: first})
	}
	b.Months[i].Counts[at]++
}

// due gives what is due of one person and not done.
func (t *foreteller) due(p *model.Person, q *model.Requirement, x *BacklogPerson) (out []DuePerson) {
	all := slices.Concat(x.Clocks, x.Reviews, t.clocks.enforcement(p, q))
	if d, ok := t.clocks.extension(q, x.Forecast, x.Band); ok {
		all = append(all, d)
	}
	for _, d := range all {
		if d.State == DueNow || d.State == DueOverdue || d.State == DueLater {
			out = append(out, DuePerson{Due: d, CRN: p.CRN, Event: q.Event, Team: p.Team, Why: t.why(d, q, x)})
		}
	}
	return out
}
