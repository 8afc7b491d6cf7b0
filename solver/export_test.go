package solver_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// draws makes up constraints. What a kernel's functions answer is drawn in advance, because they must be pure.
type draws struct {
	*rand.Rand
	*solver.Builder
}

// from draws a number from low to high, both included.
func (d draws) from(low, high int) int32 { return int32(low + d.IntN(high-low+1)) }

func (d draws) actors() int {
	return d.NumActors(solver.People) + d.NumActors(solver.Supervisors) + d.NumActors(solver.Minibuses)
}

// byActor draws a number for every actor.
func (d draws) byActor(low, high int) func(solver.ActorIx) int32 {
	list := make([]int32, d.actors())
	for i := range list {
		list[i] = d.from(low, high)
	}
	return func(a solver.ActorIx) int32 { return list[a] }
}

// chance draws a yes or no for every two numbers, in whichever order they are asked.
func (d draws) chance(permille int) func(x, y int32) bool {
	seed := d.Uint64()
	return func(x, y int32) bool {
		return rand.New(rand.NewPCG(seed, uint64(x)<<32|uint64(y))).IntN(1000) < permille
	}
}

// grid draws a table with a shape and a condition.
func (d draws) grid(shape solver.Shape, when solver.When) solver.Grid {
	g := solver.Grid{Shape: shape, When: when}
	switch d.IntN(3) {
	case 0: // a row an actor
		g.Rows, g.Row = d.actors(), func(a solver.ActorIx) int32 { return int32(a) }
	case 1: // some actors in one row
		g.Row = d.byActor(-1, 0)
	}
	switch d.IntN(3) {
	case 0:
		keep := d.chance(800)
		g.Cols, g.Col = d.NumSessions(), d.EachSession(func(t solver.SessionIx) bool { return keep(int32(t), 0) })
	case 1: // sessions count in two columns of a few
		g.Cols = 4
		list := make([][]int32, d.NumSessions())
		for i := range list {
			list[i] = [][]int32{{0, 1}, {1, 3}, {2}, nil}[d.IntN(4)]
		}
		g.Col = func(t solver.SessionIx) []int32 { return list[t] }
	}
	if d.IntN(3) > 0 {
		g.Weight = d.byActor(-2*d.IntN(2), 3)
	}
	if d.IntN(2) == 0 {
		g.Length = func(t solver.SessionIx) int32 { return int32(t)%2 + 1 }
	}
	if when != solver.Always {
		g.Guard = d.byActor(-d.IntN(2), 1)
	}
	if d.IntN(3) == 0 {
		g.Pair = d.pair()
	}
	low, high := -1, 4
	switch shape {
	case solver.Hole:
		low, high = 0, 5
	case solver.Open:
		low, high = -9000, 50_000
	case solver.Missing:
		return g
	case solver.Curve:
		g.Worth = d.worth()
		g.Length = func(t solver.SessionIx) int32 { return 240 + 60*(int32(t)%4) }
		return g
	}
	limits := make([]int32, max(1, g.Rows)*max(1, g.Cols))
	for i := range limits {
		limits[i] = d.from(low, high)
	}
	cols := int32(max(1, g.Cols))
	g.Limit = func(row, col int32) int32 { return limits[row*cols+col] }
	return g
}

// lone draws who should not come alone, and where.
func (d draws) lone(limit int32) solver.Lone {
	yes, some := d.chance(800), d.byActor(0, 5)
	return solver.Lone{Session: func(t solver.SessionIx) bool { return yes(int32(t), 0) }, Person: func(a solver.ActorIx) bool { return some(a) > 0 },
		Price: int64(d.from(1, 90_000)), Limit: limit}
}

