package solver_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// toyWeek makes a small week by hand: three projects (two by minibus, one by own means) on so many days, stops between the
// town and the sites, and people around the town.
func toyWeek(seed uint64, people, days int) *model.Snapshot {
	var (
		rng    = rand.New(rand.NewPCG(seed, 7))
		week   = model.Week{Year: 2026, Number: 49}
		monday = week.Monday()
		sn     = &model.Snapshot{Region: "Toy", Week: week, Calendar: model.Calendar{Offsets: []model.Offset{{From: -1 << 30}}}, Travel: &geo.Matrix{}}
		near   = func(km float64) geo.Point {
			return geo.Point{Latitude: 52 + (rng.Float64()-.5)*km/111, Longitude: -1.5 + (rng.Float64()-.5)*km/68}
		}
		always = []model.Span{{Start: model.Instant(monday-2) * 1440, End: model.Instant(monday+10) * 1440}}
	)
	profile, err := policy.Load(policy.Default)
	if err != nil {
		panic(err)
	}
	sn.Policy = profile.On(monday.String())
	sn.Teams = []model.Team{{Code: "T1", Name: "One", Area: "A", Region: "Toy", WeatherArea: "W"}}
	for i := range 3 {
		p := model.Project{Code: model.ProjectCode(fmt.Sprintf("P%d", i)), Kind: model.Group, Team: "T1", Site: near(20), Places: 5, Ceiling: model.HighRisk}
		if i == 2 {
			p.Transport = model.ByThemselves
		}
		sn.Projects = append(sn.Projects, p)
	}
	for d := range days {
		for i := range 3 {
			date := monday + model.Date(d)
			key := model.SessionKey{Project: sn.Projects[i].Code, Date: date, Start: 540}
			sn.Sessions = append(sn.Sessions, model.Session{Key: key, End: 960, Span: sn.Calendar.Span(date, 540, 960), Area: "A"})
		}
	}
	for i := range 4 {
		sn.Stops = append(sn.Stops, model.Stop{Code: model.StopCode(fmt.Sprintf("S%d", i)), At: near(12)})
		sn.Supervisors = append(sn.Supervisors, model.Supervisor{Code: model.SupervisorCode(fmt.Sprintf("K%d", i)), Team: "T1",
			Licence: model.Licence(1 + i%2), WeekMinutes: 2220, Home: near(10), Available: always})
	}
	for i := range 2 {
		sn.Minibuses = append(sn.Minibuses, model.Minibus{Registration: model.Registration(fmt.Sprintf("B%d", i)), Team: "T1", Seats: int32(8 + 4*i), Depot: near(10)})
	}
	for i := range people {
		sn.People = append(sn.People, model.Person{CRN: model.CRN(fmt.Sprintf("X%06d", i)), Team: "T1", Sex: model.Male, Home: near(10), Mode: geo.Mode(i % 3),
			Attendance: 600, Free: always, Requirements: []model.Requirement{{Event: 1, Status: model.Active, Required: 6000, Completed: int32(rng.IntN(5900)),
				Sentenced: model.NewDate(2026, time.March, 1), Inducted: model.NewDate(2026, time.March, 9), Target: monday + model.Date(rng.IntN(200))}}})
	}
	return sn
}

// The toy constraints: enough of every kernel for the engine's own tests. Their words say nothing, so Check finds nothing;
// the real catalogue has tests of its own.

func toy(id string, lower func(*solver.Builder)) *solver.Constraint {
	return &solver.Constraint{ID: id, Title: id, Doc: "A constraint of the engine's own tests, which exercises its kernels.",
		Clauses: []policy.ClauseID{"places"}, Unit: "cases", Lower: lower,
		Violations: func(*model.Snapshot, *model.Roster) iter.Seq[solver.Violation] {
			return func(func(solver.Violation) bool) {}
		},
		Explain: func(*model.Snapshot, solver.Violation) string { return id }}
}

