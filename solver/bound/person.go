package bound

import "github.com/communitypayback/payback/solver"

// weekOf finds the best week of one person at given prices: at most so many sessions a day, within the week's minutes. It keeps
// working memory; one belongs to one goroutine.
type weekOf struct {
	states  []personState
	next    []personState
	trail   []step
	options []option
	at      []int32 // by length: index into next, and one; zero between calls
	picked  []int32 // arcs of the last answer
}

// personState is the best way so far to have booked so many minutes.
type personState struct {
	length, worked int32
	value          int64
	last           int32 // index into trail, or -1
}

// step is one session taken, and the step before it.
type step struct{ arc, before int32 }

// option is the best session of a day of one length.
type option struct {
	length, worked int32
	value          int64
	arc            int32
}

// best gives what the best week of a person is worth. The arcs it takes are in picked.
func (x *weekOf) best(w *week, person int, p *Prices) int64 {
	who := &w.People[person]
	x.states, x.trail, x.picked = append(x.states[:0], personState{last: -1}), x.trail[:0], x.picked[:0]
	earned := int64(0)
	if who.Area >= 0 {
		earned = p.Areas[who.Area]
	}
	free := w.held[person] && x.fixed(w, who, p, earned)
	for from := who.From; from < who.To; {
		day, to := w.Sessions[w.Arcs[from].Session].Day, w.dayEnd[from]
		x.gather(w, who, from, to, p, earned)
		for range min(who.PerDay, to-from) {
			x.extend(who, day, free)
		}
		from = to
	}
	top, at := int64(0), -1
	for i := range x.states {
		s := &x.states[i]
		if v := s.value + who.Worth.Of(s.length); at < 0 || v > top {
			top, at = v, i
		}
	}
	for i := x.states[at].last; i >= 0; i = x.trail[i].before {
		x.picked = append(x.picked, x.trail[i].arc)
	}
	return top
}

// fixed takes what is fixed, or not, for some of it may break a rule either way. Whoever has such sessions is held to no limit
// besides, and has every first reward.
func (x *weekOf) fixed(w *week, who *solver.RelaxedPerson, p *Prices, earned int64) (free bool) {
	for i := who.From; i < who.To; i++ {
		if a := &w.Arcs[i]; a.Fixed {
			free = true
			x.options = append(x.options[:0], option{a.Length, a.Worked, a.Value + earned - p.Pairs[i], i})
			x.extend(who, 0, true)
		}
	}
	if free {
		for _, f := range who.First {
			for i := range x.states {
				x.states[i].value += max(0, f.Worth)
			}
		}
	}
	return free
}

// gather lists the best session of each length among some arcs, without those that nobody could gain by.
func (x *weekOf) gather(w *week, who *solver.RelaxedPerson, from, to int32, p *Prices, earned int64) {
	x.options = x.options[:0]
	most := max(who.Worth.First, who.Worth.Pace, who.Worth.Beyond, 0)
	first := int64(0)
	for _, f := range who.First {
		first += max(0, f.Worth)
	}
next:
	for i := from; i < to; i++ {
		a := &w.Arcs[i]
		if a.Fixed {
			continue
		}
		v := a.Value + earned - p.Pairs[i]
		if v+most*int64(a.Length)+first <= 0 {
			continue
		}
		for k := range x.options {
			if o := &x.options[k]; o.length == a.Length && o.worked == a.Worked {
				if v > o.value {
					o.value, o.arc = v, i
				}
				continue next
			}
		}
		x.options = append(x.options, option{a.Length, a.Worked, v, i})
	}
}

// extend adds one of the options, or none, to every state.
func (x *weekOf) extend(who *solver.RelaxedPerson, day int32, free bool) {
	x.next = append(x.next[:0], x.states...)
	for i := range x.next {
		x.mark(x.next[i].length, int32(i)+1)
	}
	for i := range x.states {
		s := x.states[i]
		if !free && who.Prefix >= 0 && s.worked >= who.Prefix {
			continue
		}
		first := int64(0)
		if s.last < 0 && !free {
			for _, f := range who.First {
				if f.Day >= day {
					first += f.Worth
				}
			}
		}
		for k := range x.options {
			o := &x.options[k]
			if !free && s.worked+o.worked > who.Limit {
				continue
			}
			x.put(personState{s.length + o.length, s.worked + o.worked, s.value + o.value + first, s.last}, o.arc)
		}
	}
	for i := range x.next {
		x.at[x.next[i].length] = 0
	}
	x.states, x.next = x.next, x.states
}

// mark notes where the state of a length is, counted from one.
func (x *weekOf) mark(length, index int32) {
	if int(length) >= len(x.at) {
		x.at = append(x.at, make([]int32, int(length)+1-len(x.at))...)
	}
	x.at[length] = index
}

// put keeps a state if it is the best with its length. Of two with one length the minutes worked are taken to be the fewer, which
// only allows more.
func (x *weekOf) put(s personState, arc int32) {
	if int(s.length) < len(x.at) {
		if i := x.at[s.length] - 1; i >= 0 && x.next[i].last >= 0 {
			old := &x.next[i]
			old.worked = min(old.worked, s.worked)
			if old.value >= s.value {
				return
			}
			x.trail = append(x.trail, step{arc, s.last})
			*old = personState{s.length, old.worked, s.value, int32(len(x.trail) - 1)}
			return
		}
	}
	x.trail = append(x.trail, step{arc, s.last})
	s.last = int32(len(x.trail) - 1)
	x.next = append(x.next, s)
	x.mark(s.length, int32(len(x.next)))
}
