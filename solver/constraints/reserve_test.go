package constraints_test

import (
	"fmt"
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestReserve(t *testing.T) {
	// Of those who work on a day 6 % are kept, rounded: none of 8, one of 9 to 24, two of 25. A duty beyond costs 90 points.
	crew := func(n int) (all []model.SupervisorCode) {
		for i := range n {
			all = append(all, model.SupervisorCode(fmt.Sprintf("TV%02d", i)))
		}
		return all
	}
	with := func(n int, edit func(i int, s *model.Supervisor)) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			one := *sn.Supervisor(sup1)
			sn.Supervisors = nil
			for i, c := range crew(n) {
				s := one
				s.Code = c
				if edit != nil {
					edit(i, &s)
				}
				sn.Supervisors = append(sn.Supervisors, s)
			}
		}
	}
	works := func(spans ...model.Span) func(i int, s *model.Supervisor) {
		return func(i int, s *model.Supervisor) {
			if i == 8 {
				s.Available = spans
			}
		}
	}
	keeps := func(permille int32, price int64) func(*model.Snapshot) {
		return both(with(1, nil), func(sn *model.Snapshot) { sn.Policy.ReservePermille, sn.Policy.ReservePrice = permille, price })
	}
	eight, nine := []part{leads(group, mon, crew(8)...)}, []part{leads(group, mon, crew(9)...)}
	keepsOrBreaks(t, constraints.Reserve, []clause{
		{"all of eight", with(8, nil), eight, 0},
		{"eight of nine", with(9, nil), eight, 0},
		{"all of nine", with(9, nil), nine, 90_000},
		{"all of nine, on two days", with(9, nil), []part{nine[0], leads(group, sun, crew(9)...)}, 180_000},
		{"all of nine, on two days, some on each", with(9, nil), []part{leads(group, mon, crew(5)...), leads(group, tue, crew(9)[5:]...)}, 0},
		{"23 of 24", with(24, nil), []part{leads(group, mon, crew(23)...)}, 0},
		{"all of 24", with(24, nil), []part{leads(group, mon, crew(24)...)}, 90_000},
		{"24 of 25", with(25, nil), []part{leads(group, mon, crew(24)...)}, 90_000},
		{"all of 25", with(25, nil), []part{leads(group, mon, crew(25)...)}, 180_000},
		{"two duties of one count twice", with(9, nil), []part{leads(group, mon, crew(8)...), leads(carried, mon, crew(1)...)}, 90_000},
		{"the ninth does not work that day", with(9, works(model.Span{Start: at(tue, 0), End: at(wed, 0)})), eight, 0},
		{"the ninth works for a minute of it", with(9, works(model.Span{Start: at(sun, 0), End: at(sun, 1)})), []part{leads(group, sun, crew(9)...)}, 90_000},
		{"the ninth works until the day begins", with(9, works(model.Span{Start: at(sat, 0), End: at(sun, 0)})), []part{leads(group, sun, crew(9)...)}, 90_000},
		{"the ninth works only at night", with(9, works(model.Span{Start: at(mon, 1439), End: at(tue, 60)})), nine, 90_000},
		{"the ninth of ten works for the first minute", with(10, works(model.Span{Start: at(sun, 0), End: at(sun, 1)})), []part{leads(group, sun, crew(9)...)}, 0},
		{"the ninth of ten works for the last minute", with(10, works(model.Span{Start: at(mon, 1439), End: at(tue, 0)})), []part{leads(group, mon, crew(9)...)}, 0},
		{"the ninth of ten works until the day begins", with(10, works(model.Span{Start: at(sat, 0), End: at(sun, 0)})), []part{leads(group, sun, crew(9)...)}, 90_000},
		{"the ninth of ten works from when it has ended", with(10, works(model.Span{Start: at(tue, 0), End: at(tue, 1)})), []part{leads(group, mon, crew(9)...)}, 90_000},
		{"half of one, rounded up", keeps(500, 90_000), []part{leads(group, mon, crew(1)...)}, 90_000},
		{"less than half of one, rounded down", keeps(499, 90_000), []part{leads(group, mon, crew(1)...)}, 0},
		{"a thousandth of a point", keeps(500, 1), []part{leads(group, mon, crew(1)...)}, 1},
		{"nobody works", with(8, func(_ int, s *model.Supervisor) { s.Available = nil }), []part{leads(group, mon, crew(2)...)}, 180_000},
		{"a supervisor whom nobody knows", with(9, nil), []part{leads(group, mon, append(crew(8), "ZZ99")...)}, 0},
		{"a region that does not price it", both(with(9, nil), func(sn *model.Snapshot) { sn.Policy.ReservePrice = 0 }), nine, 0},
	})
}