// wet draws which groups move when it rains, who takes them in, and who may not be there together.
func (d draws) wet() {
	alone, unsuited, held := d.chance(200), d.chance(100), d.chance(100)
	takes, reasons, counts := d.byActor(1, 2), d.byActor(-6, 3), d.byActor(0, 1)
	room := []int32{d.from(0, 2), d.from(0, 4), d.from(2, 6)}
	one := int32(d.IntN(2))
	d.Wet(solver.Wet{
		Exposed: func(t solver.SessionIx) bool { return d.ProjectIx(t) <= one },
		Hosts:   func(solver.SessionIx) []int32 { return []int32{2, 1}[:2-one] },
		Held: func(t solver.SessionIx) int32 {
			if held(int32(t), 0) {
				return 2
			}
			return -1
		},
		Alone: func(t solver.SessionIx, host int32) bool { return alone(int32(t), host) },
		Room:  func(host int32) int32 { return room[host] },
		Takes: takes,
		Most:  func(t solver.SessionIx, supervisors int32) int32 { return min(3+int32(t)%2, 2*supervisors) },
	})
	d.ForbidHost(func(a solver.ActorIx, t solver.SessionIx, host int32) bool {
		return unsuited(int32(a), int32(t)<<2|host)
	})
	shun := func(a solver.ActorIx) uint8 { return uint8(max(0, reasons(a))) }
	d.Shun(shun, shun)
	d.Company(2, func(a solver.ActorIx) bool { return counts(a) > 0 }, func(t solver.SessionIx) bool { return t%3 > 0 })
	if d.IntN(2) == 0 {
		d.Apart([][2]solver.ActorIx{{0, 1}, {1, 2}}, func(_, _ solver.SessionIx) bool { return false })
	}
}

func (d draws) pair() func(solver.ActorIx, int32) bool {
	yes := d.chance(600)
	return func(a solver.ActorIx, k int32) bool { return yes(int32(a), k) }
}

// worth draws curves: falling ones as the policy has them, and any.
func (d draws) worth() func(int32) model.Worth {
	steepening, seed := d.IntN(2) == 0, d.Uint64()
	return func(row int32) model.Worth {
		r := draws{rand.New(rand.NewPCG(seed, uint64(row))), nil}
		w := model.Worth{First: int64(r.from(900, 2000)), Pace: int64(r.from(300, 800)), Beyond: int64(r.from(0, 200)), Day: 420,
			Needed: r.from(0, 1600), Cap: 420 * r.from(-1, 4)}
		if steepening {
			w.First, w.Beyond = w.Beyond, w.First
		}
		return w
	}
}

// kernel is one thing that a constraint can declare.
type kernel struct {
	name    string
	declare func(d draws)
	free    bool // never broken, only priced
}

