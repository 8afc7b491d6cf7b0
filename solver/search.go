package solver

import (
	"math"
	"math/rand/v2"
)

// search changes one State by moves. It owns some of the actors and sessions and touches no others, so that several
// searches can work on copies of one state at the same time.
type search struct {
	*State
	*candidates
	rng    *rand.Rand
	owned  []bool      // by actor
	ours   []bool      // by session
	people []ActorIx   // owned
	groups []SessionIx // ours that need a supervisor
	lists  moveLists

	shut   []int8 // by session: rides that failed; nil but while the first roster is made
	ration ration // of the moves of a round, or the steps of the construction

	check recheck // of the score, by the words

	heat   int64 // millipoints: the scale of the losses that are accepted
	tried  [moves]int64
	gained [moves]int64
}

// moveLists is working memory of the moves, kept to spare the garbage collector.
type moveLists struct {
	displaced    []ActorIx
	ranked       []ranked
	pending      []ranked
	pick         []SessionIx
	actors       []ActorIx
	rankedActors []ActorIx
	blockers     []blocker
	best         []blocker
}

// ranked is an actor or session with the cost that orders it.
type ranked struct {
	actor   ActorIx
	session SessionIx
	cost    int64
}

func newSearch(s *State, c *candidates) *search {
	return &search{State: s, candidates: c, owned: make([]bool, s.first[kinds]), ours: make([]bool, s.NumSessions())}
}

// ownAll makes the search the owner of everything.
func (x *search) ownAll() {
	for i := range x.owned {
		x.owned[i] = true
	}
	for i := range x.ours {
		x.ours[i] = true
	}
	x.collect()
}

// collect lists what is owned.
func (x *search) collect() {
	x.people, x.groups = x.people[:0], x.groups[:0]
	for a := range x.first[Supervisors] {
		if x.owned[a] && len(x.sessions[a]) > 0 {
			x.people = append(x.people, a)
		}
	}
	for t := range SessionIx(x.NumSessions()) {
		if x.ours[t] && x.staffed[t] && len(x.of[Supervisors][t]) > 0 && len(x.of[People][t]) > 0 {
			x.groups = append(x.groups, t)
		}
	}
}

// accepts decides on what changed since a mark, when the score was was: never more broken cases; a loss in price up to a
// random threshold that falls with the heat (simulated annealing; Kirkpatrick, Gelatt and Vecchi, 1983, with the threshold
// drawn before the move is priced). What is refused is undone. Trips are settled only if the move can still be accepted.
func (x *search) accepts(mark int, was Score) bool {
	threshold := int64(0)
	if x.heat > 0 {
		threshold = x.heat * int64(exponential[x.rng.Uint32()&1023]) / 1024
	}
	if now := x.Score(); now[Hard] < was[Hard] || now[Soft]-x.slack() <= was[Soft]+threshold {
		now = x.Settle()
		if now[Hard] < was[Hard] || now[Hard] == was[Hard] && now[Soft] <= was[Soft]+threshold {
			return true
		}
	}
	x.rewind(mark)
	return false
}

// slack bounds by how much settling can lower the price: the exact part of every session that waits may vanish.
func (x *search) slack() (sum int64) {
	for _, t := range x.dirty.list {
		sum += max(0, x.planPart[t][Soft])
	}
	return sum
}

// exponential holds 1024 quantiles of the exponential distribution with mean 1, in 1/1024.
var exponential = func() (q [1024]int32) {
	for i := range q {
		q[i] = int32(math.Round(-1024 * math.Log((float64(i)+0.5)/1024)))
	}
	return q
}()

// chance is true with so many permille.
func (x *search) chance(permille uint32) bool { return x.rng.Uint32N(1000) < permille }

// bestPlace finds the cheapest session a person can join without breaking anything more; skip is left out, and others are
// overlooked now and then, which keeps the search from always choosing alike. False: there is none that is worth it.
func (x *search) bestPlace(a ActorIx, skip SessionIx, blink uint32) (SessionIx, bool) {
	best, at := int64(0), SessionIx(-1)
	for _, t := range x.sessions[a] {
		if t == skip || !x.ours[t] || x.staffed[t] && len(x.members[Supervisors][t]) == 0 || x.Has(a, t) {
			continue
		}
		if blink > 0 && x.chance(blink) || x.busy(a, t) || x.refused(a, t) {
			continue
		}
		if x.shut != nil && x.shut[t] >= shutAfter && x.Rides(a, x.project[t]) {
			continue
		}
		if d := x.Delta(a, t, 1); d[Hard] <= 0 && d[Soft] < best && x.mayGo(a, t) {
			best, at = d[Soft], t
		}
	}
	return at, at >= 0
}

