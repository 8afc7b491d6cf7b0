package bound

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

const (
	usualPermille = 50
	usualBooked   = 150 // percent: up to which size of group limits hold
	quickRooms    = 6   // the largest room that is worked out on the spot for other chances
)

// limits knows the inequalities of rooms by the chance of too many, in permille; they are only looked up.
type limits map[int64][]limit

// of gives those of rooms of 1, 2, ... as far as they are known.
func (l limits) of(permille int64) []limit {
	if permille == usualPermille {
		return usualLimits[:]
	}
	if known, ok := l[permille]; ok || permille <= 0 || permille >= 500 {
		return known
	}
	x := newTails(permille)
	for room := 1; room <= quickRooms; room++ {
		l[permille] = append(l[permille], x.limit(room))
	}
	return l[permille]
}
