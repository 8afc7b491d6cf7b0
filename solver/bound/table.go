package bound

import "sync"

// usualLimits are the limits of rooms of 1, 2, ... for a chance of too many of usualPermille. They take minutes to work out; a test
// does so again.
var usualLimits = [...]limit{
	{beta: 419430, bound: 1048576},
	{beta: 1048576, bound: 2207396, sizes: []int64{2207396}},
	{beta: 1048576, bound: 3259288, sizes: []int64{3259288}},
	{beta: 1048576, bound: 4311721, sizes: []int64{4311721, 4299316}},
	{beta: 1048576, bound: 5366012, sizes: []int64{5364942, 5366012}},
	{beta: 943718, bound: 6391070, sizes: []int64{6391070, 6356549, 6358296}},
	{beta: 943718, bound: 7536001, sizes: []int64{7439648, 7472812, 7536001}},
	{beta: 838860, bound: 8483129, sizes: []int64{8483129, 8394449, 8417040, 8465236}},
	{beta: 838860, bound: 9622436, sizes: []int64{9531707, 9474003, 9555541, 9622436}},
	{beta: 838860, bound: 10849272, sizes: []int64{10580285, 10581811, 10686208, 10775240, 10849272}},
	{beta: 734003, bound: 11623766, sizes: []int64{11623766, 11474538, 11464319, 11532439, 11593993}},
	{beta: 734003, bound: 12793166, sizes: []int64{12672344, 12524917, 12566888, 12651927, 12726449, 12793166}},
	{beta: 734003, bound: 13933408, sizes: []int64{13720922, 13575046, 13666756, 13765822, 13855248, 13933408}},
	{beta: 629145, bound: 14764402, sizes: []int64{14764402, 14548087, 14436442, 14433994, 14494066, 14550985, 14601689}},
	{beta: 629145, bound: 15812980, sizes: []int64{15812980, 15597489, 15487078, 15524455, 15595669, 15660602, 15721491}},
	{beta: 629145, bound: 16902021, sizes: []int64{16861558, 16647357, 16537422, 16613484, 16693124, 16769056, 16837438, 16902021}},
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
