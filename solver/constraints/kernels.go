package constraints

import (
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// What the kernels of several rules share. No words may use anything of this file.

// groups keeps the sessions of group projects, a column each.
func groups(b *solver.Builder) func(solver.SessionIx) []int32 {
	return b.EachSession(func(t solver.SessionIx) bool { return b.Project(t).Kind == model.Group })
}

// whileRunning gives a column for the start of each session, in which every session of its project counts that runs then.
func whileRunning(b *solver.Builder) func(solver.SessionIx) []int32 {
	of := make([][]int32, b.NumProjects())
	for t := range solver.SessionIx(b.NumSessions()) {
		k := b.ProjectIx(t)
		of[k] = append(of[k], int32(t))
	}
	return func(t solver.SessionIx) []int32 {
		var cells []int32
		span := b.Session(t).Span
		for _, u := range of[b.ProjectIx(t)] {
			if start := b.Session(solver.SessionIx(u)).Span.Start; span.Overlaps(model.Span{Start: start, End: start + 1}) {
				cells = append(cells, u)
			}
		}
		return cells
	}
}

// each weighs the actors of one kind 1 and the others 0.
func each(b *solver.Builder, kind solver.ActorKind) func(solver.ActorIx) int32 {
	return those(b, kind, func(solver.ActorIx) bool { return true })
}

// those weighs the actors of one kind of which something holds 1, and all others 0.
func those(b *solver.Builder, kind solver.ActorKind, holds func(a solver.ActorIx) bool) func(solver.ActorIx) int32 {
	return func(a solver.ActorIx) int32 {
		if b.Kind(a) == kind && holds(a) {
			return 1
		}
		return 0
	}
}

// constant is the same limit everywhere.
func constant(limit int32) func(row, col int32) int32 {
	return func(int32, int32) int32 { return limit }
}

// rowEach gives the actors of one kind a row each.
func rowEach(b *solver.Builder, kind solver.ActorKind) func(solver.ActorIx) int32 {
	return func(a solver.ActorIx) int32 {
		if b.Kind(a) == kind {
			return int32(a - b.First(kind))
		}
		return -1
	}
}

// forbidExcluded forbids people the projects that exclude a flag of theirs, among some.
func forbidExcluded(b *solver.Builder, some model.Flags) {
	b.ForbidProject(func(p *model.Person, at *model.Project) bool { return p.Flags&at.Excluded&some != 0 })
}

// period is some days of the week, both ends included.
type period struct{ first, last model.Date }

func (p period) holds(d model.Date) bool { return p.first <= d && d <= p.last }

// periods cuts the week into the longest runs of days on which a fact about every actor of a kind stays the same: a licence
// that ends on Wednesday cuts it in two.
func periods(b *solver.Builder, kind solver.ActorKind, fact func(a solver.ActorIx, d model.Date) int32) []period {
	monday := b.Snapshot.Week.Monday()
	same := func(d, e model.Date) bool {
		for i := range solver.ActorIx(b.NumActors(kind)) {
			if a := b.First(kind) + i; fact(a, d) != fact(a, e) {
				return false
			}
		}
		return true
	}
	out := []period{{monday, monday}}
	for d := monday + 1; d < monday+7; d++ {
		if last := &out[len(out)-1]; same(last.first, d) {
			last.last = d
			continue
		}
		out = append(out, period{d, d})
	}
	return out
}

// eventOf gives the requirement to which the engine books a person's appointments.
func eventOf(b *solver.Builder, a solver.ActorIx) int32 {
	if q := b.Current(a); q != nil {
		return q.Event
	}
	return b.Person(a).Requirements[0].Event
}

// reproduced gives the pair whose joining writes a published appointment again. False: the engine cannot write it.
func reproduced(b *solver.Builder, x *model.Appointment) (solver.ActorIx, solver.SessionIx, bool) {
	a, known := b.PersonIx(x.CRN)
	t, listed := b.SessionIx(x.Session)
	if !known || !listed || eventOf(b, a) != x.Event {
		return 0, 0, false
	}
	return a, t, true
}

// table is a list of sessions for each actor of a kind.
type table struct {
	first    solver.ActorIx
	sessions [][]solver.SessionIx
}

func newTable(b *solver.Builder, kind solver.ActorKind) table {
	return table{b.First(kind), make([][]solver.SessionIx, b.NumActors(kind))}
}

func (x table) add(a solver.ActorIx, t solver.SessionIx) {
	x.sessions[a-x.first] = append(x.sessions[a-x.first], t)
}

func (x table) has(a solver.ActorIx, t solver.SessionIx) bool {
	return slices.Contains(x.sessions[a-x.first], t)
}

// pinned lists the pairs that the published roster holds as decided by hand.
func pinned(b *solver.Builder) table {
	x := newTable(b, solver.People)
	if was := b.Snapshot.Published; was != nil {
		for i := range was.Appointments {
			if a, t, ok := reproduced(b, &was.Appointments[i]); ok && was.Appointments[i].Pinned {
				x.add(a, t)
			}
		}
	}
	return x
}

// told lists what was published, by kind, as far as the engine can write it again.
func told(b *solver.Builder) (people, supervisors, minibuses table) {
	people, supervisors, minibuses = newTable(b, solver.People), newTable(b, solver.Supervisors), newTable(b, solver.Minibuses)
	was := b.Snapshot.Published
	if was == nil {
		return people, supervisors, minibuses
	}
	for i := range was.Appointments {
		if a, t, ok := reproduced(b, &was.Appointments[i]); ok {
			people.add(a, t)
		}
	}
	for _, d := range was.Duties {
		a, known := b.SupervisorIx(d.Supervisor)
		if t, listed := b.SessionIx(d.Session); known && listed {
			supervisors.add(a, t)
		}
	}
	for i := range was.Trips {
		a, known := b.MinibusIx(was.Trips[i].Minibus)
		if t, listed := b.SessionIx(was.Trips[i].Session); known && listed {
			minibuses.add(a, t)
		}
	}
	return people, supervisors, minibuses
}