func exported() []kernel {
	list := []kernel{
		{name: "forbidden pairs", declare: func(d draws) {
			yes := d.chance(80)
			d.Forbid(solver.ActorKind(d.IntN(3)), func(a solver.ActorIx, t solver.SessionIx) bool { return yes(int32(a), int32(t)) })
		}},
		{name: "forbidden projects", declare: func(d draws) {
			d.ForbidProject(func(p *model.Person, at *model.Project) bool { return p.CRN[6]%3 == at.Code[1]%3 })
		}},
		{name: "required pairs, one of them forbidden too", declare: func(d draws) {
			a, t := solver.ActorIx(d.IntN(3)), solver.SessionIx(0)
			d.Require(a, t)
			if d.IntN(2) == 0 {
				d.Forbid(solver.People, func(b solver.ActorIx, u solver.SessionIx) bool { return a == b && t == u })
			}
		}},
		{name: "prices of pairs", free: true, declare: func(d draws) {
			list := d.byActor(-5000, 5000)
			d.Cost(solver.ActorKind(d.IntN(3)), func(a solver.ActorIx, t solver.SessionIx) int64 { return int64(list(a)) * int64(t) })
		}},
		{name: "a baseline", free: true, declare: func(d draws) { d.Baseline(solver.Score{1, int64(d.from(-900, 900))}) }},
		{name: "clashes", declare: func(d draws) {
			class, yes := d.byActor(0, 1), d.chance(400)
			d.Clash(solver.ActorKind(d.IntN(3)), 2, func(a solver.ActorIx) int { return int(class(a)) },
				func(class int, t, u solver.SessionIx) bool { return yes(int32(t)<<1|int32(class), int32(u)) })
		}},
		{name: "people kept apart", declare: func(d draws) {
			yes := d.chance(300)
			d.Apart([][2]solver.ActorIx{{0, 1}, {1, 2}, {0, 3}}, func(t, u solver.SessionIx) bool { return yes(int32(t), int32(u)) })
		}},
		{name: "minutes of all but the last session", declare: func(d draws) {
			list := d.byActor(-1, 4)
			d.Prefix(func(a solver.ActorIx) int32 { return list(a) * 210 })
		}},
		{name: "minutes that fit in part", declare: func(d draws) {
			list := d.byActor(0, 3)
			d.Partial(func(a solver.ActorIx, t solver.SessionIx) int32 { return list(a)*180 - 60*(int32(t)%2) })
		}},
		{name: "a budget of people", declare: func(d draws) {
			yes, anyway := d.chance(300), d.byActor(-3, 1)
			d.Budget(d.IntN(4), d.IntN(2), func(a solver.ActorIx) (told []solver.SessionIx) {
				for t := range solver.SessionIx(d.NumSessions()) {
					if yes(int32(a), int32(t)) {
						told = append(told, t)
					}
				}
				return told
			}, func(a solver.ActorIx) bool { return anyway(a) > 0 })
		}},
		{name: "people who may come alone, at a price", free: true, declare: func(d draws) { d.Lone(d.lone(1000)) }},
		{name: "people who may come alone, within a limit", declare: func(d draws) { d.Lone(d.lone(450)) }},
		{name: wetName, declare: draws.wet},
		{name: "a share of the minutes", declare: func(d draws) {
			list, yes := d.byActor(-1, 5), d.chance(600)
			d.Share(func(t solver.SessionIx) bool { return yes(int32(t), 0) }, func(a solver.ActorIx) int32 { return list(a) * 200 })
		}},
	}
	for shape, word := range []string{"units over", "anything beyond", "holes", "nothing at all", "opening", "curves"} {
		for when, condition := range []string{"always", "with a guard", "without a guard"} {
			list = append(list, kernel{name: word + ", " + condition, free: solver.Shape(shape) >= solver.Open,
				declare: func(d draws) { d.Count(d.grid(solver.Shape(shape), solver.When(when))) }})
			if solver.Shape(shape) < solver.Open {
				list = append(list, kernel{name: word + " for a price, " + condition, free: true, declare: func(d draws) {
					g := d.grid(solver.Shape(shape), solver.When(when))
					g.Price = int64(d.from(1, 9000) * (1 - 2*d.from(0, 1)))
					d.Count(g)
				}})
			}
		}
	}
	return list
}

// drawn compiles a small week under some kernels, and reads back what it exports.
func drawn(t require.TestingT, seed uint64, kernels ...kernel) (*solver.Problem, *linear) {
	rng := rand.New(rand.NewPCG(seed, 11))
	var list []*solver.Constraint
	for i, k := range kernels {
		list = append(list, toy(fmt.Sprintf("e%d-%d", i, rng.IntN(10)), func(b *solver.Builder) { k.declare(draws{rng, b}) }))
	}
	sn := toyWeek(seed, 4, 1+rng.IntN(2))
	for i := range sn.People {
		q := &sn.People[i].Requirements[0]
		// Little remains, so that last sessions end early; often just what whole sessions use up.
		q.Completed = q.Required - []int32{60 * rng.Int32N(30), 420 * rng.Int32N(3)}[rng.IntN(2)]
	}
	p, err := solver.CompileEstimated(sn, list)
	require.NoError(t, err)
	var text strings.Builder
	require.NoError(t, p.WriteLP(&text))
	return p, readLP(t, text.String())
}

// fixedBy gives the columns of all pairs as they are in a state.
func fixedBy(s *solver.State) map[string]float64 {
	fixed := map[string]float64{}
	for a := range solver.ActorIx(s.NumActors(solver.People) + s.NumActors(solver.Supervisors) + s.NumActors(solver.Minibuses)) {
		for x := range solver.SessionIx(s.NumSessions()) {
			fixed[fmt.Sprintf("x%d_%d", a, x)] = 0
			if s.Has(a, x) {
				fixed[fmt.Sprintf("x%d_%d", a, x)] = 1
			}
		}
	}
	return fixed
}