// place puts a person into their best sessions until no more is worth it.
func (x *search) place(a ActorIx, skip SessionIx, blink uint32) {
	for {
		t, ok := x.bestPlace(a, skip, blink)
		if !ok {
			return
		}
		x.Join(a, t)
	}
}

// removable reports whether an actor may be taken out of a session: owned, and not fixed there. What is fixed stays even
// if leaving would mend more than it breaks: people were told, and only a person may decide to tell them otherwise.
func (x *search) removable(a ActorIx, t SessionIx) bool {
	return x.owned[a] && x.fixed[int(a)*x.words+int(t)>>6]>>(uint(t)&63)&1 == 0
}

// empty takes everybody out of a session who may leave, and notes the people. False: somebody may not.
func (x *search) empty(t SessionIx) bool {
	for k := range kinds {
		for _, a := range x.members[k][t] {
			if !x.removable(a, t) {
				return false
			}
		}
	}
	for k := range kinds {
		for len(x.members[k][t]) > 0 {
			a := x.members[k][t][len(x.members[k][t])-1]
			x.Leave(a, t)
			if k == People {
				x.lists.displaced = append(x.lists.displaced, a)
			}
		}
	}
	return true
}

// replace finds new places for the people that a move put out, in random order.
func (x *search) replace(blink uint32) {
	list := x.lists.displaced
	x.rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	for _, a := range list {
		x.place(a, -1, blink)
	}
	x.lists.displaced = list[:0]
}

func compareRanked(a, b ranked) int {
	switch {
	case a.cost != b.cost:
		if a.cost < b.cost {
			return -1
		}
		return 1
	case a.actor != b.actor:
		return int(a.actor - b.actor)
	default:
		return int(a.session - b.session)
	}
}

// mend takes people out of a session, or puts some in, until no more is broken than hard, the exact trips included. False:
// it cannot be done.
func (x *search) mend(t SessionIx, hard int64) bool {
	for range 5 { // what one step takes out the other may put in again
		x.mendCounts(t, hard)
		if x.Settle()[Hard] <= hard {
			return true
		}
		if !x.makeWay(t) && !x.shorten(t) {
			return false
		}
	}
	return false
}

// mendSample is how many people are looked at who might mend a session by joining it.
const mendSample = 120

// mendCounts is mend as far as the counters know.
func (x *search) mendCounts(t SessionIx, hard int64) {
	thin := len(x.members[People][t])
	for x.Score()[Hard] > hard {
		best, who, join := int64(math.MaxInt64), ActorIx(-1), false
		all := x.of[People][t]
		from := x.rng.IntN(len(all) + 1)
		for i := range min(len(all), mendSample) {
			a := all[(from+i)%len(all)]
			if !x.owned[a] || x.Has(a, t) {
				continue
			}
			if d := x.Delta(a, t, 1); d[Hard] < 0 && d[Soft] < best {
				best, who, join = d[Soft], a, true
			}
		}
		if !join {
			for _, a := range x.members[People][t] {
				if !x.removable(a, t) {
					continue
				}
				if d := x.Delta(a, t, -1); d[Hard] < 0 && d[Soft] < best {
					best, who = d[Soft], a
				}
			}
		}
		switch {
		case who < 0 && thin > 0 && x.crowded(t) > 0 && x.thinOut(t):
			thin--
		case who < 0:
			return
		case join:
			x.Join(who, t)
		default:
			x.Leave(who, t)
			x.lists.displaced = append(x.lists.displaced, who)
		}
	}
}

// shorten takes out the riders whose exact way is too long or does not fit their day, or else those of the first stop, so
// that the trip gets shorter. False: nobody rides who may go.
func (x *search) shorten(t SessionIx) bool {
	plan := x.plans[t]
	if plan == nil {
		return false
	}
	out := x.lists.actors[:0]
	for i, a := range plan.riders {
		if x.removable(a, t) && x.rideCases(t, plan, i) > 0 {
			out = append(out, a)
		}
	}
	if len(out) == 0 {
		for i, a := range plan.riders {
			if plan.stopOf[i] == 0 && x.removable(a, t) {
				out = append(out, a)
			}
		}
	}
	x.lists.actors = out
	for _, a := range out {
		x.Leave(a, t)
		x.lists.displaced = append(x.lists.displaced, a)
	}
	return len(out) > 0
}