func only(b *solver.Builder, k solver.ActorKind) func(solver.ActorIx) int32 {
	return func(a solver.ActorIx) int32 {
		if b.Kind(a) == k {
			return 1
		}
		return 0
	}
}

func toys() []*solver.Constraint {
	constant := func(n int32) func(int32, int32) int32 { return func(int32, int32) int32 { return n } }
	every := func(solver.SessionIx) bool { return true }
	return []*solver.Constraint{
		toy("worth", func(b *solver.Builder) {
			b.Count(solver.Grid{Rows: b.NumActors(solver.People), Shape: solver.Curve, Length: func(t solver.SessionIx) int32 { return b.Session(t).Minutes() },
				Row: func(a solver.ActorIx) int32 {
					if b.Kind(a) == solver.People {
						return int32(a)
					}
					return -1
				},
				Worth: func(row int32) model.Worth {
					a := solver.ActorIx(row)
					return model.NewWorth(b.Snapshot.Policy, b.Person(a), b.Current(a), b.Snapshot.Week, 1680)
				}})
			b.Cost(solver.People, func(a solver.ActorIx, t solver.SessionIx) int64 {
				return 200 * int64(min(600, b.Own(a, b.ProjectIx(t))))
			})
		}),
		toy("clash", func(b *solver.Builder) {
			for _, k := range []solver.ActorKind{solver.People, solver.Supervisors, solver.Minibuses} {
				b.Clash(k, 1, func(solver.ActorIx) int { return 0 }, func(_ int, t, u solver.SessionIx) bool { return b.Session(t).Key.Date == b.Session(u).Key.Date })
			}
			b.Prefix(func(a solver.ActorIx) int32 {
				if q := b.Current(a); q != nil {
					return q.Remaining()
				}
				return -1
			})
		}),
		toy("apart", func(b *solver.Builder) {
			b.Apart([][2]solver.ActorIx{{0, 1}, {2, 3}, {1, 4}}, func(t, u solver.SessionIx) bool {
				return b.Session(t).Key.Date == b.Session(u).Key.Date && b.ProjectIx(t) == b.ProjectIx(u)
			})
		}),
		toy("staff", func(b *solver.Builder) {
			col, n := b.EachSession(every), b.NumSessions()
			b.Count(solver.Grid{Cols: n, Col: col, Weight: only(b, solver.Supervisors), Guard: only(b, solver.People), Shape: solver.Missing, When: solver.Guarded})
			b.Count(solver.Grid{Cols: n, Col: col, Weight: only(b, solver.Supervisors), Guard: only(b, solver.People), Shape: solver.Over, When: solver.Unguarded, Limit: constant(0)})
			b.Count(solver.Grid{Cols: n, Col: col, Weight: only(b, solver.People), Shape: solver.Over, Limit: constant(5)})
			b.Count(solver.Grid{Cols: n, Col: col, Weight: only(b, solver.People), Shape: solver.Hole, Limit: constant(2)})
			b.Count(solver.Grid{Cols: n, Col: col, Weight: only(b, solver.People), Shape: solver.Open, Limit: constant(50_000)})
		}),
		toy("seats", func(b *solver.Builder) {
			b.Count(solver.Grid{Cols: b.NumSessions(), Col: b.EachSession(every), Shape: solver.Over, When: solver.Guarded, Limit: constant(0),
				Weight: func(a solver.ActorIx) int32 {
					if b.Kind(a) == solver.Minibuses {
						return -(b.Minibus(a).Seats + 1)
					}
					return 1
				},
				Guard: only(b, solver.People), Pair: b.Rides})
			b.Count(solver.Grid{Cols: b.NumSessions(), Col: b.EachSession(every), Weight: only(b, solver.Minibuses), Guard: only(b, solver.People),
				Pair: b.Rides, Shape: solver.Over, When: solver.Unguarded, Limit: constant(0)})
			for part := solver.RideWithinLimit; part <= solver.ApartAtStops; part++ {
				b.Settle(part, 0)
			}
			b.Settle(solver.RideMinutes, 200)
			b.Settle(solver.DrivenKilometres, 300)
		}),
	}
}
