package constraints_test

import (
	"testing"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestUrgency(t *testing.T) {
	// With attendance 600 and 28 whole weeks to the target, 6000 minutes ask for ceil(1000 x 6000 / (28 x 600)) = 358 a week:
	// P = 200, s1 = s2 = floor(600 x 1200 / 1000) = 720, s3 = floor(600 x 250 / 1000) = 150.
	left := func(minutes int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) { order(sn, ann).Completed = 6000 - minutes }
	}
	waiting := func(sn *model.Snapshot) { person(sn, ann).WeeksWaiting = 8 } // A = 150 x 2: s1 = floor(600 x 1500 / 1000) = 900
	late := func(sn *model.Snapshot) { order(sn, ann).Target = monday - 1 }  // N = 420: a day
	keepsOrBreaks(t, constraints.Urgency, []clause{
		{"nobody booked", nil, nil, 0},
		{"a first day", nil, []part{goes(group, mon, ann)}, -720 * 420},
		{"a second day beyond the pace", nil, []part{goes(group, mon, ann), goes(group, tue, ann)}, -720*420 - 150*420},
		{"two people", nil, []part{goes(group, mon, ann, bob)}, -2 * 720 * 420},
		{"weeks of waiting", waiting, []part{goes(group, mon, ann)}, -900 * 420},
		{"past the target, the second day beyond the pace", late, []part{goes(group, mon, ann), goes(group, tue, ann)}, -720*420 - 150*420},
		// 180 left: N = 11, P = 26, s1 = floor(600 x 1026 / 1000) = 615; R+ = 420.
		{"a short last session keeps the worth of a whole one", left(180), []part{changed(goes(group, mon, ann), endsAt(720))}, -615 * 420},
		{"shortened although more remains", left(180), []part{changed(goes(group, mon, ann), endsAt(719))}, -615 * 179},
		{"minutes beyond what remains are worth nothing", left(180), []part{goes(group, mon, ann), goes(group, tue, ann)}, -615 * 420},
		{"nothing they could work", func(sn *model.Snapshot) { order(sn, ann).Status = model.Suspended }, []part{goes(group, mon, ann)}, 0},
		{"booked to another requirement", nil, []part{changed(goes(group, mon, ann), func(a *model.Appointment) { a.Event = 2 })}, 0},
		{"somebody unknown", nil, []part{goes(group, mon, "Z999999")}, 0},
	})
}
