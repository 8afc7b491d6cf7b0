package solver

import (
	"github.com/communitypayback/payback/model"
)

// ActorIx is the dense index of an actor of one Problem: people first, then supervisors, then minibuses.
type ActorIx int32

// SessionIx is the dense index of a session of one Problem, in the order of the snapshot: by date, start, project.
type SessionIx int32

// ActorKind says which of the three contiguous ranges an actor lies in.
type ActorKind uint8

// The kinds of actor.
const (
	People ActorKind = iota
	Supervisors
	Minibuses
	kinds
)

// Builder is what a constraint's Lower writes to. Everything it is given is evaluated while compiling, so functions may be
// slow to read but must be pure; those of pairs run for many actors and sessions, on several goroutines and while states ask.
type Builder struct {
	*Problem
	current int // index of the constraint being lowered
}

// Forbid declares pairs that break the rule, once each: the words must find exactly one case for every such pair that
// joins, whatever else the roster holds.
func (b *Builder) Forbid(kind ActorKind, broken func(a ActorIx, t SessionIx) bool) {
	b.forbids = append(b.forbids, forbid{constraint: b.current, kind: kind, pair: broken})
}

// ForbidProject is Forbid for people where the answer depends on the session's project alone; it is asked once a project.
func (b *Builder) ForbidProject(broken func(p *model.Person, at *model.Project) bool) {
	b.forbids = append(b.forbids, forbid{constraint: b.current, kind: People, project: broken})
}

// ForbidSession is Forbid where the answer depends on the session alone; it is asked once a session.
func (b *Builder) ForbidSession(kind ActorKind, broken func(t SessionIx) bool) {
	f := forbid{constraint: b.current, kind: kind, session: make([]bool, b.NumSessions())}
	for t := range f.session {
		f.session[t] = broken(SessionIx(t))
	}
	b.forbids = append(b.forbids, f)
}

// ForbidAt is Forbid where the answer depends on the session's project alone, for an actor of any kind and by index.
func (b *Builder) ForbidAt(kind ActorKind, broken func(a ActorIx, project int32) bool) {
	b.forbids = append(b.forbids, forbid{constraint: b.current, kind: kind, at: broken})
}

// ForbidEither is Forbid where broken says all there is to say, and at already holds of projects all of whose sessions are
// forbidden, so that these need not be asked about one by one.
func (b *Builder) ForbidEither(kind ActorKind, at func(a ActorIx, project int32) bool, broken func(a ActorIx, t SessionIx) bool) {
	b.forbids = append(b.forbids, forbid{constraint: b.current, kind: kind, at: at, pair: broken})
}

// Require declares a pair that breaks the rule once while it is absent.
func (b *Builder) Require(a ActorIx, t SessionIx) {
	b.requires = append(b.requires, pair{a, t})
	b.requiredBy = append(b.requiredBy, b.current)
}

// Baseline adds to the score of every roster: broken cases that nothing can mend, or the fixed part of a price.
func (b *Builder) Baseline(s Score) { b.baselines = append(b.baselines, baseline{b.current, s}) }

// Cost declares what a pair costs, in millipoints.
func (b *Builder) Cost(kind ActorKind, price func(a ActorIx, t SessionIx) int64) {
	b.costs = append(b.costs, cost{constraint: b.current, kind: kind, pair: price})
}

// CostAt is Cost where the price depends on the session's project alone.
func (b *Builder) CostAt(kind ActorKind, price func(a ActorIx, project int32) int64) {
	b.costs = append(b.costs, cost{constraint: b.current, kind: kind, at: price})
}

// Count declares a table of counters; see [Grid].
func (b *Builder) Count(g Grid) { b.addGrid(g) }

// Clash declares, for actors of a kind sorted into classes, which two sessions one actor cannot both serve; each such pair
// is a broken case. It is only asked for t < u.
func (b *Builder) Clash(kind ActorKind, classes int, class func(a ActorIx) int, clash func(class int, t, u SessionIx) bool) {
	b.addClash(kind, classes, class, clash)
}

// Apart declares the pairs of people who must not meet, and which sessions meet (a session always meets itself). Each pair
// of appointments that meet is a broken case.
func (b *Builder) Apart(pairs [][2]ActorIx, meet func(t, u SessionIx) bool) { b.addApart(pairs, meet) }

// Prefix declares that the minutes of all but the chronologically last session of a person stay below a limit; more is one
// broken case. Negative: no limit.
func (b *Builder) Prefix(limit func(a ActorIx) int32) { b.addPrefix(limit) }

// Partial declares how many minutes of a session fit a person; a joined pair whose written minutes are more is one broken
// case. Minutes are written whole, except that the last session of a person ends when their remaining minutes are used up.
// Nothing is broken where fits is 0 or less: declare that by Forbid.
func (b *Builder) Partial(fits func(a ActorIx, t SessionIx) int32) { b.addPartial(fits) }

