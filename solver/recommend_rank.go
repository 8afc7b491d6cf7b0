package solver

import (
	"math"
	"slices"
)

// How much is looked at for one answer. The counters rank every candidate; the exact trips and wet plans are worked out for the
// first of them, for more if too few of those can be, and only a few sessions that do not run are tried to be opened. These are
// numbers of tries, so that an answer is the same on every machine.
const (
	settleMore = 2   // candidates that are settled besides two for each that is wanted
	settleMost = 20  // and at least in all, if too few of those can be
	settleCrew = 10  // the same of supervisors and minibuses
	openMost   = 8   // sessions that are tried to be opened
	openFew    = 3   // as many if enough others are found
	companions = 4   // people who may have to come along
	lookedAt   = 300 // people who are looked at to find one of them
)

// best gives the candidates that break nothing more than the roster does, best first.
func (x *asker) best() []prospect {
	s := x.state
	left := s.Score()
	for _, c := range x.all {
		if !s.Allowed(c.actor, c.session) {
			continue
		}
		d := s.Delta(c.actor, c.session, 1)
		switch {
		case left[Hard]+d[Hard] <= x.score[Hard]:
			x.ready = append(x.ready, ranked{c.actor, c.session, d[Soft]})
		case x.closed(c.session):
			x.shut = append(x.shut, ranked{c.actor, c.session, d[Soft]})
		}
	}
	slices.SortFunc(x.ready, compareRanked)
	slices.SortFunc(x.shut, compareRanked)
	few, many := 2*x.want+settleMore, settleMost
	if len(x.all) > 0 && s.Kind(x.all[0].actor) != People { // another supervisor or minibus hardly changes the trip: the counters rank well
		few, many = x.want+settleMore, settleCrew
	}
	out := x.several(nil, x.ready, few, max(few, many), false)
	most := openMost
	if len(out) >= x.want {
		most = openFew
	}
	out = x.several(out, x.shut, most, most, true)
	slices.SortStableFunc(out, func(a, b prospect) int { return a.compare(b) })
	return out
}

// several tries the first few of a list, and more while too few of them can be. It counts what is left untried: what keeps a few
// from making one session run keeps most others from it.
func (x *asker) several(out []prospect, list []ranked, few, most int, open bool) []prospect {
	had := len(out)
	for i, r := range list {
		hopeless := open && i >= openFew && len(out) == had && r.session == list[0].session
		if hopeless || i >= few && (i >= most || len(out) >= x.want) {
			x.untried += len(list) - i
			break
		}
		if c, ok := x.tried(r, open); ok {
			out = append(out, c)
		}
	}
	return out
}

// tried works a candidate out exactly and takes it back. False: it breaks something more than the roster does.
func (x *asker) tried(r ranked, open bool) (prospect, bool) {
	s := x.state
	c := prospect{pair: pair{r.actor, r.session}, steps: slices.Clone(x.leaves), opens: open}
	mark := s.Mark()
	defer s.rewind(mark)
	s.Join(r.actor, r.session)
	c.steps = append(c.steps, step{r.actor, -1, r.session})
	if open && !x.run(&c) {
		return c, false
	}
	c.score = s.Settle()
	if !open && c.score[Hard] > x.score[Hard] {
		x.exact[c.pair] = x.brokenBy(r.session, c.score[Hard]-x.score[Hard])
	}
	return c, c.score[Hard] <= x.score[Hard]
}

// brokenBy names the rule that only the exact trips and wet plans show to be broken when somebody has joined a session.
func (x *asker) brokenBy(t SessionIx, cases int64) Obstacle {
	if s := x.state; s.wet.any && s.moved[t] == leftOut {
		return Obstacle{Rule: s.constraints[s.wet.constraint], Cases: cases}
	}
	return Obstacle{Rule: x.state.exactRule(), Cases: cases}
}

// run makes a session run that somebody or something has joined: with a supervisor, a minibus and company, as far as they are
// needed. False: what is free does not suffice.
func (x *asker) run(c *prospect) bool {
	s := x.state
	for x.addCrew(c, Supervisors) || x.addCrew(c, Minibuses) {
		if len(c.steps) > len(x.leaves)+1+2*companions {
			return false
		}
	}
	before := x.exactCases
	if s.Settle(); s.settled[Hard] > before {
		return false // no more people would find the group a wet place, or shorten its trip
	}
	for range companions {
		if s.Score()[Hard] <= x.score[Hard] {
			return true
		}
		if !x.addPerson(c) {
			return false
		}
	}
	return s.Score()[Hard] <= x.score[Hard]
}

// addCrew has the cheapest free supervisor or minibus join that mends something.
func (x *asker) addCrew(c *prospect, k ActorKind) bool {
	best, who := int64(math.MaxInt64), ActorIx(-1)
	for _, a := range x.of[k][c.session] {
		if !x.mends(a, c.session) {
			continue
		}
		if d := x.state.Delta(a, c.session, 1); d[Soft] < best {
			best, who = d[Soft], a
		}
	}
	if who < 0 {
		return false
	}
	x.state.Join(who, c.session)
	c.steps = append(c.steps, step{who, -1, c.session})
	return true
}

// addPerson has whoever gains most join, of those who are looked at and mend something by it.
func (x *asker) addPerson(c *prospect) bool {
	s, t := x.state, c.session
	best, who := int64(math.MaxInt64), ActorIx(-1)
	look := func(a ActorIx) {
		if s.Has(a, t) {
			return
		}
		if d := s.Delta(a, t, 1); d[Hard] < 0 && d[Soft] < best {
			best, who = d[Soft], a
		}
	}
	if n := len(x.shut); n > 0 && x.shut[0].actor != x.shut[n-1].actor && s.Kind(c.actor) == People {
		for _, r := range x.shut[:min(len(x.shut), lookedAt)] { // they have been ranked
			look(r.actor)
		}
	} else {
		all := x.of[People][t]
		for i := 0; i < len(all); i += 1 + len(all)/lookedAt {
			look(all[i])
		}
	}
	if who < 0 {
		return false
	}
	s.Join(who, t)
	c.steps = append(c.steps, step{who, -1, t})
	return true
}
