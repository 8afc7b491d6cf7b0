package bound

import "github.com/communitypayback/payback/solver"

// PartOf gives what one session is worth at most at some prices, as [Evaluate] works it out, and as the search does.
func PartOf(r *solver.Relaxed, p *Prices, t solver.SessionIx) (evaluated, searched int64) {
	e := &evaluation{Relaxed: r, prices: p, limits: newLimits()}
	e.layout()
	w := newWeek(r)
	all := newPrices(w)
	all.copyFrom(p)
	return e.session(int(t)), (&crew{}).best(w, int(t), all)
}

// RoomPrice finds the prices of room and of seats of a session's team in Prices.Rooms and Prices.Seats, and NumRoomPrices how many
// there are of each.
func RoomPrice(r *solver.Relaxed, t solver.SessionIx, supervisors int) int {
	w := newWeek(r)
	return int(w.groups[t].roomIndex(min(supervisors, w.groups[t].teams+1)))
}

// NumRoomPrices gives how many prices of room, and of seats, there are.
func NumRoomPrices(r *solver.Relaxed) int { return int(newWeek(r).teams) }

// SeatTaking gives what a rider takes of seats, in parts of SeatUnit.
func SeatTaking(a *solver.Arc) int64 { return int64(seatTaking(a)) }

const SeatUnit = one