// Share declares how many minutes a person may be booked for in the sessions that count; more is one broken case. Minutes are
// written as Partial says. Negative: no limit.
func (b *Builder) Share(counts func(t SessionIx) bool, limit func(a ActorIx) int32) {
	b.addShare(counts, limit)
}

// Budget declares how many people may have to be told that their sessions are not those that were published: more are a broken
// case each. It is given what each person was told; who has to be told whatever is done; and how many others, whom the week
// does not know, have to be.
func (b *Builder) Budget(limit, others int, published func(a ActorIx) []SessionIx, anyway func(a ActorIx) bool) {
	b.addBudget(limit, others, published, anyway)
}

// NoPrice is the price of an exact part that counts broken cases.
const NoPrice = 0

// Settle switches on an exact part that is priced after the counters; see [SettlePart].
func (b *Builder) Settle(p SettlePart, price int64) { b.addSettle(p, price) }

// Calls declares when a person may not be at a stop, an index into Snapshot.Stops, and switches on the exact part that counts
// the riders who are picked up or brought back there at such a time: one broken case each. Trips keep riders away from such
// stops as long as they have another.
func (b *Builder) Calls(barred func(a ActorIx, stop int) []model.Span) { b.addCalls(barred) }

// Shape is how the value v of a cell is priced.
type Shape uint8

// The shapes. L is the cell's limit. A case is broken, or only priced where the grid has a price.
const (
	// Over: every unit above L is a case.
	Over Shape = iota
	// Beyond: any value above L is one case.
	Beyond
	// Hole: 0 < v < L is one case.
	Hole
	// Missing: v = 0 is one case; only useful with a guard.
	Missing
	// Open: v > 0 costs L millipoints.
	Open
	// Curve: v minutes are worth Grid.Worth of the row, a negative cost.
	Curve
)

// When says whether a cell's price counts, by its guard: a second counter of the same cell.
type When uint8

// The conditions.
const (
	Always    When = iota
	Guarded        // only while the guard is above zero
	Unguarded      // only while the guard is zero
)

// NoLimit is a limit that nothing reaches.
const NoLimit = int32(1 << 30)

// Grid declares a table of signed counters. The actor names the row and the session the columns; the pair adds Weight x
// Length to the value of those cells and Guard to their guards; Shape prices each cell. Nil functions: Row and Col give 0,
// Weight, Length and Pair give 1, Guard gives 0. Nothing counts in a table with Row and no Rows, or with Col and no Cols.
type Grid struct {
	Rows   int
	Row    func(a ActorIx) int32 // -1: the actor does not count
	Cols   int
	Col    func(t SessionIx) []int32 // empty: the session does not count
	Weight func(a ActorIx) int32
	Length func(t SessionIx) int32
	Guard  func(a ActorIx) int32
	// Worked replaces Length for people by the minutes they work of a session, which are fewer on a short day.
	Worked bool
	// Pair narrows a person's weight and guard to some projects (who rides depends on both); it is asked once a person and
	// project.
	Pair  func(a ActorIx, project int32) bool
	Shape Shape
	When  When
	Limit func(row, col int32) int32  // nil for Missing and Curve
	Price int64                       // of a case of Over, Beyond, Hole and Missing, in millipoints, which then breaks nothing; 0: it is broken
	Worth func(row int32) model.Worth // Curve only
}

// EachSession is the Col of a grid with a column a session: those that keep it.
func (b *Builder) EachSession(keep func(t SessionIx) bool) func(t SessionIx) []int32 {
	own := make([]int32, b.NumSessions())
	for i := range own {
		own[i] = int32(i)
	}
	return func(t SessionIx) []int32 {
		if !keep(t) {
			return nil
		}
		return own[t : t+1]
	}
}

// SettlePart is one of the exact parts that are priced after the counters, from the planned trips: the stops, their order
// and times, and who drives. Each counts only what its static counterpart has not counted already.
type SettlePart uint8

// The parts. Those that count broken cases ignore their price.
const (
	RideWithinLimit   SettlePart = iota // riders whose exact way exceeds their limit
	RideWithinFree                      // riders who are not free for their exact way
	DriverWithinShift                   // drivers whose duty, depot to depot, leaves their working time
	DriverWithinWeek                    // supervisors whose exact duty minutes exceed their week
	DriverRest                          // rest between exact duties
	DriverOnePlace                      // exact duties of one supervisor that clash
	MinibusOnePlace                     // exact trips of one minibus that overlap
	ApartAtStops                        // people kept apart who call at one stop too close in time
	RideMinutes                         // exact minutes of riders beyond the estimate, at a price a minute
	DrivenKilometres                    // exact metres beyond the estimate, at a price a kilometre
	CallsAllowed                        // riders who are called for where they may not be at that time; see Builder.Calls
	TripsPlanned                        // prices nothing: only has trips planned, for a rule that reads them
	settleParts
)
