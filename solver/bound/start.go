package bound

import "slices"

// startPrices guesses prices to begin with: one price for what a person takes of a group's room, at which as many people want to
// come as the supervisors can lead, and what a supervisor earns by it. It also gives a usual price, of what is neither dear nor cheap.
func (w *week) startPrices() (p *Prices, usual int64) {
	p = newPrices(w)
	seats := w.seats()
	type wish struct{ price, taking int64 }
	var wishes []wish
	for i := range w.People {
		best, at := int64(0), int32(-1)
		for k := w.People[i].From; k < w.People[i].To; k++ {
			if v := w.alone(k); v > best && w.Sessions[w.Arcs[k].Session].Staffed {
				best, at = v, k
			}
		}
		if at >= 0 {
			taking := usualTaking(int32(w.Arcs[at].Comes))
			wishes = append(wishes, wish{best * one / max(1, taking), taking})
		}
	}
	slices.SortFunc(wishes, func(a, b wish) int { return int(min(max(b.price-a.price, -1), 1)) })
	price, left := int64(0), seats*one
	for _, x := range wishes {
		usual += x.price / int64(len(wishes))
		if left -= x.taking; left < 0 && price == 0 {
			price = x.price
		}
	}
	for i := range w.duties {
		d := &w.duties[i]
		if s := &w.Sessions[d.Session]; !d.minibus {
			p.Duties[i] = max(0, price*int64(min(w.room(s, 1, 0), 8))+s.Opening)
		}
	}
	for i := range p.Rooms {
		p.Rooms[i] = price
	}
	w.confine(p)
	return p, max(usual, price, 1)
}

// usualBeta is the weight of the variance by which people are compared.
const usualBeta = one * 6 / 10

// usualTaking gives what somebody takes of a room when groups are as usual, in parts.
func usualTaking(permille int32) int64 {
	l := limit{beta: usualBeta}
	return l.weight(permille)
}

// seats estimates how many places all supervisors together can make in the week.
func (w *week) seats() (sum int64) {
	for i := range w.Staff {
		if from := w.from[i]; from == w.from[i+1] || w.duties[from].minibus {
			continue
		}
		minutes, best := int64(0), int64(0)
		for k := w.from[i]; k < w.from[i+1]; k++ {
			s := &w.Sessions[w.duties[k].Session]
			if room := int64(min(w.room(s, 1, 0), 100)); room > best {
				best = room
			}
			minutes = max(minutes, int64(s.Minutes))
		}
		sum += best * min(5, int64(w.Staff[i].Minutes)/max(1, minutes))
	}
	return sum
}

// alone gives what one session is worth to its person if it is their only one.
func (w *week) alone(i int32) int64 {
	a := &w.Arcs[i]
	who := &w.People[a.Person]
	v := a.Value + who.Worth.Of(a.Length)
	for _, f := range who.First {
		if f.Day >= w.Sessions[a.Session].Day {
			v += f.Worth
		}
	}
	return v
}
