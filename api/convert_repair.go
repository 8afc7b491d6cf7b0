package api

import (
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

// RecommendMessage tells a recommendation.
func RecommendMessage(r *solver.Recommendation, x *scheduler.Explained) *paybackv1.RecommendResponse {
	return &paybackv1.RecommendResponse{Options: optionMessages(r.Options, x.Cases), Considered: count(r.Considered), Funnel: stepMessages(r.Funnel),
		Nearest: refusedMessages(r.Nearest), Untried: count(r.Untried), AsOf: instantMoment(x.Snapshot.AsOf)}
}

func optionMessages(all []solver.Option, cases func([]solver.Violation) []scheduler.Case) []*paybackv1.RecommendedOption {
	var out []*paybackv1.RecommendedOption
	for i := range all {
		o := &all[i]
		out = append(out, &paybackv1.RecommendedOption{Move: moveMessage(o.Move), With: moveMessages(o.With), Opens: o.Opens, RetimedCrns: texts(o.Retimed),
			CostMillipoints: o.Change[solver.Soft], ByRule: shareMessages(o.By), Mends: caseMessages(cases(o.Mends))})
	}
	return out
}

func refusedMessages(all []solver.Refused) []*paybackv1.RefusedOption {
	var out []*paybackv1.RefusedOption
	for _, n := range all {
		m := &paybackv1.RefusedOption{Move: moveMessage(n.Move)}
		for _, o := range n.Against {
			m.BlockedBy = append(m.BlockedBy, &paybackv1.Obstacle{Rule: o.Rule.ID, Title: o.Rule.Title, Fact: o.Fact, Cases: o.Cases, Messages: o.Words})
		}
		out = append(out, m)
	}
	return out
}

func moveMessage(v solver.Move) *paybackv1.RosterMove {
	return &paybackv1.RosterMove{Crn: string(v.Person), SupervisorOfficerCode: string(v.Supervisor), Minibus: string(v.Minibus),
		FromSession: sessionText(v.From), ToSession: sessionText(v.To)}
}

func moveMessages(all []solver.Move) []*paybackv1.RosterMove {
	var out []*paybackv1.RosterMove
	for _, v := range all {
		out = append(out, moveMessage(v))
	}
	return out
}

// RepairMessage tells a repair.
func RepairMessage(x *scheduler.Repairing) (*paybackv1.ProposeRepairsResponse, error) {
	cases := x.Cases
	m := &paybackv1.ProposeRepairsResponse{Broken: caseMessages(cases(x.Broken)), AsOf: instantMoment(x.Snapshot.AsOf)}
	for i := range x.Options {
		o, err := repairedMessage(i+1, &x.Options[i], cases)
		if err != nil {
			return nil, err
		}
		m.Options = append(m.Options, o)
	}
	for i := range x.Curve {
		o, err := repairedMessage(i+1, &x.Curve[i].Repaired, cases)
		if err != nil {
			return nil, err
		}
		m.Curve = append(m.Curve, &paybackv1.RepairPoint{PeopleToTell: count(x.Curve[i].Budget), Option: o})
	}
	for _, c := range x.Cover {
		kind := paybackv1.RecommendKind_RECOMMEND_KIND_SUPERVISORS
		if c.Kind == solver.Minibuses {
			kind = paybackv1.RecommendKind_RECOMMEND_KIND_MINIBUSES
		}
		m.Cover = append(m.Cover, &paybackv1.RepairCover{Session: c.Session.String(), Kind: kind, Options: optionMessages(c.Options, cases),
			Funnel: stepMessages(c.Funnel), Nearest: refusedMessages(c.Nearest)})
	}
	for _, w := range x.Moved {
		m.Moved = append(m.Moved, &paybackv1.WetMove{Session: w.Session.String(), WetProjectCode: string(w.Host)})
	}
	return m, nil
}

func repairedMessage(number int, o *solver.Repaired, cases func([]solver.Violation) []scheduler.Case) (*paybackv1.RepairOption, error) {
	digest, err := scheduler.OptionDigest(o.Roster)
	if err != nil {
		return nil, err
	}
	return &paybackv1.RepairOption{Number: count(number), Digest: digest.String(), Moves: moveMessages(o.Moves), TellCrns: texts(o.Told), RetimedCrns: texts(o.Retimed),
		TellSupervisorOfficerCodes: texts(o.Crew), MinutesChange: o.Minutes, CostMillipoints: o.Change[solver.Soft], ByRule: shareMessages(o.By),
		Mends: caseMessages(cases(o.Mends)), Left: caseMessages(cases(o.Left)), ValueMillipoints: o.Score.Value()}, nil
}
