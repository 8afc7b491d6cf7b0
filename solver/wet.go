package solver

import (
	"slices"
	"sync/atomic"

	"github.com/communitypayback/payback/model"
)

// Wet declares which groups move indoors when it rains and who may take them in. Which host takes which group is not a
// choice of the search: it follows from the members of all groups; see [State.packWet]. Each group with people that is left
// without a host is one broken case.
type Wet struct {
	// Exposed says whether a session moves when it rains.
	Exposed func(t SessionIx) bool
	// Hosts lists the projects that are open for the whole of a session and may take its group, the best first. Fewer than
	// maxHosts of them are looked at.
	Hosts func(t SessionIx) []int32
	// Held gives the host that may not be changed any more, or -1. Nobody else takes the room of a held group.
	Held func(t SessionIx) int32
	// Alone says whether a group may use a host only while nobody else is there.
	Alone func(t SessionIx, host int32) bool
	// Room gives how many places a host has for groups that move in, over all that are there at one time.
	Room func(host int32) int32
	// Takes gives how many places a person takes, and Most the most that a group takes with so many supervisors.
	Takes func(a ActorIx) int32
	Most  func(t SessionIx, supervisors int32) int32
}

// Wet switches on the exact part that finds wet plans.
func (b *Builder) Wet(w Wet) {
	b.wet.declared, b.wet.constraint, b.wet.any = w, b.current, true
}

// ForbidHost declares which hosts do not suit a person when the group of a session moves there. What ForbidProject says of a
// project holds for hosts as well and need not be declared again.
func (b *Builder) ForbidHost(broken func(a ActorIx, t SessionIx, host int32) bool) {
	b.wet.forbids = append(b.wet.forbids, broken)
}

// Shun declares whom people may not meet among supervisors: somebody meets all of one host at one time. Each bit is a reason,
// which a person has or a supervisor gives.
func (b *Builder) Shun(person, supervisor func(a ActorIx) uint8) {
	b.wet.shuns, b.wet.shunned = person, supervisor
}

// Company declares that those who count are none or at least so many among everybody in the sessions of a kind. At a host,
// a session with fewer shares its time with none of the others.
func (b *Builder) Company(least int32, counts func(a ActorIx) bool, among func(t SessionIx) bool) {
	b.wet.least, b.wet.counts, b.wet.among = least, counts, among
}

// maxHosts bounds the hosts that are looked at for one session.
const maxHosts = 32

// noHost stands for no wet plan.
const noHost = int8(-1)

// wet is the compiled Wet.
type wet struct {
	any        bool
	constraint int
	declared   Wet
	forbids    []func(ActorIx, SessionIx, int32) bool
	barred     []func(*model.Person, *model.Project) bool // what ForbidProject says
	shuns      func(ActorIx) uint8
	shunned    func(ActorIx) uint8
	least      int32
	counts     func(ActorIx) bool
	among      func(SessionIx) bool

	exposed []int32         // by session: its index among those that move, or -1
	moves   []SessionIx     // the sessions that move
	hosts   [][]host        // by index of exposed, the best first
	suits   []atomic.Uint32 // person x index of exposed; see suitsOf
	takes   []int32         // by person
	shun    []uint8         // by person: reasons; by supervisor: reasons they give
	counted []bool          // by person
	held    []int8          // by index of exposed: the host that may not be changed, or noHost

	parts  [][]SessionIx // sessions that compete for hosts, directly or by others
	partOf [][]int32     // by session, those at hosts too: the parts in which it matters; nil: it does not
}

// host is one project that may take a group.
type host struct {
	project int32
	room    int32
	alone   bool
	shut    bool        // only there because it is held: it is not open for the group
	own     []SessionIx // the host's own sessions that overlap the group's
}

// arrangeWet tabulates what was declared, once every constraint has spoken.
func (p *Problem) arrangeWet() {
	w := &p.wet
	if !w.any {
		return
	}
	n := p.NumSessions()
	w.exposed = make([]int32, n)
	at := make([][]SessionIx, p.projects)
	for t := range SessionIx(n) {
		w.exposed[t] = -1
		at[p.project[t]] = append(at[p.project[t]], t)
		if w.declared.Exposed(t) {
			w.exposed[t] = int32(len(w.moves))
			w.moves = append(w.moves, t)
		}
	}
	w.hosts, w.held = make([][]host, len(w.moves)), make([]int8, len(w.moves))
	for i, t := range w.moves {
		open := w.declared.Hosts(t)
		open = open[:min(len(open), maxHosts-1)]
		held, may := w.declared.Held(t), len(open)
		if held >= 0 && !slices.Contains(open, held) {
			open = append(slices.Clone(open), held)
		}
		w.held[i] = noHost
		for k, project := range open {
			h := host{project: project, room: w.declared.Room(project), alone: w.declared.Alone(t, project), shut: k >= may}
			for _, u := range at[project] {
				if p.Session(u).Span.Overlaps(p.Session(t).Span) {
					h.own = append(h.own, u)
				}
			}
			if project == held {
				w.held[i] = int8(k)
			}
			w.hosts[i] = append(w.hosts[i], h)
		}
	}
	p.fillPeople()
	p.divideWet()
}

