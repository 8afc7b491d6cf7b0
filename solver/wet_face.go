package solver

import (
	"slices"

	"github.com/communitypayback/payback/model"
)

// face is what wet plans need to know of one session: of a group that moves, and of those already at a host. It is a pure
// function of the session's members and trips.
type face struct {
	mask    uint32 // bit i: the i-th host suits everybody of the group
	need    int32  // places it takes at a host
	shun    uint8  // reasons not to meet supervisors, of everybody
	shunned uint8  // reasons that its supervisors give
	people  bool   // has any
	lone    bool   // has too few of those who are none or several
	tied    bool   // has somebody who must not meet somebody
}

// faceOf works a session's face out.
func (s *State) faceOf(t SessionIx) (f face) {
	var (
		w      = &s.wet
		x      = w.exposed[t]
		people = s.members[People][t]
		few    int32
	)
	f.people = len(people) > 0
	for _, a := range people {
		f.shun |= w.shun[a]
		f.need += w.takes[a]
		if w.counted[a] {
			few++
		}
		f.tied = f.tied || s.apart.enemies != nil && s.apart.enemies[a] != nil
	}
	for _, k := range s.members[Supervisors][t] {
		f.shunned |= w.shun[k]
	}
	f.lone = 0 < few && few < w.least && w.among(t)
	if x < 0 {
		f.need = 0
		return f
	}
	f.need = min(f.need, w.declared.Most(t, int32(len(s.members[Supervisors][t]))))
	f.mask = s.hostsOfAll(t) & s.hostsInReach(t)
	return f
}

// hostsOfAll gives the hosts that suit every member of a group that moves.
func (s *State) hostsOfAll(t SessionIx) uint32 {
	mask := uint32(1)<<len(s.wet.hosts[s.wet.exposed[t]]) - 1 // all, for 32 as well
	for _, a := range s.members[People][t] {
		mask &= s.suitsOf(a, t)
	}
	return mask
}

// hostsInReach gives the hosts to which the planned trips of a group may go instead: by the same stops in the same order,
// everybody within their limit and their free time.
func (s *State) hostsInReach(t SessionIx) uint32 {
	plan, all := s.plans[t], ^uint32(0)
	if plan == nil || len(plan.stops) == 0 {
		return all
	}
	var (
		last     = int(plan.stops[len(plan.stops)-1])
		site     = s.site(t)
		span     = s.Session(t).Span
		out, bck = s.drive(last, site), s.drive(site, last)
	)
	for k := range s.wet.hosts[s.wet.exposed[t]] {
		node := s.stops + int(s.wet.hosts[s.wet.exposed[t]][k].project)
		longer, later := s.drive(last, node)-out, s.drive(node, last)-bck
		if longer <= 0 && later <= 0 {
			continue // no worse than the dry way
		}
		for i, a := range plan.riders {
			if plan.stopOf[i] < 0 {
				continue
			}
			there, home := s.way(t, plan, i)
			person := s.Person(a)
			if s.settle.on[RideWithinLimit] && there+longer > s.Snapshot.TravelLimit(person) ||
				s.settle.on[RideWithinFree] && !model.Covered(person.Free, around(span, there+longer, home+later)) {
				all &^= 1 << k
				break
			}
		}
	}
	return all
}

// mayMeet reports whether two sessions may be at one host at the same time.
func (s *State) mayMeet(t, u SessionIx) bool {
	f, g := &s.faces[t], &s.faces[u]
	if f.shun&g.shunned != 0 || g.shun&f.shunned != 0 || g.people && f.lone || f.people && g.lone {
		return false
	}
	if !f.tied || !g.tied {
		return true
	}
	for _, a := range s.members[People][t] {
		for _, e := range s.apart.enemies[a] {
			if _, there := slices.BinarySearch(s.joined[e.who], u); there {
				return false
			}
		}
	}
	return true
}

// watchWet notes that a session's face may be another now.
func (s *State) watchWet(t SessionIx) {
	if s.wet.any && s.wet.partOf[t] != nil {
		s.dirtyWet.add(int32(t))
	}
}

// settleWet finds the wet plans anew where a face changed.
func (s *State) settleWet() {
	if len(s.dirtyWet.list) == 0 {
		return
	}
	for _, i := range s.dirtyWet.list {
		old, now := s.faces[i], s.faceOf(SessionIx(i))
		if old == now && !now.tied {
			continue
		}
		s.journal = append(s.journal, entry{op: opFace, index: i})
		s.faceLog = append(s.faceLog, old)
		s.faces[i] = now
		for _, k := range s.wet.partOf[i] {
			s.dirtyPart.add(k)
		}
	}
	s.dirtyWet.clear()
	for _, k := range s.dirtyPart.list {
		s.packWet(s.wet.parts[k])
	}
	s.dirtyPart.clear()
}

// setHost records where a group moves.
func (s *State) setHost(t SessionIx, k int8) {
	old := s.moved[t]
	if old == k {
		return
	}
	s.journal = append(s.journal, entry{op: opHost, index: int32(t), old: Score{int64(old)}})
	s.putHost(t, k)
}

func (s *State) putHost(t SessionIx, k int8) {
	s.settled[Hard] += caseOfHost(k) - caseOfHost(s.moved[t])
	s.moved[t] = k
}

// caseOfHost counts a group without a host as a broken case.
func caseOfHost(k int8) int64 {
	if k == leftOut {
		return 1
	}
	return 0
}

// writeWetPlan writes where the group of a session moves.
func (s *State) writeWetPlan(r *model.Roster, t SessionIx) {
	if s.wet.any && s.moved[t] >= 0 {
		h := s.wet.hosts[s.wet.exposed[t]][s.moved[t]]
		r.WetPlans = append(r.WetPlans, model.WetPlan{Session: s.Session(t).Key, Host: s.ProjectAt(h.project).Code})
	}
}
