package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestProjectTerms(t *testing.T) {
	bar := func(b model.Bar) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { sn.Session(key(carried, mon)).Bar = b }
	}
	kit := func(kind string, quantity int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			sn.Kit = append(sn.Kit, model.Kit{Team: "T1", Kind: kind, Quantity: quantity})
		}
	}
	asks := func(edit func(p *model.Project)) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			edit(sn.Project(group))
			edit(sn.Project(carried))
		}
	}
	hiVis := asks(func(p *model.Project) { p.HiVis = true })
	outdoor := asks(func(p *model.Project) { p.Exposure = model.Outdoor })
	sheltered := asks(func(p *model.Project) { p.Exposure = model.Sheltered })
	tools := asks(func(p *model.Project) { p.PowerTools = true })
	three := []part{goes(group, mon, ann, bob), goes(carried, mon, cat), goes(group, tue, dan)}
	keepsOrBreaks(t, constraints.ProjectTerms, []clause{
		{"an open session", nil, []part{goes(carried, mon, ann), leads(carried, mon, sup1), runs(carried, mon, bus1, sup1)}, 0},
		{"on a non-working day, each entry", bar(model.NonWorkingDay), []part{goes(carried, mon, ann, bob), leads(carried, mon, sup1), runs(carried, mon, bus1, sup1)}, 4},
		{"outside the project's dates", bar(model.OutsideProjectDates), []part{goes(carried, mon, ann)}, 1},
		{"after the agreement", bar(model.AgreementEnded), []part{leads(carried, mon, sup1)}, 1},
		{"after the risk assessment", bar(model.AssessmentEnded), []part{runs(carried, mon, bus1, sup1)}, 1},
		{"a session that is not listed", nil, []part{moved(goes(group, mon, ann), 600, 700)}, 1},
		{"a project that is not known", nil, []part{goes("CT99", mon, ann), leads("CT99", mon, sup1)}, 2},
		{"three pairs of boots for three outdoors", both(outdoor, kit("boots", 3)), three, 0},
		{"two pairs of boots for three outdoors", both(outdoor, kit("boots", 2)), three, 1},
		{"boots are not needed indoors", kit("boots", 0), three, 0},
		{"boots are not needed under shelter", both(sheltered, kit("boots", 0)), three, 0},
		{"no high-visibility kit for four", both(hiVis, kit("hi_vis", 0)), three, 4},
		{"power tools for one a day", both(tools, kit("power_tools", 1)), three, 2},
		{"kit of several kinds is counted by kind", all(hiVis, outdoor, kit("boots", 2), kit("hi_vis", 2)), three, 2},
		{"two rows of one kind add up", all(outdoor, kit("boots", 1), kit("boots", 2)), three, 0},
		{"kit that no file counts suffices", outdoor, three, 0},
		{"another team's kit does not bind", both(outdoor, func(sn *model.Snapshot) {
			sn.Teams = append(sn.Teams, model.Team{Code: "T2"})
			sn.Kit = []model.Kit{{Team: "T2", Kind: "boots"}}
		}), three, 0},
	})
}

func TestProjectTermsSay(t *testing.T) {
	says(t, constraints.ProjectTerms, []saying{
		{"boots are short, for those who need them", func(sn *model.Snapshot) {
			sn.Project(group).Exposure, sn.Project(carried).Exposure = model.Outdoor, model.Outdoor
			sn.Kit = []model.Kit{{Team: "T1", Kind: "boots", Quantity: 1}}
		}, []part{goes(group, mon, ann, bob), leads(carried, mon, sup1)}, []string{
			"team T1 has 1 of boots on 2026-11-30, for 2 people: CT01 on 2026-11-30 at 09:00.",
		}},
	})
}
