package solver

import "github.com/communitypayback/payback/model"

// shortDays tells which part of a session people work who are not there for all of it; see [model.Snapshot.ShortDay].
type shortDays struct {
	minutes [][]int32 // by person and session; nil: every session is worked whole
	late    [][]int16 // by person and session: minutes after the session's start; nil likewise
}

// newShortDays tabulates only people with a short day somewhere.
func newShortDays(p *Problem) shortDays {
	n := p.NumActors(People)
	x := shortDays{make([][]int32, n), make([][]int16, n)}
	parallel(n, func(i int) {
		a := ActorIx(i)
		if len(p.Person(a).Caring) == 0 {
			return
		}
		for t := range SessionIx(p.NumSessions()) {
			k := p.project[t]
			if p.Rides(a, k) {
				continue // the minibus comes and goes for all at once
			}
			s := p.Session(t)
			own, short := p.Snapshot.ShortDay(p.Person(a), s, p.Own(a, k), p.OwnBack(a, k))
			if !short {
				continue
			}
			if x.minutes[a] == nil {
				x.minutes[a], x.late[a] = append([]int32(nil), p.minutes...), make([]int16, len(p.minutes))
			}
			x.minutes[a][t], x.late[a][t] = own.Minutes(), int16(own.Start-s.Span.Start)
		}
	})
	return x
}

// lengths gives the minutes of each session as an actor works it. The slice is shared and only read.
func (p *Problem) lengths(a ActorIx) []int32 {
	if int(a) < len(p.shortDays.minutes) {
		if own := p.shortDays.minutes[a]; own != nil {
			return own
		}
	}
	return p.minutes
}

// Works gives when a person works a session that is not their last, and whether that is a short day.
func (p *Problem) Works(a ActorIx, t SessionIx) (own model.Span, short bool) {
	own = p.Session(t).Span
	if p.shortDays.minutes[a] == nil || p.shortDays.minutes[a][t] == p.minutes[t] {
		return own, false
	}
	own.Start += model.Instant(p.shortDays.late[a][t])
	own.End = own.Start + model.Instant(p.shortDays.minutes[a][t])
	return own, true
}
