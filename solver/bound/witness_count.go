package bound

import (
	"slices"

	"github.com/communitypayback/payback/solver"
)

// counting is what a witness counts in one session whose people must be led.
type counting struct {
	*verifying
	t               solver.SessionIx
	s               *solver.RelaxedSession
	rides           bool // who rides needs a minibus there
	riders          crowd
	leaders, buses  []int                // who may serve it, as positions in Staff
	refused, wanted []solver.RelaxedTerm // by whom somebody cannot be led, and of whom somebody needs one
	driving         []solver.RelaxedDrivers
	kinds           []byte  // by position, so many for each: what they need
	holds           []int64 // by position in Staff: how many people a duty there holds, of those who are counted

	// How many people of the witness each of a team holds at most: of the whole group, if all of the team is counted; their share of it;
	// of those who ride, each driver or minibus.
	group, share, seats int64
	// How many one more duty would hold at most, whoever it is of and however many there are; of the whole group.
	another, anyGroup int64
}

// gather finds who may serve the session, and what keeps people from some of them.
func (c *counting) gather() {
	c.leaders, c.buses = c.serving(c.t, false), c.serving(c.t, true)
	for _, term := range c.s.Terms {
		if term.IfAny == solver.NoWay {
			c.refused = append(c.refused, term)
		}
		if term.IfNone == solver.NoWay {
			c.wanted = append(c.wanted, term)
		}
	}
	for _, d := range c.Drivers {
		if slices.Contains(d.Sessions, c.t) {
			c.driving = append(c.driving, d)
		}
	}
	c.kinds = make([]byte, len(c.s.Arcs)*(1+len(c.refused)+len(c.wanted)))
	for i, arc := range c.s.Arcs {
		if c.rides && c.Arcs[arc].Seats > 0 {
			c.kind(i)[0] = 1
		}
	}
	for i, term := range slices.Concat(c.refused, c.wanted) {
		for _, m := range term.Members {
			c.kind(int(m))[1+i] = 1
		}
	}
}

// furnish works out how many people a duty holds.
func (c *counting) furnish(everybody *crowd) {
	room := int32(-1)
	for n := 1; ; n++ {
		more := leastRoom(c.s, false, n, 0)
		if more <= room {
			break // larger teams hold no more
		}
		room = more
		group := int64(everybody.heldIn(c.s, false, n, 0))
		if n <= len(c.leaders) {
			c.group, c.share = max(c.group, group), max(c.share, up(group, n))
		}
		c.anyGroup, c.another = max(c.anyGroup, group), max(c.another, up(group, n))
		if group == int64(everybody.all+everybody.free) && n >= len(c.leaders) {
			break // nobody else is there to be led
		}
	}
	for b := 1; b <= max(1, int(c.riders.all)); b++ {
		riders := min(c.anyGroup, int64(c.riders.heldIn(c.s, true, 1, b)))
		if c.another = max(c.another, up(riders, b)); b <= len(c.buses) {
			c.seats = max(c.seats, up(min(c.group, riders), b))
		}
		if riders == c.anyGroup {
			break
		}
	}
}

// up gives a / b, rounded up.
func up(a int64, b int) int64 { return (a + int64(b) - 1) / int64(b) }

// kind says what somebody needs in the session: who needs the same is of one kind.
func (c *counting) kind(position int) []byte {
	wide := 1 + len(c.refused) + len(c.wanted)
	return c.kinds[position*wide : (position+1)*wide]
}

// rider reports whether somebody needs a seat there.
func (c *counting) rider(position int) bool { return c.kind(position)[0] != 0 }

// count finds something that somebody cannot do without in the session and that the witness counts. False: there is nothing.
func (c *counting) count(position int) bool {
	refused, wanted := c.kind(position)[1:1+len(c.refused)], c.kind(position)[1+len(c.refused):]
	team := slices.Clone(c.leaders) // of whom everybody who leads them is one
	for i, term := range c.refused {
		if refused[i] != 0 {
			team = slices.DeleteFunc(team, func(k int) bool { return slices.Contains(term.Staff, c.Staff[k].Actor) })
		}
	}
	one := [][]int{} // of each of which at least one must be there
	for i, term := range c.wanted {
		if wanted[i] != 0 {
			one = append(one, c.only(team, term.Staff))
		}
	}
	var buses []int     // one of which must come
	var drivers [][]int // of each of which there is one for each minibus
	riding := c.rider(position)
	if riding {
		buses, drivers = c.fleet(team)
	}
	switch nobody := func(list []int) bool { return len(list) == 0 }; {
	case nobody(team), slices.ContainsFunc(one, nobody), riding && (nobody(buses) || slices.ContainsFunc(drivers, nobody)):
		return true // they can never come
	case riding && c.way == ByMinibuses:
		return c.take(buses, c.seats)
	case riding && c.way == ByDrivers && slices.ContainsFunc(drivers, func(list []int) bool { return c.take(list, c.seats) }):
		return true
	case c.take(team, c.share):
		return true
	}
	c.another = c.anyGroup
	return slices.ContainsFunc(one, func(list []int) bool { return c.take(list, c.group) })
}

// fleet lists the minibuses that some of a team may drive, and all lists of drivers of whom each of those minibuses takes one.
func (c *counting) fleet(team []int) (buses []int, drivers [][]int) {
	for _, b := range c.buses {
		if !slices.ContainsFunc(c.driving, func(d solver.RelaxedDrivers) bool {
			return slices.Contains(d.Minibuses, c.Staff[b].Actor) && len(c.only(team, d.Drivers)) == 0
		}) {
			buses = append(buses, b)
		}
	}
	for _, d := range c.driving {
		if !slices.ContainsFunc(buses, func(b int) bool { return !slices.Contains(d.Minibuses, c.Staff[b].Actor) }) {
			drivers = append(drivers, c.only(team, d.Drivers))
		}
	}
	return buses, drivers
}

// only lists those of some staff who are among some actors.
func (c *counting) only(staff []int, actors []solver.ActorIx) (out []int) {
	for _, k := range staff {
		if slices.Contains(actors, c.Staff[k].Actor) {
			out = append(out, k)
		}
	}
	return out
}

// take counts people by some staff, each of whom holds so many, if the witness has all of them on that day.
func (c *counting) take(staff []int, holds int64) bool {
	for _, k := range staff {
		if c.days[k]>>c.s.Day&1 == 0 {
			return false
		}
	}
	for _, k := range staff {
		c.holds[k] = max(c.holds[k], holds)
	}
	return true
}
