package feed

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/scheduler"
)

// Router answers how long journeys take.
type Router interface {
	// Knows reports whether it can be asked for a mode.
	Knows(geo.Mode) bool
	// Table gives the way from each origin to each destination, as many rows and columns as these, or an error for all.
	Table(ctx context.Context, m geo.Mode, from, to []geo.Point) ([][]Way, error)
}

// TravelOptions say how a service is asked.
type TravelOptions struct {
	Batch    int                   // origins, and destinations, of one question; 0: 100
	Today    model.Date            // the day on which it is asked
	Since    model.Date            // answers of an earlier day are asked for again
	Progress func(done, total int) // questions; may be nil
}

// batch is what services take unless they were told otherwise.
const batch = 100

// patience is how many questions in a row may fail before no more are asked.
const patience = 3

// TravelReport counts what became of journeys. Estimated is the sum of those that stay estimates, for whichever reason.
type TravelReport struct {
	Journeys  int // that were wanted
	Answered  int // by the service or the cache: there is a leg
	Cached    int // of these, by the cache
	Questions int // put to the service
	Near      int // ends less than about a hundred metres apart: nothing to ask
	NoMode    int // of a mode for which no service was named
	NoWay     int // for which the service has no answer
	Failed    int // for which it gave none
	Findings  []scheduler.Finding
}

// Estimated counts the journeys that stay estimates.
func (r *TravelReport) Estimated() int { return r.Journeys - r.Answered }

// Travel finds out how long journeys take, from the cache where it knows and otherwise from the service, and gives the legs
// that were answered. What is not answered stays an estimate and is told in findings. The error is of the context alone; legs
// that were found before are given all the same. The cache has what is new, and is not saved.
func Travel(ctx context.Context, r Router, c *Cache, wanted []Journey, o TravelOptions) ([]geo.Leg, TravelReport, error) {
	t := &travel{router: r, cache: c, o: o, open: map[geo.Mode]map[cell][]cell{}}
	if t.o.Batch <= 0 {
		t.o.Batch = batch
	}
	cached := map[asked]bool{} // looked up only
	for _, j := range wanted {
		q := asked{j.Mode, cellOf(j.From.At), cellOf(j.To.At)}
		if _, ok := c.find(q, o.Since); ok {
			cached[q] = true
		} else if r.Knows(j.Mode) && q.from != q.to {
			t.want(q)
		}
	}
	err := t.askAll(ctx)
	var legs []geo.Leg
	report := TravelReport{Journeys: len(wanted), Questions: t.asked}
	for _, j := range wanted {
		q := asked{j.Mode, cellOf(j.From.At), cellOf(j.To.At)}
		way, ok := c.find(q, o.Since)
		switch {
		case ok && way.Known:
			report.Answered++
			if cached[q] {
				report.Cached++
			}
			legs = append(legs, geo.Leg{From: j.From.Code, To: j.To.Code, Mode: j.Mode, Minutes: way.Minutes, Metres: way.Metres})
		case ok:
			report.NoWay++
		case !r.Knows(j.Mode):
			report.NoMode++
		case q.from == q.to:
			report.Near++
		default:
			report.Failed++
		}
	}
	report.Findings = t.findings(&report)
	return geo.NewMatrix(legs).Legs, report, err
}

// travel is the state of one call.
type travel struct {
	router Router
	cache  *Cache
	o      TravelOptions
	open   map[geo.Mode]map[cell][]cell // by origin: destinations to ask for; ranged over in order of their keys
	asked  int
	fault  error // the last of the service's
	failed int   // questions in a row
}

func (t *travel) want(q asked) {
	if t.open[q.mode] == nil {
		t.open[q.mode] = map[cell][]cell{}
	}
	t.open[q.mode][q.from] = append(t.open[q.mode][q.from], q.to)
}

// question is one table that is asked for.
type question struct {
	mode     geo.Mode
	from, to []cell
}

// questions cuts what is open into tables: origins that lie near one another together, with all that any of them wants.
func (t *travel) questions() []question {
	var out []question
	for m := range geo.Modes {
		var origins []cell
		for c := range t.open[m] {
			origins = append(origins, c)
		}
		slices.SortFunc(origins, cell.compare)
		for from := range slices.Chunk(origins, t.o.Batch) {
			var to []cell
			for _, c := range from {
				to = append(to, t.open[m][c]...)
			}
			slices.SortFunc(to, cell.compare)
			for part := range slices.Chunk(slices.Compact(to), t.o.Batch) {
				out = append(out, question{m, from, part})
			}
		}
	}
	return out
}

func (t *travel) askAll(ctx context.Context) error {
	all := t.questions()
	for i, q := range all {
		if t.failed >= patience {
			return nil
		}
		if t.o.Progress != nil {
			t.o.Progress(i, len(all))
		}
		t.asked++
		ways, err := t.router.Table(ctx, q.mode, points(q.from), points(q.to))
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			t.fault, t.failed = err, t.failed+1
			continue
		}
		t.failed = 0
		t.take(q, ways)
	}
	return nil
}

// take keeps the answers that were asked for; a table holds others besides.
func (t *travel) take(q question, ways [][]Way) {
	for i, from := range q.from {
		for _, to := range t.open[q.mode][from] {
			if j, ok := slices.BinarySearchFunc(q.to, to, cell.compare); ok {
				t.cache.keep(asked{q.mode, from, to}, ways[i][j], t.o.Today)
			}
		}
	}
}

func points(cells []cell) []geo.Point {
	var out []geo.Point
	for _, c := range cells {
		out = append(out, c.point())
	}
	return out
}

// findings tells what stays an estimate, and why.
func (t *travel) findings(r *TravelReport) []scheduler.Finding {
	var out []scheduler.Finding
	say := func(subject, format string, args ...any) {
		out = append(out, scheduler.Finding{Kind: scheduler.FindingEstimated, Subject: subject, Text: fmt.Sprintf(format, args...)})
	}
	if r.Failed > 0 {
		why := "Ask again later"
		if e, ok := errors.AsType[*model.Error](t.fault); ok {
			why = e.Message + "; ask again later"
		}
		say("service", "Of the journeys %d stay estimates, because the routing service failed: %s.", r.Failed, why)
	}
	if r.NoWay > 0 {
		say("no way", "Of the journeys %d stay estimates, because the routing service knows no way between their ends.", r.NoWay)
	}
	if r.NoMode > 0 {
		say("mode", "Of the journeys %d stay estimates, because no routing service was named for their mode of travel.", r.NoMode)
	}
	return out
}
