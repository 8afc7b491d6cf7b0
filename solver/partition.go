package solver

import (
	"math/rand/v2"
	"slices"

	"github.com/communitypayback/payback/model"
)

// partition splits a state's sessions and actors into parts that can be improved at the same time. Sessions go by team, or
// by project where there are few teams, at random each round, so that in time everything meets everything. An actor belongs
// to the part that holds all its sessions; who has none is dealt out; who is in two parts stays as they are this round.
type partition struct {
	part  []int8 // by session
	owner []int8 // by actor; -1: nobody's this round
}

// parts gives how many parts a problem of so many running sessions is worked on in. It never depends on the machine.
func (p *Problem) parts() int {
	switch n := p.NumSessions(); {
	case n < 60:
		return 1
	case n < 400:
		return 2
	default:
		return 4
	}
}

func (s *State) split(parts int, rng *rand.Rand) partition {
	x := partition{part: make([]int8, s.NumSessions()), owner: make([]int8, s.first[kinds])}
	if parts == 1 {
		return x
	}
	x.assignSessions(s, parts, rng)
	for a := range x.owner {
		joined := s.joined[a]
		if len(joined) == 0 {
			x.owner[a] = int8(rng.IntN(parts))
			continue
		}
		x.owner[a] = x.part[joined[0]]
		for _, t := range joined[1:] {
			if x.part[t] != x.owner[a] {
				x.owner[a] = -1
			}
		}
	}
	return x
}

// assignSessions deals teams or projects out to the parts, the part with the fewest sessions first.
func (x *partition) assignSessions(s *State, parts int, rng *rand.Rand) {
	sn := s.Snapshot
	group := make([]int, len(sn.Projects))
	groups := len(sn.Projects)
	teams := make([]model.TeamCode, 0, len(sn.Teams))
	for i := range sn.Projects {
		teams = append(teams, sn.Projects[i].Team)
	}
	slices.Sort(teams)
	teams = slices.Compact(teams)
	byTeam := len(teams) >= 2*parts && rng.IntN(4) > 0
	for i := range sn.Projects {
		group[i] = i
		if byTeam {
			group[i], _ = slices.BinarySearch(teams, sn.Projects[i].Team)
		}
	}
	if byTeam {
		groups = len(teams)
	}
	size := make([]int, groups)
	for t := range s.project {
		size[group[s.project[t]]]++
	}
	load, dealt := make([]int, parts), make([]int8, groups)
	for _, g := range rng.Perm(groups) {
		least := 0
		for i := range load {
			if load[i] < load[least] {
				least = i
			}
		}
		dealt[g] = int8(least)
		load[least] += size[g]
	}
	for t := range x.part {
		x.part[t] = dealt[group[s.project[t]]]
	}
}

// own makes a search the owner of one part.
func (x *partition) own(s *search, part int8) {
	for t := range s.ours {
		s.ours[t] = x.part[t] == part
	}
	for a := range s.owned {
		s.owned[a] = x.owner[a] == part
	}
	s.collect()
}

// merge brings what one part's search made of its actors into the main state. If together with the other parts it breaks
// something more, the part's round is lost.
func (s *State) merge(o *search) {
	was, mark := s.Settle(), s.Mark()
	for a := range ActorIx(len(s.joined)) {
		if !o.owned[a] || slices.Equal(s.joined[a], o.joined[a]) {
			continue
		}
		for i := len(s.joined[a]) - 1; i >= 0; i-- {
			if t := s.joined[a][i]; !o.Has(a, t) {
				s.Leave(a, t)
			}
		}
		for _, t := range o.joined[a] {
			if !s.Has(a, t) {
				s.Join(a, t)
			}
		}
	}
	if s.Settle()[Hard] > was[Hard] {
		s.Undo(mark)
		s.Settle()
	}
	s.Commit()
}