// fillPeople tabulates what is known of people and supervisors.
func (p *Problem) fillPeople() {
	w := &p.wet
	people := p.NumActors(People)
	w.suits, w.takes, w.counted = make([]atomic.Uint32, people*len(w.moves)), make([]int32, people), make([]bool, people)
	w.shun = make([]uint8, p.first[Minibuses])
	for i := range p.forbids {
		if f := p.forbids[i].project; f != nil {
			w.barred = append(w.barred, f)
		}
	}
	parallel(people, func(i int) {
		a := ActorIx(i)
		w.takes[i] = w.declared.Takes(a)
		w.counted[i] = w.counts != nil && w.counts(a)
		if w.shuns != nil {
			w.shun[i] = w.shuns(a)
		}
	})
	if w.shunned != nil {
		for a := p.first[Supervisors]; a < p.first[Minibuses]; a++ {
			w.shun[a] = w.shunned(a)
		}
	}
}

// suitsKnown marks a mask of hosts as worked out. No mask holds this bit, for at that place is only a host that is shut.
const suitsKnown = uint32(1) << (maxHosts - 1)

// suitsOf gives the hosts that suit a person when a session moves, a bit each. It is worked out when it is first asked, by
// whoever does: the answer follows from the problem alone, so that it does not matter who is first, or if several are.
func (p *Problem) suitsOf(a ActorIx, t SessionIx) uint32 {
	at := &p.wet.suits[int(a)*len(p.wet.moves)+int(p.wet.exposed[t])]
	mask := at.Load()
	if mask == 0 {
		mask = p.findSuits(a, t) | suitsKnown
		at.Store(mask)
	}
	return mask &^ suitsKnown
}

// suitsAny reports whether any host suits a person when a session moves. Which ones is not kept: most are asked about this alone.
func (p *Problem) suitsAny(a ActorIx, t SessionIx) bool {
	i := p.wet.exposed[t]
	if mask := p.wet.suits[int(a)*len(p.wet.moves)+int(i)].Load(); mask != 0 {
		return mask != suitsKnown
	}
	for k := range p.wet.hosts[i] {
		if h := &p.wet.hosts[i][k]; !h.shut && p.suited(a, t, h.project) {
			return true
		}
	}
	return false
}

// findSuits asks every constraint about a person and the hosts of a session.
func (p *Problem) findSuits(a ActorIx, t SessionIx) (mask uint32) {
	for k := range p.wet.hosts[p.wet.exposed[t]] {
		if h := &p.wet.hosts[p.wet.exposed[t]][k]; !h.shut && p.suited(a, t, h.project) {
			mask |= 1 << k
		}
	}
	return mask
}

func (p *Problem) suited(a ActorIx, t SessionIx, project int32) bool {
	for _, broken := range p.wet.barred {
		if broken(p.Person(a), p.ProjectAt(project)) {
			return false
		}
	}
	for _, broken := range p.wet.forbids {
		if broken(a, t, project) {
			return false
		}
	}
	return true
}

// divideWet finds which sessions compete: those that overlap and have a host in common, and so on.
func (p *Problem) divideWet() {
	w := &p.wet
	part := make([]int, len(w.moves))
	for i := range part {
		part[i] = i
	}
	root := func(i int) int {
		for part[i] != i {
			i = part[i]
		}
		return i
	}
	shared := func(i, j int) bool {
		return slices.ContainsFunc(w.hosts[i], func(h host) bool {
			return slices.ContainsFunc(w.hosts[j], func(g host) bool { return g.project == h.project })
		})
	}
	for i, t := range w.moves {
		for j := i + 1; j < len(w.moves); j++ { // sessions are in order of time
			u := w.moves[j]
			if p.Session(u).Key.Date > p.Session(t).Key.Date+1 {
				break
			}
			if p.Session(t).Span.Overlaps(p.Session(u).Span) && root(i) != root(j) && shared(i, j) {
				part[max(root(i), root(j))] = min(root(i), root(j))
			}
		}
	}
	index := make([]int32, len(w.moves)) // of a root's part, and one
	w.partOf = make([][]int32, p.NumSessions())
	note := func(t SessionIx, k int32) {
		if !slices.Contains(w.partOf[t], k) {
			w.partOf[t] = append(w.partOf[t], k)
		}
	}
	for i, t := range w.moves {
		r := root(i)
		if index[r] == 0 {
			w.parts = append(w.parts, nil)
			index[r] = int32(len(w.parts))
		}
		k := index[r] - 1
		w.parts[k] = append(w.parts[k], t)
		note(t, k)
		for _, h := range w.hosts[i] {
			for _, u := range h.own {
				note(u, k)
			}
		}
	}
}
