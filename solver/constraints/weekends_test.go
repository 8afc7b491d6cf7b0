package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestWeekends(t *testing.T) {
	// A duty 20 points, one beyond the first of the week 20 more, one after a weekend worked 30 more.
	before := func(days int, c model.SupervisorCode) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			k := key(group, 0)
			k.Date -= model.Date(days)
			sn.Before = &model.Roster{Region: sn.Region, Week: sn.Week.Add(-1), Duties: []model.Duty{{Session: k, Supervisor: c}}}
		}
	}
	keepsOrBreaks(t, constraints.Weekends, []clause{
		{"Monday to Friday", nil, []part{leads(group, mon, sup1), leads(group, tue, sup1), leads(group, fri, sup2)}, 0},
		{"a Saturday", nil, []part{leads(group, sat, sup1)}, 20_000},
		{"a Sunday", nil, []part{leads(group, sun, sup1)}, 20_000},
		{"a Friday and a Sunday", nil, []part{leads(group, fri, sup1), leads(group, sun, sup1)}, 20_000},
		{"both days", nil, []part{leads(group, sat, sup1), leads(group, sun, sup1)}, 60_000},
		{"a day each", nil, []part{leads(group, sat, sup1), leads(group, sun, sup2)}, 40_000},
		{"two duties on one day", nil, []part{leads(group, sat, sup1), leads(carried, sat, sup1)}, 60_000},
		{"three duties", nil, []part{leads(group, sat, sup1), leads(carried, sat, sup1), leads(group, sun, sup1)}, 100_000},
		{"after a Sunday worked", before(1, sup1), []part{leads(group, sat, sup1)}, 50_000},
		{"after a Saturday worked", before(2, sup1), []part{leads(group, sun, sup1)}, 50_000},
		{"after a Friday worked", before(3, sup1), []part{leads(group, sun, sup1)}, 20_000},
		{"after another's Sunday", before(1, sup2), []part{leads(group, sat, sup1)}, 20_000},
		{"both days after a Sunday worked", before(1, sup1), []part{leads(group, sat, sup1), leads(group, sun, sup1)}, 120_000},
		{"a Monday after a Sunday worked", before(1, sup1), []part{leads(group, mon, sup1)}, 0},
		{"a supervisor whom nobody knows", nil, []part{leads(group, sat, "SV99")}, 0},
		{"a region that prices only the second", func(sn *model.Snapshot) { sn.Policy.WeekendDutyPrice = 0 }, []part{leads(group, sat, sup1), leads(group, sun, sup1)}, 20_000},
		{"a region that prices the second by a thousandth of a point", func(sn *model.Snapshot) { sn.Policy.SecondWeekendDutyPrice = 1 },
			[]part{leads(group, sat, sup1), leads(group, sun, sup1)}, 40_001},
		{"a region that does not price the second", func(sn *model.Snapshot) { sn.Policy.SecondWeekendDutyPrice = 0 }, []part{leads(group, sat, sup1), leads(group, sun, sup1)}, 40_000},
	})
}