// agree holds a state against the program: the same is legal, and costs the same.
func agree(t require.TestingT, s *solver.State, program *linear) (legal bool) {
	s.Settle()
	legal = s.Score().Hard() == s.Unavoidable()
	cost, found := program.best(fixedBy(s))
	require.Equal(t, legal, found, "the state is broken %d times, %d of them whatever it does; does the program have a solution?", s.Score().Hard(), s.Unavoidable())
	if legal {
		require.InDelta(t, float64(-s.Score().Value()), cost, 0.01)
	}
	return legal
}

func TestEveryKernelIsExportedAsItIsPriced(t *testing.T) {
	t.Parallel()
	for _, k := range exported() {
		t.Run(k.name, func(t *testing.T) {
			t.Parallel()
			legal, broken := 0, 0
			costs := map[int64]bool{}
			for seed := range uint64(25) {
				p, program := drawn(t, seed, k)
				s, rng := p.NewState(), rand.New(rand.NewPCG(seed, 12))
				for range 25 {
					if agree(t, s, program) {
						legal++
						costs[s.Score().Value()] = true
					} else {
						broken++
					}
					for range 1 + rng.IntN(3) {
						flip(s, rng)
					}
				}
			}
			require.NotZero(t, legal, "no legal assignment was tried")
			if k.free {
				require.Zero(t, broken)
				require.Greater(t, len(costs), 1, "the price never changed")
			} else {
				require.NotZero(t, broken, "no broken assignment was tried")
			}
		})
	}
}

func TestEveryWeekOfAPersonWhoseLastSessionEndsEarlyIsExported(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("one goroutine, and slow under the race detector")
	}
	late, early := 0, 0 // sessions that fit in part: the legal last of several, and others before the last
	for seed := range uint64(60) {
		var fits []int32
		p, program := drawn(t, seed, kernel{declare: func(d draws) {
			for range d.NumSessions() {
				fits = append(fits, d.from(0, 7)*60)
			}
			d.Partial(func(_ solver.ActorIx, t solver.SessionIx) int32 { return fits[t] })
		}})
		for bits := range 1 << p.NumSessions() {
			s := p.NewState()
			for x := range p.NumSessions() {
				if bits>>x&1 != 0 {
					s.Join(0, solver.SessionIx(x))
				}
			}
			legal := agree(t, s, program)
			own := s.SessionsOf(0)
			for i, x := range own {
				if fits[x] > 0 && fits[x] < 420 && i > 0 {
					if legal {
						late++
					} else if i < len(own)-1 {
						early++
					}
				}
			}
		}
	}
	require.NotZero(t, late)
	require.NotZero(t, early)
}

func TestEveryWeekOfAPersonWithAShareIsExported(t *testing.T) {
	t.Parallel()
	early, broken := 0, 0 // weeks that keep the share only because the last session ends early, and weeks that do not
	for seed := range uint64(60) {
		var (
			limit  int32
			counts []bool
		)
		p, program := drawn(t, seed, kernel{declare: func(d draws) {
			limit = d.from(0, 20) * 60
			for range d.NumSessions() {
				counts = append(counts, d.IntN(2) == 0)
			}
			d.Share(func(t solver.SessionIx) bool { return counts[t] }, func(solver.ActorIx) int32 { return limit })
		}})
		for bits := range 1 << p.NumSessions() {
			s, booked := p.NewState(), int32(0)
			for x := range p.NumSessions() {
				if bits>>x&1 != 0 {
					s.Join(0, solver.SessionIx(x))
					if counts[x] {
						booked += 420
					}
				}
			}
			switch legal := agree(t, s, program); {
			case !legal:
				broken++
			case booked > limit:
				early++
			}
		}
	}
	require.NotZero(t, early)
	require.NotZero(t, broken)
}

// A required pair that is forbidden, in a group that moves when it rains, is not yet exported as it is priced: docs/divergence.md.
const (
	wetName    = "groups that move when it rains"
	requiredAt = 2
)

