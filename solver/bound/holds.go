package bound

import "github.com/communitypayback/payback/solver"

// crowd counts some people who could come to one session, for the question how many of them its rooms hold. Counted by chance, since
// the most are held of those who come least often.
type crowd struct {
	comes [1001]int32 // by chance in permille: those who take a place
	ones  int32       // who take one place
	all   int32       // who take a place
	free  int32       // who take none
}

func (c *crowd) add(permille int16, takes int8) {
	switch {
	case takes <= 0:
		c.free++
		return
	case takes == 1:
		c.ones++
	}
	c.all++
	c.comes[min(max(permille, 0), 1000)]++
}

const (
	sure = int64(1) << 30 // certainty in the unit of [solver.RelaxedRoom].Limit
	// rounding is more than what the rule itself may round in a chance, so that whatever group it allows is allowed here.
	rounding = int64(1) << 12
)

// held gives how many of a crowd one room of some places can hold at most. People who take two places count as two of the weight that
// may be booked, and as one of those who may come, which only allows more.
func (c *crowd) held(r *solver.RelaxedRoom, places int32) int32 {
	if places < 0 {
		return c.free
	}
	most := c.all
	if r.Booked != solver.NoLimit {
		weight := int32(min(int64(places)*int64(r.Booked)/100, int64(2*c.all)))
		if most = min(most, weight); weight > c.ones {
			most = min(most, c.ones+(weight-c.ones)/2)
		}
	}
	if most <= places {
		return most + c.free // so few can never be too many
	}
	within := make([]int64, places+1) // by how many come: the chance, rounded up
	within[0] = sure
	n := int32(0)
	for permille := range int64(len(c.comes)) {
		for range c.comes[permille] {
			if n == most {
				return n + c.free
			}
			kept := int64(0)
			for k := places; k >= 0; k-- {
				up := int64(0)
				if k > 0 {
					up = within[k-1] * permille
				}
				within[k] = (within[k]*(1000-permille) + up + 999) / 1000
				kept += within[k]
			}
			if sure-kept > r.Limit+rounding {
				return n + c.free
			}
			n++
		}
	}
	return n + c.free
}

// heldIn gives how many of a crowd the rooms of a session hold at most with so many supervisors and minibuses: those for everybody, or
// those for riders.
func (c *crowd) heldIn(s *solver.RelaxedSession, riders bool, supervisors, minibuses int) int32 {
	most, places := c.all+c.free, int32(1)<<28
	for i := range s.Rooms {
		if r := &s.Rooms[i]; r.Riders == riders {
			room := r.OfAny(supervisors, minibuses)
			most, places = min(most, c.held(r, room)), min(places, room)
		}
	}
	if need := min(s.Most, places); !riders && need > s.Shelter {
		most = min(most, s.Shelter) // so many places indoors they need when it rains
	}
	return most
}
