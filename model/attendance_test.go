package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/forecast"
	"github.com/communitypayback/payback/model/geo"
)

// attending is a person and the projects they can be sent to, with an effect of its own for each trait.
func attending() (*model.Snapshot, *model.Person) {
	sn := &model.Snapshot{
		Policy: book(),
		Projects: []model.Project{
			{Code: "E", Kind: model.ETE}, {Code: "G", Kind: model.Group}, {Code: "I", Kind: model.Individual}, {Code: "U", Kind: model.Induction},
		},
		Attendance: model.Attendance{Effects: forecast.Effects{Individual: 1, ETE: 2, Induction: 4, First: 8, Monday: 16, Winter: 32, Far: 64}},
		People:     []model.Person{{CRN: "X000001", Attendance: 500, Outcomes: 1}},
	}
	return sn, &sn.People[0]
}

func TestAPersonComesToASessionByWhatItAdds(t *testing.T) {
	t.Parallel()
	summer, winter := model.NewDate(2026, 7, 7), model.NewDate(2026, 12, 1) // Tuesdays
	for _, c := range []struct {
		name    string
		project model.ProjectCode
		on      model.Date
		want    int32
		edit    func(sn *model.Snapshot, p *model.Person)
	}{
		{"a group in summer", "G", summer, 500, nil},
		{"an individual placement", "I", summer, 501, nil},
		{"education", "E", summer, 502, nil},
		{"induction", "U", summer, 504, nil},
		{"nothing recorded", "G", summer, 508, func(_ *model.Snapshot, p *model.Person) { p.Outcomes = 0 }},
		{"a Monday", "G", summer - 1, 516, nil},
		{"winter", "G", winter, 532, nil},
		{"the last day before winter", "G", model.NewDate(2026, 9, 30), 500, nil},
		{"its first day", "G", model.NewDate(2026, 10, 1), 532, nil},
		{"its last day", "G", model.NewDate(2026, 3, 31), 532, nil},
		{"the first day after", "G", model.NewDate(2026, 4, 1), 500, nil},
		{"a winter within one year", "G", winter, 500, func(sn *model.Snapshot, _ *model.Person) {
			sn.Policy.AttendanceWinterFrom, sn.Policy.AttendanceWinterTo = 6, 8
		}},
		{"its July", "G", summer, 532, func(sn *model.Snapshot, _ *model.Person) {
			sn.Policy.AttendanceWinterFrom, sn.Policy.AttendanceWinterTo = 6, 8
		}},
		{"an hour's way", "G", summer, 500, func(sn *model.Snapshot, _ *model.Person) { sn.Travel = way("G", 60) }},
		{"a longer one", "G", summer, 564, func(sn *model.Snapshot, _ *model.Person) { sn.Travel = way("G", 61) }},
		{"everything at once", "I", winter - 1, 621, func(sn *model.Snapshot, p *model.Person) { sn.Travel, p.Outcomes = way("I", 61), 0 }},
		{"at most the most", "I", summer, 950, func(_ *model.Snapshot, p *model.Person) { p.Attendance = 950 }},
		{"at least the least", "I", summer, 50, func(_ *model.Snapshot, p *model.Person) { p.Attendance = 20 }},
		{"a project that nobody knows", "Z", winter - 1, 500, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			sn, p := attending()
			if c.edit != nil {
				c.edit(sn, p)
			}
			s := &model.Session{Key: model.SessionKey{Project: c.project, Date: c.on, Start: 540}}
			require.Equal(t, c.want, sn.Comes(p, s))
			if p.Outcomes > 0 {
				require.Equal(t, c.want, sn.Counted(p, s))
			} else {
				require.EqualValues(t, 1000, sn.Counted(p, s), "nothing is known that would justify giving the place away")
			}
			if at := sn.Project(c.project); at != nil {
				own := sn.Travel.Minutes(p.Mode, p.At(), at.At())
				require.Equal(t, c.want, sn.ComesFrom(p, s, at, own))
				require.Equal(t, sn.Counted(p, s), sn.CountedFrom(p, s, at, own))
			}
		})
	}
}

func way(to string, minutes int32) *geo.Matrix {
	return geo.NewMatrix([]geo.Leg{{From: "X000001", To: to, Mode: geo.Walk, Minutes: minutes}})
}
