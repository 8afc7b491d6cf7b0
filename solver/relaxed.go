package solver

import (
	"github.com/communitypayback/payback/model"
)

// Relaxed is a week as a bound sees it: what each person, session, supervisor and minibus could do by themselves, read off the
// kernels. Every roster that breaks no more than what nothing can mend is worth at most what the parts allow together, because
// what is left out here is a rule that holds people back or a price that is never negative; LeftOut names the rules.
//
// Values are millipoints, larger is better. Sessions and people keep their indices.
type Relaxed struct {
	Nothing  int64 // what the empty roster is worth
	Arcs     []Arc // by person, then session
	People   []RelaxedPerson
	Sessions []RelaxedSession
	Staff    []RelaxedStaff // supervisors, then minibuses
	Areas    []RelaxedArea
	Reserves []RelaxedReserve
	Rain     []RelaxedRain
	Shared   []RelaxedShared
	Drivers  []RelaxedDrivers
	LeftOut  []string // constraints of which something is left out, in catalogue order
}

// Arc is one person who may be in one session.
type Arc struct {
	Person  ActorIx
	Session SessionIx
	Value   int64 // of the pair by itself, with every reward that may be due at most, the value of the minutes apart
	Length  int32 // minutes that are worth something
	Worked  int32 // minutes that count against the week
	Comes   int16 // permille
	Takes   int8  // places
	Seats   int8  // in a minibus; 0: does not ride
	Fixed   bool  // stays whatever it breaks
}

// RelaxedPerson is one person's week. Arcs[From:To] are theirs.
type RelaxedPerson struct {
	From, To int32
	Worth    model.Worth
	Limit    int32 // minutes worked in the week, or NoLimit
	Prefix   int32 // all but the last session take fewer minutes than this; negative: no limit
	PerDay   int32 // sessions a day
	First    []RelaxedFirst
	Area     int32 // index of Areas, or -1
}

// RelaxedFirst is worth something if a person has a session on a day, or before.
type RelaxedFirst struct {
	Day   int32 // of the week, Monday 0
	Worth int64
}

// RelaxedArea is a concave reward for how many appointments some people have.
type RelaxedArea struct{ Worth model.Worth }

// RelaxedReserve is a price for each duty of a day above a number.
type RelaxedReserve struct {
	Day   int32
	Free  int32
	Price int64
}

// RelaxedRain is some sessions whose groups must find room indoors together.
type RelaxedRain struct {
	Sessions []SessionIx
	Room     int32 // of all hosts together
}

// RelaxedShared is room that several sessions of one site share at one moment.
type RelaxedShared struct {
	Sessions []SessionIx
	Room     RelaxedRoom
}

// RelaxedSession is one session.
type RelaxedSession struct {
	Day     int32 // of the week, Monday 0
	Span    model.Span
	Minutes int32
	Arcs    []int32 // indices of Relaxed.Arcs, by person
	Staffed bool    // does not run without a supervisor
	Opening int64   // value of having people at all; negative
	Rooms   []RelaxedRoom
	Terms   []RelaxedTerm
	Company *RelaxedCompany // nil: nobody needs company
	Fixed   bool            // somebody or something stays there whatever it breaks
	Rain    int32
	Most    int32 // places that its group takes at most when it moves, whoever leads it; 0: it does not move
	Shelter int32 // room of its largest host
}

// RelaxedTerm is what some people are worth more, or less, in a session by who supervises it. NoWay: they cannot be there.
type RelaxedTerm struct {
	Members []int32   // positions in RelaxedSession.Arcs
	Staff   []ActorIx // in order of index
	IfAny   int64     // one of Staff is there
	IfNone  int64
}

// NoWay is the value of what cannot be.
const NoWay = int64(-1) << 40

// RelaxedRoom is room for people who come by chance.
type RelaxedRoom struct {
	Riders bool  // counts seats instead of places
	Limit  int64 // chance of too many, in parts of 1<<30
	Booked int32 // the most weight in percent of the room, or NoLimit
	has    [2]int32
	rooms  int
	adds   [2][]int32
	most   [2][2]int32 // by room: the most that a supervisor, and a minibus, adds
	first  ActorIx
}

// Of gives the room with some supervisors and minibuses.
func (r *RelaxedRoom) Of(staff ...ActorIx) int32 {
	least := noRoom
	for i := range r.rooms {
		room := r.has[i]
		for _, a := range staff {
			if r.adds[i] != nil {
				room += r.adds[i][a-r.first]
			}
		}
		least = min(least, room)
	}
	return least
}

// OfTeam gives the most room with some minibuses and so many supervisors, whichever they are.
func (r *RelaxedRoom) OfTeam(supervisors int, minibuses ...ActorIx) int32 {
	least := noRoom
	for i := range r.rooms {
		room := r.has[i] + int32(supervisors)*r.most[i][0]
		for _, a := range minibuses {
			if r.adds[i] != nil {
				room += r.adds[i][a-r.first]
			}
		}
		least = min(least, room)
	}
	return least
}

// More gives the room for so many more people, whoever supervises.
func (r *RelaxedRoom) More(people int32) RelaxedRoom {
	more := *r
	for i := range more.rooms {
		more.has[i] = min(more.has[i]+people, noRoom)
	}
	return more
}

// OfAny gives the most room that so many supervisors and minibuses can make, whichever they are.
func (r *RelaxedRoom) OfAny(supervisors, minibuses int) int32 {
	least := noRoom
	for i := range r.rooms {
		least = min(least, r.has[i]+int32(supervisors)*r.most[i][0]+int32(minibuses)*r.most[i][1])
	}
	return least
}

// RelaxedStaff is one supervisor or minibus. Arcs are in order of session.
type RelaxedStaff struct {
	Actor   ActorIx
	Minibus bool
	Minutes int32 // of the week, or NoLimit
	Arcs    []StaffArc
}

// StaffArc is one supervisor or minibus that may serve one session.
type StaffArc struct {
	Session SessionIx
	Value   int64
	Fixed   bool
}
