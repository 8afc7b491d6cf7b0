package solver

// nearCounts remembers how many people there is room for, by how likely they come and how many places there are.
type nearCounts struct {
	limit int64
	known map[[2]int32]int64 // looked up only
	rates map[[4]int32]int64 // looked up only
}

// rate gives the most that a unit of room is good for, between two amounts of it, in terms of what somebody counts for in the
// least.
func (n *nearCounts) rate(e crowdPerson, least, greatest int32) int64 {
	key := [4]int32{e.permille, e.weight, least, greatest}
	if v, ok := n.rates[key]; ok {
		return v
	}
	if n.rates == nil {
		n.rates = map[[4]int32]int64{}
	}
	rate, count := int64(0), n.of(e.permille, least, e.weight)
	for room := least; room <= max(least, greatest); room++ {
		each := n.of(e.permille, room, e.weight) * int64(room)
		rate = max(rate, ((nearWhole+nearSlack)*count+each-1)/each)
	}
	n.rates[key] = rate
	return rate
}

// of gives what somebody of a weight counts for in a room: nearWhole divided by how many like them there is room for. A room that
// is no multiple of the weight lies between two that are.
func (n *nearCounts) of(permille, room, weight int32) int64 {
	alike := n.alike(permille, room/weight)
	if rest := int64(room % weight); rest > 0 {
		alike += (n.alike(permille, room/weight+1) - alike) * rest / int64(weight)
	}
	alike = max(alike, 500)
	return (nearWhole*1000 + alike - 1) / alike
}

func (n *nearCounts) alike(permille, places int32) int64 {
	key := [2]int32{permille, places}
	v, ok := n.known[key]
	if !ok {
		if n.known == nil {
			n.known = map[[2]int32]int64{}
		}
		v = alike(n.limit, permille, places)
		n.known[key] = v
	}
	return v
}

// maxAlike bounds how many people who come seldom are thought of together.
const maxAlike = 200

// alike gives how many people who come with a chance there are places for, in thousandths of people.
func alike(limit int64, permille, places int32) int64 {
	comes := int64(permille) * sure / 1000
	mass := make([]int64, places+1) // the chance of each number of arrivals that there is room for
	mass[0] = sure
	was := int64(0)
	for n := range int64(maxAlike) {
		for v := places; v > 0; v-- {
			mass[v] += (mass[v-1] - mass[v]) * comes >> 30
		}
		mass[0] -= mass[0] * comes >> 30
		over := int64(sure)
		for _, m := range mass {
			over -= m
		}
		if over > limit {
			return n*1000 + (limit-was)*1000/(over-was)
		}
		was = over
	}
	return maxAlike * 1000
}
