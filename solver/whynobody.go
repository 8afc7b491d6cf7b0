package solver

import "github.com/communitypayback/payback/model"

// Reach says who could still come to a session, and what stands against them as the roster stands.
type Reach struct {
	Session model.SessionKey
	Suits   int    // people whom the session suits by itself and who are not in it
	Funnel  []Step // what stands against them, one rule after the other
	Free    int    // who could join it as it is
	// Closed says that nobody is in it, although it needs a supervisor; Lack is the rule that keeps it so, or nil if it could be
	// opened and is not worth it.
	Closed bool
	Lack   *Constraint
}

// Reach looks at everybody who could come to a session: the question of [Explainer.WhyNot] from the other side. A session that
// the week does not have is a [model.Error] with CodeNotFound.
func (e *Explainer) Reach(session model.SessionKey) (*Reach, error) {
	t, ok := e.state.SessionIx(session)
	if !ok {
		return nil, model.Errorf(model.CodeNotFound, "found session %v, which week %v does not have", session, e.state.Snapshot.Week)
	}
	x := &Reach{Session: session, Closed: e.closed(t)}
	var all []Miss
	for _, a := range e.of[People][t] {
		if e.state.Has(a, t) {
			continue
		}
		if x.Closed && x.Lack == nil {
			x.Lack = e.lacking(a, t)
		}
		all = append(all, e.misses(a, []SessionIx{t})...)
	}
	x.Suits, x.Funnel = len(all), e.funnelOf(all)
	x.Free = len(all)
	if n := len(x.Funnel); n > 0 {
		x.Free = x.Funnel[n-1].Remaining
	}
	return x, nil
}
