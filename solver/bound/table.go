package bound

import "sync"

// usualLimits are the limits of rooms of 1, 2, ... for a chance of too many of usualPermille. They take minutes to work out; a test
// does so again.
var usualLimits = [...]limit{
	{beta: 419430, bound: 1048579},
	{beta: 1048576, bound: 2207396},
	{beta: 1048576, bound: 3259288},
	{beta: 1048576, bound: 4311721},
	{beta: 1048576, bound: 5366012},
	{beta: 943718, bound: 6391070},
	{beta: 943718, bound: 7536001},
	{beta: 838860, bound: 8483129},
	{beta: 838860, bound: 9622436},
	{beta: 838860, bound: 10849272},
	{beta: 734003, bound: 11623766},
	{beta: 734003, bound: 12793166},
	{beta: 734003, bound: 13933408},
	{beta: 629145, bound: 14764402},
	{beta: 629145, bound: 15812980},
	{beta: 629145, bound: 16902021},
}

// usualSeats are the same of 1, 2, ... seats, for groups of any size; see tail_seats.go.
var usualSeats = [...]int64{
	1048579, 2097157, 3145735, 4194313, 5242891, 6291469, 7340047, 8388625,
	9530851, 10788498, 12069284, 13364358, 14673843, 15990537, 17321462, 18661479,
}

const (
	usualPermille = 50
	usualBooked   = 150 // percent: up to which size of group limits of rooms hold
	quickRooms    = 6   // the largest room that is worked out on the spot for other chances
)

// limits knows the inequalities of rooms and of seats by the chance of too many, in permille; they are only looked up. It may be asked
// by several goroutines at once.
type limits struct {
	mu    *sync.Mutex // of both
	rooms map[int64][]limit
	seats map[int64][]int64
}

func newLimits() limits { return limits{&sync.Mutex{}, map[int64][]limit{}, map[int64][]int64{}} }

// of gives those of rooms of 1, 2, ... as far as they are known.
func (l limits) of(permille int64) []limit {
	if permille == usualPermille {
		return usualLimits[:]
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if known, ok := l.rooms[permille]; ok || permille <= 0 || permille >= 500 {
		return known
	}
	x := newTails(permille)
	for room := 1; room <= quickRooms; room++ {
		l.rooms[permille] = append(l.rooms[permille], x.limit(room))
	}
	return l.rooms[permille]
}

// ofSeats gives B of 1, 2, ... seats as far as they are known.
func (l limits) ofSeats(permille int64) []int64 {
	if permille == usualPermille {
		return usualSeats[:]
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if known, ok := l.seats[permille]; ok || permille <= 0 || permille >= 500 {
		return known
	}
	x := newSeatTails(permille)
	for seats := 1; seats <= quickRooms; seats++ {
		l.seats[permille] = append(l.seats[permille], x.seats(seats))
	}
	return l.seats[permille]
}
