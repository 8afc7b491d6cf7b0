package solver

import "github.com/communitypayback/payback/model"

// barredStop is a stop where a person may not be at some times.
type barredStop struct {
	stop  int16
	spans []model.Span
}

func (b *Builder) addCalls(barred func(ActorIx, int) []model.Span) {
	p := b.Problem
	p.barred = make([][]barredStop, p.NumActors(People))
	parallel(len(p.barred), func(i int) {
		for s := range p.Snapshot.Stops {
			if spans := barred(ActorIx(i), s); len(spans) > 0 {
				p.barred[i] = append(p.barred[i], barredStop{int16(s), spans})
			}
		}
	})
	b.addSettle(CallsAllowed, 0)
}

// aDay bounds how long before and after a session a minibus may call. A trip that is longer goes where there is no way, and its
// times mean nothing: it could call at any of them.
const aDay = 1440

// call gives the minute in which a minibus calls.
func call(session model.Span, at model.Instant) model.Span {
	if at < session.Start-aDay || at > session.End+aDay {
		return model.Span{Start: session.Start - aDay, End: session.End + aDay}
	}
	return model.Span{Start: at, End: at + 1}
}

// barredAt reports whether a person may not be at a stop some time during a span.
func (p *Problem) barredAt(a ActorIx, stop int16, during model.Span) bool {
	if p.barred == nil {
		return false
	}
	for _, x := range p.barred[a] {
		if x.stop != stop {
			continue
		}
		for _, s := range x.spans {
			if s.Overlaps(during) {
				return true
			}
		}
	}
	return false
}

// calledWhereBarred reports whether a rider may not be at a stop of a plan when it calls there.
func (p *Problem) calledWhereBarred(a ActorIx, t SessionIx, x *tripPlan, i int) bool {
	span := p.Session(t).Span
	return p.barredAt(a, x.stops[i], call(span, x.at[i])) || p.barredAt(a, x.stops[i], call(span, x.back[i]))
}

// barred tells which of a rider's near stops a trip should leave out: those where they may not be while a minibus may call,
// which is not known to the minute before the stops are chosen. All that are left out leave none out: a trip takes everybody,
// and who is called for in the wrong place is counted when it is settled.
func (r *router) barred(a ActorIx, t SessionIx, limit int32) (out [nearStops]bool) {
	if r.p.barred == nil || r.p.barred[a] == nil {
		return out
	}
	span, site, all := r.p.Session(t).Span, r.p.site(t), true
	for j, n := range r.p.near[a] {
		// From a trip that is as long as people may travel to one that drives straight.
		there, home := r.p.drive(int(n.stop), site), r.p.drive(site, int(n.stop))
		before := model.Span{Start: span.Start - model.Instant(max(limit, there)), End: span.Start - model.Instant(there) + 1}
		after := model.Span{Start: span.End + model.Instant(home), End: span.End + model.Instant(max(limit, home)) + 1}
		out[j] = r.p.barredAt(a, n.stop, before) || r.p.barredAt(a, n.stop, after)
		all = all && out[j]
	}
	if all {
		return [nearStops]bool{}
	}
	return out
}
