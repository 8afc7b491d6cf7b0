package solver

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
)

// Recommendation lists who or what would do best in a roster, and what stands against the others.
type Recommendation struct {
	Considered int      // candidates that were looked at
	Options    []Option // best first; the words have found that none breaks a rule more than the roster does
	// Funnel says what takes the other candidates away, one rule after the other. It is worked out where fewer options are found
	// than were asked for.
	Funnel  []Step
	Nearest []Refused // then also those that come nearest, the nearest first; a few
	// Untried is how many candidates nothing in the counters stands against, or which would have to be opened, and that were not
	// looked at more closely, since one answer may take only so much work. The funnel may leave some of them.
	Untried int
}

// Option is a small change of a roster that somebody may choose.
type Option struct {
	Move // who or what is recommended, and for which session
	// With lists what has to come along: whoever opens a session that does not run. None: nothing has to.
	With []Move
	// Opens says that the session does not run, and that the change makes it run.
	Opens bool
	// Retimed are people who keep their sessions, but not the times or the pick-up they were given.
	Retimed []model.CRN
	// Change is by how much the score changes, trips and wet plans worked out. It never has more broken cases.
	Change Score
	By     []RulePrice // what each rule adds to the price; it sums to that of Change
	Mends  []Violation // cases that the words find in the roster, and after the change not as much
}

// Refused is a candidate that something stands against.
type Refused struct {
	Move
	Against []Obstacle
}

// Moves lists all that an option changes, the recommended first.
func (o *Option) Moves() []Move { return append([]Move{o.Move}, o.With...) }

// RecommendSessions gives the best n sessions for a person: besides those they have, or instead of one of them. A person or
// session that there is not is a [model.Error] with CodeNotFound.
func (e *Explainer) RecommendSessions(who model.CRN, instead model.SessionKey, n int) (*Recommendation, error) {
	a, err := e.person(who)
	if err != nil {
		return nil, err
	}
	x := &asker{Explainer: e, want: n}
	if instead != (model.SessionKey{}) {
		if x.from, err = e.placedIn(a, string(who), instead); err != nil {
			return nil, err
		}
		x.leaves = []step{{a, x.from, -1}}
	}
	for t := range SessionIx(e.state.NumSessions()) {
		if !e.state.Has(a, t) {
			x.all = append(x.all, pair{a, t})
		}
	}
	return x.answer(), nil
}

// RecommendPeople gives the best n people for a session, whoever else they are in. A session that there is not is a
// [model.Error] with CodeNotFound.
func (e *Explainer) RecommendPeople(session model.SessionKey, n int) (*Recommendation, error) {
	return e.recommendInto(People, session, "", n)
}

// RecommendSupervisors gives the best n supervisors for a session: besides those it has, or instead of one of them. A session or
// supervisor that there is not is a [model.Error] with CodeNotFound.
func (e *Explainer) RecommendSupervisors(session model.SessionKey, instead model.SupervisorCode, n int) (*Recommendation, error) {
	return e.recommendInto(Supervisors, session, string(instead), n)
}

// RecommendMinibuses gives the best n minibuses for a session: besides those it has, or instead of one of them. A session or
// minibus that there is not is a [model.Error] with CodeNotFound.
func (e *Explainer) RecommendMinibuses(session model.SessionKey, instead model.Registration, n int) (*Recommendation, error) {
	return e.recommendInto(Minibuses, session, string(instead), n)
}

// recommendInto ranks the actors of a kind for a session.
func (e *Explainer) recommendInto(k ActorKind, session model.SessionKey, instead string, n int) (*Recommendation, error) {
	s := e.state
	t, ok := s.SessionIx(session)
	if !ok {
		return nil, model.Errorf(model.CodeNotFound, "found session %v, which week %v does not have", session, s.Snapshot.Week)
	}
	x := &asker{Explainer: e, want: n}
	if instead != "" {
		out, known := s.SupervisorIx(model.SupervisorCode(instead))
		if k == Minibuses {
			out, known = s.MinibusIx(model.Registration(instead))
		}
		if !known {
			return nil, model.Errorf(model.CodeNotFound, "found %s, which week %v does not have; expected one of session %v", instead, s.Snapshot.Week, session)
		}
		if x.from, ok = t, s.Has(out, t); !ok {
			return nil, notThere(instead, session)
		}
		x.leaves = []step{{out, t, -1}}
	}
	x.all = x.into(k, t)
	return x.answer(), nil
}

