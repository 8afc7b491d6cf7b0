package bound

// settled gives what the best few prices stand for. They belong to x.
func (x *tied) settled() *Prices {
	x.spellRest(x.top)
	x.spell(x.top, 0, len(x.w.People))
	return x.prices
}

// spellRest writes what few prices stand for, but for pairs.
func (x *tied) spellRest(f *fewPrices) {
	w, p := x.w, x.prices
	p.copyFrom(f.shared)
	for i := range w.duties {
		d := &w.duties[i]
		if d.minibus {
			p.Duties[i] = f.bus[d.Session]
		} else {
			p.Duties[i] = f.lead[d.Session]
		}
	}
	for t := range w.groups {
		g := &w.groups[t]
		for n := range int32(g.teams) + 1 {
			p.Rooms[g.rooms+n] = f.room[t]
			if g.seating[n].priced {
				p.Seats[g.rooms+n] = f.seat[t]
			}
		}
		x.base[t] = 0
		if r := w.Sessions[t].Rain; r >= 0 {
			x.base[t] += f.shared.Rain[r]
		}
		for _, r := range g.rows {
			x.base[t] += f.shared.Rows[r]
		}
	}
}

// spell writes what few prices stand for, for the pairs of some people; spellRest goes before.
func (x *tied) spell(f *fewPrices, from, to int) {
	for person := from; person < to; person++ {
		for i := x.w.People[person].From; i < x.w.People[person].To; i++ {
			o := &x.loads[i]
			x.prices.Pairs[i] = mul(f.room[o.session], int64(o.room)) + mul(f.seat[o.session], int64(o.seats)) + x.base[o.session] - o.worth
		}
	}
}
