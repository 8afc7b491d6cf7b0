package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestPreferences(t *testing.T) {
	// A day or work that somebody would like is worth 5 points, a supervisor who speaks their language or is trained for
	// neurodiversity 10.
	likes := func(all ...string) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { person(sn, ann).Likes = all }
	}
	site := func(edit func(*model.Project)) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { edit(sn.Project(group)) }
	}
	named := func(name string) func(*model.Snapshot) {
		return site(func(p *model.Project) { p.Name = name })
	}
	quiet := site(func(p *model.Project) { p.QuietPlace = true })
	speaks := func(person1 []string, supervisor1 []string) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			person(sn, ann).Languages = person1
			sn.Supervisor(sup1).Languages = supervisor1
		}
	}
	trained := func(until model.Date) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			s := sn.Supervisor(sup1)
			s.Training, s.TrainedUntil = model.TrainedNeurodiversity, until
		}
	}
	led := []part{goes(group, mon, ann), leads(group, mon, sup1)}
	keepsOrBreaks(t, constraints.Preferences, []clause{
		{"nothing is wished for", nil, led, 0},
		{"the day", likes("mon"), led, -5_000},
		{"however it is written", likes(" Mon "), led, -5_000},
		{"another day", likes("tue"), led, 0},
		{"a Sunday", likes("sun"), []part{goes(group, sun, ann)}, -5_000},
		{"two days named count once", likes("mon", "tue", "mon"), led, -5_000},
		{"two appointments on days named", likes("mon", "tue"), []part{goes(group, mon, ann), goes(group, tue, ann)}, -10_000},
		{"another's wish", likes("mon"), []part{goes(group, mon, bob)}, 0},
		{"indoor work", likes("Indoor"), led, -5_000},
		{"outdoor work at an indoor site", likes("outdoor"), led, 0},
		{"an individual placement", likes("individual"), []part{goes(alone, mon, ann)}, -5_000},
		{"light work", both(likes("light"), site(func(p *model.Project) { p.Demand = model.Light })), led, -5_000},
		{"a word of the name", both(likes("gardening"), named("Church Gardening")), led, -5_000},
		{"two words of the name", both(likes("dry stone"), named("Dry  stone walls")), led, -5_000},
		{"the words at its end", both(likes("stone walls"), named("Dry stone walls")), led, -5_000},
		{"more words than the name has", both(likes("stone walls now"), named("Dry stone walls")), led, 0},
		{"a part of a word is none", both(likes("garden"), named("Church Gardening")), led, 0},
		{"a day is not looked for in names", both(likes("sun"), named("Sun house")), led, 0},
		{"nothing written", both(likes("", " "), named("Church")), led, 0},
		{"day and work", likes("mon", "indoor"), led, -10_000},
		{"a quiet place", both(likes("quiet"), quiet), led, -5_000},
		{"no quiet place, whatever its name", both(likes("quiet"), named("Quiet house")), led, 0},
		{"a trained supervisor", both(likes("Quiet"), trained(0)), led, -10_000},
		{"trained until the day", both(likes("quiet"), trained(monday)), led, -10_000},
		{"trained until the day before", both(likes("quiet"), trained(monday-1)), led, 0},
		{"trained until the Tuesday, on the Wednesday", both(likes("quiet"), trained(monday+1)), []part{goes(group, wed, ann), leads(group, wed, sup1)}, 0},
		{"nobody wishes for quiet", both(likes("mon"), trained(0)), led, -5_000},
		{"the trained one leads elsewhere", both(likes("quiet"), trained(0)), []part{goes(group, mon, ann), leads(group, mon, sup2), leads(carried, mon, sup1)}, 0},
		{"two trained ones count once", all(likes("quiet"), trained(0), func(sn *model.Snapshot) { sn.Supervisor(sup2).Training = model.TrainedNeurodiversity }),
			[]part{goes(group, mon, ann), leads(group, mon, sup1, sup2)}, -10_000},
		{"a language they share", speaks([]string{"Urdu"}, []string{"urdu "}), led, -10_000},
		{"one of several", speaks([]string{"Polish", "Urdu"}, []string{"Welsh", "Urdu"}), led, -10_000},
		{"two that they share count once", speaks([]string{"Polish", "Urdu"}, []string{"Polish", "Urdu"}), led, -10_000},
		{"none", speaks([]string{"Polish"}, []string{"Urdu"}), led, 0},
		{"nothing written is no language", speaks([]string{""}, []string{""}), led, 0},
		{"the one who speaks it leads elsewhere", speaks([]string{"Urdu"}, []string{"Urdu"}), []part{goes(group, mon, ann), leads(group, mon, sup2), leads(group, tue, sup1)}, 0},
		{"two people who are understood", both(speaks([]string{"Urdu"}, []string{"Urdu"}), func(sn *model.Snapshot) { person(sn, bob).Languages = []string{"Urdu"} }),
			[]part{goes(group, mon, ann, bob), leads(group, mon, sup1)}, -20_000},
		{"a supervisor at an individual placement is not there for them", speaks([]string{"Urdu"}, []string{"Urdu"}), []part{goes(alone, mon, ann), leads(alone, mon, sup1)}, 0},
		{"somebody whom nobody knows", likes("mon"), []part{goes(group, mon, "Z999999")}, 0},
		{"a region that prices a day at a thousandth of a point", both(likes("mon", "indoor"), func(sn *model.Snapshot) { sn.Policy.LikedDayWorth = 1 }), led, -5_001},
		{"a region that prices none of it", all(likes("quiet", "mon"), quiet, trained(0), speaks([]string{"Urdu"}, []string{"Urdu"}), func(sn *model.Snapshot) {
			p := sn.Policy
			p.LikedDayWorth, p.LikedWorkWorth, p.LanguageWorth, p.NeurodiversityWorth = 0, 0, 0, 0
		}), led, 0},
	})
}
