package bound

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/solver"
)

// closely is among how many of those who need company, the most welcome first, every group is looked at.
const closely = 8

// friend is somebody who needs company, and what they bring by being there.
type friend struct {
	score int64
	comes int64 // permille
	wide  bool  // takes two places
}

// friends lists everybody who needs company and could be in a session, the most welcome first. Terms add what extra says.
func (e *evaluation) friends(f *frame, extra []int64) (list []friend) {
	c := f.s.Company
	if c == nil {
		return nil
	}
	list = make([]friend, 0, len(c.Members))
	for i, m := range c.Members {
		arc := &f.arcs[m]
		v := f.worth[m] + extra[m]
		if v <= solver.NoWay/2 || arc.Seats > 0 && !f.rides && int64(arc.Comes) > f.seatless {
			continue
		}
		comes, places := int32(arc.Comes), int64(1)
		if arc.Takes > 1 {
			comes, places = e.halves[comes], 2
		}
		v -= f.theta * (places * f.rule.weight(comes)) / one
		v -= f.sigma * e.seatsOf(arc) / one
		list = append(list, friend{v, int64(c.Comes[i]), arc.Takes > 1})
	}
	slices.SortStableFunc(list, func(a, b friend) int { return cmp.Compare(b.score, a.score) })
	return list[:min(int64(len(list)), f.size+spare)]
}

// company gives, by how many of those who need company come, what they bring at most: nothing for none, and NoWay for too few.
func (e *evaluation) company(f *frame, list []friend) []int64 {
	brings := []int64{0}
	if len(list) == 0 || list[0].score <= -f.theta {
		return brings
	}
	for range min(f.size, int64(len(list))) {
		brings = append(brings, solver.NoWay)
	}
	c := f.s.Company
	raise := func(n int, v int64) {
		if n < len(brings) && n >= int(c.Least) {
			brings[n] = max(brings[n], v)
		}
	}
	first := list[:min(closely, len(list))]
	var look func(i, n int, sum, none, one int64)
	look = func(i, n int, sum, none, one int64) {
		if i == len(first) {
			if n > 0 {
				raise(n, sum-onlyOne(c.Alone, n, one))
			}
			return
		}
		look(i+1, n, sum, none, one)
		a := first[i].comes * sure / 1000
		look(i+1, n+1, sum+first[i].score, none-none*a>>30, one-one*a>>30+none*a>>30)
	}
	look(0, 0, 0, sure, 0)
	// Of a group with anybody else, all but one could be the most welcome of all.
	low, high := int64(slices.Min(c.Comes)), int64(slices.Max(c.Comes))
	for n := 1; n < len(brings) && len(list) > closely; n++ {
		last := list[max(n-1, closely)].score
		if n > max(int(c.Least), 2) && last <= -c.Alone-f.theta {
			break // a group without them is worth no less
		}
		sum := last
		for _, x := range list[:n-1] {
			sum += x.score
		}
		if n <= closely+spare {
			sum -= leastAlone(c.Alone, n, low, high)
		}
		raise(n, sum)
	}
	return brings
}

// onlyOne gives what a chance that exactly one of so many comes costs, in parts of sure that may have been rounded up.
func onlyOne(price int64, n int, one int64) int64 {
	if n < 2 {
		return 0
	}
	return max(0, price*one>>30-price>>20-1)
}

// leastAlone gives the least that it costs for any so many who come with chances between two, in permille.
func leastAlone(price int64, n int, low, high int64) (least int64) {
	for often := range n + 1 {
		none, one := sure, int64(0)
		for i := range n {
			a := low * sure / 1000
			if i < often {
				a = high * sure / 1000
			}
			none, one = none-none*a>>30, one-one*a>>30+none*a>>30
		}
		if v := onlyOne(price, n, one); often == 0 || v < least {
			least = v
		}
	}
	return least
}