// A column with no weight in a sum once made the sum's indicator true.
func TestAGroupWithoutSupervisorTakesNoPlacesInTheProgram(t *testing.T) {
	t.Parallel()
	all := exported()
	i := slices.IndexFunc(all, func(k kernel) bool { return k.name == "clashes" })
	p, program := drawn(t, 12, all[i], all[slices.IndexFunc(all, isWet)])
	s, rng := p.NewState(), rand.New(rand.NewPCG(12, 13))
	for range 8 {
		agree(t, s, program)
		flip(s, rng)
	}
}

func isWet(k kernel) bool { return k.name == wetName }

func TestKernelsTogetherAreExportedAsTheyArePriced(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		seed := rapid.Uint64Range(1, 1<<32).Draw(rt, "seed")
		all := exported()
		var some []kernel
		used := map[int]bool{} // some kernels can be declared only once
		for _, i := range rapid.SliceOfN(rapid.IntRange(0, len(all)-1), 2, 5).Draw(rt, "kernels") {
			if !used[i] && !(all[i].name == wetName && used[requiredAt]) && !(i == requiredAt && slices.ContainsFunc(some, isWet)) {
				used[i] = true
				some = append(some, all[i])
			}
		}
		p, program := drawn(rt, seed, some...)
		s, rng := p.NewState(), rand.New(rand.NewPCG(seed, 13))
		for range 8 {
			agree(rt, s, program)
			flip(s, rng)
		}
	})
}

func TestTheCheapestSolutionIsTheCheapestRoster(t *testing.T) {
	t.Parallel()
	groups := toy("groups", func(b *solver.Builder) {
		col := b.EachSession(func(solver.SessionIx) bool { return true })
		b.Count(solver.Grid{Cols: b.NumSessions(), Col: col, Weight: only(b, solver.People), Shape: solver.Hole, Limit: func(int32, int32) int32 { return 2 }})
		b.Count(solver.Grid{Cols: b.NumSessions(), Col: col, Weight: only(b, solver.People), Shape: solver.Open, Limit: func(int32, int32) int32 { return 400_000 }})
	})
	p, err := solver.CompileEstimated(toyWeek(5, 3, 1), append(toys()[:2], groups))
	require.NoError(t, err)
	var text strings.Builder
	require.NoError(t, p.WriteLP(&text))
	program := readLP(t, text.String())

	// Every assignment of three people to three sessions; nothing rewards or needs anybody else.
	best := int64(math.MaxInt64)
	for bits := range 1 << 9 {
		s := p.NewState()
		for i := range 9 {
			if bits>>i&1 != 0 {
				s.Join(solver.ActorIx(i/3), solver.SessionIx(i%3))
			}
		}
		if s.Score().Hard() == 0 {
			best = min(best, -s.Score().Value())
		}
	}
	others := map[string]float64{}
	for name := range program.index {
		var a, x int
		if n, _ := fmt.Sscanf(name, "x%d_%d", &a, &x); n == 2 && a >= 3 {
			others[name] = 0
		}
	}
	cost, found := program.best(others)
	require.True(t, found)
	require.Negative(t, best, "the cheapest roster is not the empty one")
	require.InDelta(t, float64(best), cost, 0.01)
}

func TestExportRefusesExactTrips(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	require.ErrorContains(t, compileToy(t, 1, 6, 1).WriteLP(&text), "compile it with estimated trips")
	require.Empty(t, text.String())
}

func TestExportNamesNobody(t *testing.T) {
	t.Parallel()
	p, err := solver.CompileEstimated(toyWeek(1, 6, 2), toys())
	require.NoError(t, err)
	var text strings.Builder
	require.NoError(t, p.WriteLP(&text))
	for i := range p.Snapshot.People {
		require.NotContains(t, text.String(), string(p.Snapshot.People[i].CRN))
	}
	for i := range p.Snapshot.Minibuses {
		require.NotContains(t, text.String(), string(p.Snapshot.Minibuses[i].Registration))
	}
}
