package solver

import "github.com/communitypayback/payback/model/forecast"

// chances tell how likely people are to come to sessions, as [model.Snapshot.ComesFrom] does, without asking the calendar for
// each pair.
type chances struct {
	traits []forecast.Traits // by session: what of it matters, whoever comes
	effect [256]int32        // by set of traits: what it adds, in permille
}

func newChances(p *Problem) chances {
	x := chances{traits: make([]forecast.Traits, p.NumSessions())}
	for t := range x.traits {
		x.traits[t] = p.Snapshot.SessionTraits(p.Project(SessionIx(t)), p.Session(SessionIx(t)).Key.Date)
	}
	for set := range x.effect {
		x.effect[set] = p.Snapshot.Attendance.Effects.Of(forecast.Traits(set))
	}
	return x
}

// Comes gives how likely a person is to come to a session, in permille; see [model.Snapshot.Comes].
func (p *Problem) Comes(a ActorIx, t SessionIx) int32 {
	person := p.Person(a)
	way := p.Snapshot.WayTraits(person.Outcomes == 0, p.Own(a, p.project[t]))
	return p.Snapshot.ComesBy(person, p.chances.effect[p.chances.traits[t]|way])
}

// Counted gives the chance at which a person counts as coming to a session, in permille; see [model.Snapshot.Counted].
func (p *Problem) Counted(a ActorIx, t SessionIx) int32 {
	if p.Person(a).Outcomes == 0 {
		return 1000
	}
	return p.Comes(a, t)
}
