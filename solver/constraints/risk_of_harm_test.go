package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestRiskOfHarm(t *testing.T) {
	risk := func(l model.Level) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { person(sn, ann).Risk = l }
	}
	approved := func(sn *model.Snapshot) { person(sn, ann).ApprovedBy, person(sn, ann).ApprovedOn = "PO12", monday-10 }
	takes := func(l model.Level) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			for i := range sn.Projects {
				sn.Projects[i].Ceiling = l
			}
		}
	}
	trained := func(until model.Date, codes ...model.SupervisorCode) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			for _, c := range codes {
				sn.Supervisor(c).Training, sn.Supervisor(c).TrainedUntil = model.TrainedHighRisk, until
			}
		}
	}
	high, veryHigh := all(risk(model.HighRisk), approved, takes(model.HighRisk)), all(risk(model.VeryHighRisk), approved, takes(model.HighRisk))
	restricted := func(sn *model.Snapshot) { person(sn, ann).Flags = model.RestrictedPlacement }
	byHand := func(a *model.Appointment) { a.Pinned = true }
	keepsOrBreaks(t, constraints.RiskOfHarm, []clause{
		{"medium where medium is taken", risk(model.MediumRisk), []part{goes(group, mon, ann)}, 0},
		{"medium where low is taken", both(risk(model.MediumRisk), takes(model.LowRisk)), []part{goes(group, mon, ann)}, 1},
		{"high, approved, where high is taken", high, []part{goes(group, mon, ann)}, 0},
		{"high where medium is taken", both(risk(model.HighRisk), approved), []part{goes(group, mon, ann)}, 1},
		{"high without approval", both(risk(model.HighRisk), takes(model.HighRisk)), []part{goes(group, mon, ann)}, 1},
		{"high approved without a date", both(high, func(sn *model.Snapshot) { person(sn, ann).ApprovedOn = 0 }), []part{goes(group, mon, ann)}, 1},
		{"high approved without a name", both(high, func(sn *model.Snapshot) { person(sn, ann).ApprovedBy = "" }), []part{goes(group, mon, ann)}, 1},
		{"high and unsupervised", high, []part{goes(alone, mon, ann)}, 1},
		{"high at an induction", high, []part{goes(start, mon, ann)}, 0},
		{"very high placed by the engine", veryHigh, []part{goes(group, mon, ann)}, 1},
		{"very high placed by hand", veryHigh, []part{changed(goes(group, mon, ann), byHand)}, 0},
		{"very high placed by hand without approval", both(risk(model.VeryHighRisk), takes(model.HighRisk)), []part{changed(goes(group, mon, ann), byHand)}, 1},
		{"very high placed by hand where medium is taken", both(veryHigh, takes(model.MediumRisk)), []part{changed(goes(group, mon, ann), byHand)}, 1},
		{"high with a trained supervisor", both(high, trained(0, sup1)), []part{goes(group, mon, ann), leads(group, mon, sup1)}, 0},
		{"high with an untrained supervisor", high, []part{goes(group, mon, ann), leads(group, mon, sup1)}, 1},
		{"every supervisor is trained, not one of two", both(high, trained(0, sup1)), []part{goes(group, mon, ann), leads(group, mon, sup1, sup2)}, 1},
		{"training on its last day", both(high, trained(monday, sup1)), []part{goes(group, mon, ann), leads(group, mon, sup1)}, 0},
		{"training that ended the day before", both(high, trained(monday, sup1)), []part{goes(group, tue, ann), leads(group, tue, sup1)}, 1},
		{"all whose training ended the day before", both(high, trained(monday, sup1, sup2)), []part{goes(group, tue, ann), leads(group, tue, sup1)}, 1},
		{"a restricted placement needs training too", restricted, []part{goes(group, mon, ann), leads(group, mon, sup1)}, 1},
		{"an untrained supervisor among people at low risk", nil, []part{goes(group, mon, ann), leads(group, mon, sup1)}, 0},
		{"medium, at a wet site that takes medium", risk(model.MediumRisk), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 0},
		{"medium, at a wet site that takes low", both(risk(model.MediumRisk), siteOf(start, func(p *model.Project) { p.Ceiling = model.LowRisk })), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 1},
		{"high, at a wet site that nobody supervises", high, []part{goes(group, mon, ann), rainsTo(group, mon, alone)}, 1},
		{"too risky for site and wet site is one case", both(risk(model.MediumRisk), takes(model.LowRisk)), []part{goes(group, mon, ann), rainsTo(group, mon, start)}, 1},
	})
}

func TestRiskOfHarmFindsHosts(t *testing.T) {
	takes := func(p model.ProjectCode, l model.Level) func(*model.Snapshot) {
		return siteOf(p, func(p *model.Project) { p.Ceiling = l })
	}
	of := func(kind model.Kind) func(*model.Snapshot) {
		return siteOf(start, func(p *model.Project) { p.Kind = kind })
	}
	risk := func(l model.Level, edits ...func(*model.Snapshot)) func(*model.Snapshot) {
		return all(append(edits, outdoors(2, group), takes(group, model.HighRisk), func(sn *model.Snapshot) {
			p := person(sn, ann)
			p.Risk, p.ApprovedBy, p.ApprovedOn = l, "PO12", monday-10
			sn.Supervisor(sup1).Training = model.TrainedHighRisk
		})...)
	}
	led := []part{goes(group, mon, ann), leads(group, mon, sup1)}
	findsHosts(t, constraints.RiskOfHarm, []hosted{
		{"one that takes medium, for medium", risk(model.MediumRisk), led, start},
		{"none that takes low, for medium", risk(model.MediumRisk, takes(start, model.LowRisk)), led, ""},
		{"one that takes high, for high", risk(model.HighRisk, takes(start, model.HighRisk)), led, start},
		{"none that takes medium, for high", risk(model.HighRisk), led, ""},
		{"no placement, for high", risk(model.HighRisk, takes(start, model.HighRisk), of(model.Individual)), led, ""},
		{"no training, for high", risk(model.HighRisk, takes(start, model.HighRisk), of(model.ETE)), led, ""},
		{"training, for medium", risk(model.MediumRisk, of(model.ETE)), led, start},
	})
}
