package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestChange(t *testing.T) {
	// Inside 48 hours 240 points, 60 in good time, 15 to be told of one more.
	asOf := func(at model.Instant) func(*model.Snapshot) { return func(sn *model.Snapshot) { sn.AsOf = at } }
	week := published(goes(group, tue, ann), leads(group, tue, sup1))
	same := []part{goes(group, tue, ann), leads(group, tue, sup1)}
	keepsOrBreaks(t, constraints.Change, []clause{
		{"nothing published", nil, same, 0},
		{"an empty week published", published(), same, 0},
		{"as published", week, same, 0},
		{"an appointment dropped 48 hours ahead", both(week, asOf(at(-1, 540))), same[1:], 60_000},
		{"an appointment dropped a minute later", both(week, asOf(at(-1, 541))), same[1:], 240_000},
		{"a duty dropped", both(week, asOf(at(-2, 0))), same[:1], 60_000},
		{"dropped after it began", both(week, asOf(at(wed, 0))), nil, 480_000},
		{"an appointment added", week, append([]part{goes(group, tue, bob)}, same...), 15_000},
		{"a duty added", week, append([]part{leads(group, tue, sup2)}, same...), 15_000},
		{"a person moved to another day", both(week, asOf(at(-2, 0))), []part{goes(group, wed, ann), leads(group, tue, sup1)}, 75_000},
		{"a region that prices no change", both(week, func(sn *model.Snapshot) {
			sn.Policy.ChangeShortPrice, sn.Policy.ChangeLongPrice, sn.Policy.ChangeAddedPrice = 0, 0, 0
		}), []part{goes(group, wed, ann), leads(group, tue, sup2)}, 0},
		{"a minibus is nobody who must be told", week, append([]part{runs(group, tue, bus1, sup1)}, same...), 0},
		{"shortened is not moved", week, []part{changed(goes(group, tue, ann), endsAt(700)), leads(group, tue, sup1)}, 0},
	})
}
