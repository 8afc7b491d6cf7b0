package scheduler_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
)

func TestTheFirstSessionIsDueSomeWorkingDaysAfterTheSentence(t *testing.T) {
	t.Parallel()
	c := calendar(t)
	sentenced := monday - 20 // a Tuesday, 10 November: the fifth working day after is the 17th, the fifteenth is 1 December
	at := func(days model.Date, project model.ProjectCode, o model.Outcome) model.Appointment {
		a := appointment(c, "X000001", monday+days, o)
		a.Session.Project = project
		return a
	}
	for _, x := range []struct {
		name string
		edit func(f *model.Facts, p *model.Person, q *model.Requirement)
		want model.Date
	}{
		{"inducted, nothing offered", nil, monday + 1},
		{"a holiday counts for nothing", func(f *model.Facts, _ *model.Person, _ *model.Requirement) {
			f.Holidays = []model.Holiday{{Date: monday - 4, Name: "Made up"}}
		}, monday + 2},
		{"not inducted", func(_ *model.Facts, _ *model.Person, q *model.Requirement) { q.Inducted = 0 }, monday - 13},
		{"not inducted, but told to come", func(f *model.Facts, _ *model.Person, q *model.Requirement) {
			q.Inducted, f.History = 0, []model.Appointment{at(-3, "PI01", "")}
		}, 0},
		{"the induction is no session of work", func(f *model.Facts, _ *model.Person, _ *model.Requirement) {
			f.History = []model.Appointment{at(-10, "PI01", "ATTC")}
		}, monday + 1},
		{"came to work", func(f *model.Facts, _ *model.Person, _ *model.Requirement) {
			f.History = []model.Appointment{at(-3, "CT01", "ATTC")}
		}, 0},
		{"did not come, unexplained: it was offered", func(f *model.Facts, _ *model.Person, _ *model.Requirement) {
			f.History = []model.Appointment{at(-3, "CT01", "UACP")}
		}, 0},
		{"stood down: it was not", func(f *model.Facts, _ *model.Person, _ *model.Requirement) {
			f.History = []model.Appointment{at(-3, "CT01", "AASD")}
		}, monday + 1},
		{"told to come on the day before the week", func(f *model.Facts, _ *model.Person, _ *model.Requirement) {
			f.History = []model.Appointment{at(-1, "CT01", "")}
		}, 0},
		{"told to come in the week itself", func(f *model.Facts, _ *model.Person, _ *model.Requirement) {
			f.History = []model.Appointment{at(0, "CT01", "")}
		}, monday + 1},
		{"on another requirement", func(f *model.Facts, _ *model.Person, _ *model.Requirement) {
			a := at(-3, "CT01", "ATTC")
			a.Event = 2
			f.History = []model.Appointment{a}
		}, monday + 1},
		{"minutes are completed", func(_ *model.Facts, _ *model.Person, q *model.Requirement) { q.Completed = 60 }, 0},
		{"attended before the first row", func(_ *model.Facts, p *model.Person, _ *model.Requirement) { p.Attended = 1 }, 0},
		{"missed before the first row", func(_ *model.Facts, p *model.Person, _ *model.Requirement) { p.Missed = 1 }, 0},
		{"attended on one of several requirements", func(_ *model.Facts, p *model.Person, _ *model.Requirement) {
			p.Attended = 1
			done := p.Requirements[0]
			done.Event, done.Status = 2, model.Complete
			p.Requirements = append(p.Requirements, done)
		}, monday + 1},
		{"nothing to work", func(_ *model.Facts, _ *model.Person, q *model.Requirement) { q.Status = model.Suspended }, 0},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			f := region()
			f.Projects = append(f.Projects, model.Project{Code: "PI01", Kind: model.Induction, Team: "T1", Site: town, Places: 8})
			p := &f.People[0]
			p.Requirements[0].Sentenced, p.Requirements[0].Inducted = sentenced, sentenced+3
			if x.edit != nil {
				x.edit(f, p, &p.Requirements[0])
			}
			sn, _ := freeze(t, f)
			require.Equal(t, x.want.String(), sn.People[0].FirstDue.String())
		})
	}
}

func TestYoungIsWhoIsNotYetTwentySix(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		name string
		born model.Date
		want bool
	}{
		{"no date of birth", 0, false},
		{"26 on the Monday", model.NewDate(2000, 11, 30), false},
		{"26 on the Tuesday", model.NewDate(2000, 12, 1), true},
		{"19", model.NewDate(2007, 1, 1), true},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			f := region()
			f.Names = []model.Name{{CRN: "X000000", DateOfBirth: model.NewDate(2007, 1, 1)}, {CRN: "X000001", DateOfBirth: x.born}}
			sn, _ := freeze(t, f)
			require.Equal(t, x.want, sn.People[0].Young)
			f.Names = f.Names[:1]
			sn, _ = freeze(t, f)
			require.False(t, sn.People[0].Young, "nobody by that name")
		})
	}
}