// into lists who or what may be asked to join a session. Of the people, those whom it suits by itself.
func (e *Explainer) into(k ActorKind, t SessionIx) (all []pair) {
	for _, a := range e.of[k][t] {
		if !e.state.Has(a, t) {
			all = append(all, pair{a, t})
		}
	}
	for a := e.state.first[k]; k != People && a < e.state.first[k+1]; a++ {
		if !e.state.Allowed(a, t) && !e.state.Has(a, t) {
			all = append(all, pair{a, t})
		}
	}
	return all
}

func notThere(name string, session model.SessionKey) error {
	return model.Errorf(model.CodeNotFound, "found %s not in session %v of this roster; expected somebody or something that is", name, session)
}

// placedIn finds a session that an actor is in.
func (e *Explainer) placedIn(a ActorIx, name string, session model.SessionKey) (SessionIx, error) {
	t, ok := e.state.SessionIx(session)
	if !ok || !e.state.Has(a, t) {
		return 0, notThere(name, session)
	}
	return t, nil
}

// asker answers one question: which of some pairs would do best.
type asker struct {
	*Explainer
	want   int
	all    []pair
	leaves []step    // what leaves first
	from   SessionIx // where it leaves; read only with leaves
	lost   []Score   // by constraint: what the leaving changes

	exactCases int64             // broken by trips and wet plans before anything joins
	ready      []ranked          // that the counters let join, the cheapest first
	shut       []ranked          // in sessions that do not run, the cheapest first
	exact      map[pair]Obstacle // of those that were tried: what only trips or wet plans show; looked up only
	untried    int
	chosen     []pair  // of the options, in their order
	list       []int   // working memory
	by         []Score // working memory
}

// prospect is a pair as it was tried.
type prospect struct {
	pair
	steps []step // the leaving, the joining, then what comes along
	score Score  // of the roster with it
	opens bool
}

func (x *prospect) compare(y prospect) int {
	return cmp.Or(cmp.Compare(x.score[Hard], y.score[Hard]), cmp.Compare(x.score[Soft], y.score[Soft]), cmp.Compare(x.session, y.session),
		cmp.Compare(x.actor, y.actor))
}

// answer ranks the pairs, has the words look at the best, and says what stands against the others if they are too few.
func (x *asker) answer() *Recommendation {
	r := &Recommendation{Considered: len(x.all)}
	x.Prepare() // before anything changes
	x.exact = map[pair]Obstacle{}
	var found []prospect
	x.try(func() {
		x.leave()
		found = x.best()
	})
	for i := range found {
		if len(r.Options) == x.want {
			return r
		}
		if o := x.option(&found[i]); o != nil {
			r.Options, x.chosen = append(r.Options, *o), append(x.chosen, found[i].pair)
		}
	}
	x.try(func() {
		x.leave()
		x.refuse(r)
	})
	return r
}

// leave makes the leaving steps.
func (x *asker) leave() {
	x.lost = make([]Score, len(x.state.constraints))
	for _, y := range x.leaves {
		x.state.deltaInto(x.lost, y.actor, y.from, -1)
		x.state.Leave(y.actor, y.from)
	}
	x.state.Settle()
	x.exactCases = x.state.settled[Hard]
}

// move says what becomes of an actor.
func (x *asker) move(a ActorIx, from, to SessionIx) Move {
	var m Move
	switch x.state.Kind(a) {
	case People:
		m.Person = x.state.Person(a).CRN
	case Supervisors:
		m.Supervisor = x.state.Supervisor(a).Code
	default:
		m.Minibus = x.state.Minibus(a).Registration
	}
	if from >= 0 {
		m.From = x.state.Session(from).Key
	}
	if to >= 0 {
		m.To = x.state.Session(to).Key
	}
	return m
}

// moves turns the steps of a candidate into the recommended move and the others. Somebody who leaves one session for another
// makes one move.
func (x *asker) moves(c *prospect) (first Move, with []Move) {
	from := SessionIx(-1)
	for _, y := range x.leaves {
		if y.actor == c.actor {
			from = y.from
			continue
		}
		with = append(with, x.move(y.actor, y.from, -1))
	}
	for _, y := range c.steps[len(x.leaves)+1:] {
		with = append(with, x.move(y.actor, y.from, y.to))
	}
	return x.move(c.actor, from, c.session), slices.Clip(with)
}
