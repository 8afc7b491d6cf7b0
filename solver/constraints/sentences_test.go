package constraints_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// a saying is one case of a rule and what it says of it, sentence by sentence.
type saying struct {
	name string
	edit func(sn *model.Snapshot)
	has  []part
	want []string
}

// says runs the sayings of one rule.
func says(t *testing.T, c *solver.Constraint, all []saying) {
	t.Helper()
	t.Parallel()
	for _, x := range all {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			sn := ordinary()
			if x.edit != nil {
				x.edit(sn)
			}
			require.NoError(t, sn.Validate(), "the week of the case")
			var said []string
			for _, v := range solver.Check(sn, roster(sn, x.has...), []*solver.Constraint{c}) {
				said = append(said, c.Explain(sn, v))
			}
			require.Equal(t, x.want, said)
		})
	}
}

func TestSentencesNameFourAndCountTheRest(t *testing.T) {
	t.Parallel()
	people := []model.CRN{ann, bob, cat, dan, "A000005", "A000006"}
	for n, want := range []string{
		"nobody", "A000001", "A000001 and A000002", "A000001, A000002 and A000003", "A000001, A000002, A000003 and A000004",
		"A000001, A000002, A000003, A000004 and 1 more", "A000001, A000002, A000003, A000004 and 2 more",
	} {
		v := solver.Violation{People: people[:n], Sessions: []model.SessionKey{key(group, sun)}, Why: "is somewhere"}
		require.Equal(t, want+" is somewhere: CT01 on 2026-12-06 at 09:00.", constraints.OnePlace.Explain(nil, v))
	}
	everything := solver.Violation{People: people[:1], Supervisors: []model.SupervisorCode{sup1}, Minibuses: []model.Registration{bus1}, Why: "are somewhere"}
	require.Equal(t, "A000001, supervisor SV01 and minibus BUS01 are somewhere: nobody.", constraints.OnePlace.Explain(nil, everything))
}

func TestSentencesRoundPointsTowardsZero(t *testing.T) {
	t.Parallel()
	for amount, want := range map[int64]string{
		0: "0.0", 99: "0.0", 100: "0.1", 999: "0.9", 1000: "1.0", 60_000: "60.0", 1_234_567: "1234.5", -1: "-0.0", -1_950: "-1.9",
	} {
		v := solver.Violation{Amount: amount, Sessions: []model.SessionKey{key(group, mon)}}
		require.Equal(t, "Opening CT01 on 2026-11-30 at 09:00 costs "+want+" points.", constraints.Opening.Explain(nil, v))
	}
}

func TestSentencesRoundChancesUp(t *testing.T) {
	// Of two women who come so often exactly one comes with a chance of 48 %, 50 % and 1.98 %.
	chance := func(permille int32) func(*model.Snapshot) {
		return all(women(ann, bob), comes(permille, ann, bob), func(sn *model.Snapshot) { sn.Policy.AttendanceMost, sn.Policy.LoneWomanPrice = 1000, 1000 })
	}
	both := []part{goes(group, mon, ann, bob)}
	says(t, constraints.LoneWoman, []saying{
		{"as they are", chance(600), both, []string{"CT01 on 2026-11-30 at 09:00: of 2 women only one comes with a chance of 48.0 %, which costs 0.4 points."}},
		{"as they are, exactly", chance(500), both, []string{"CT01 on 2026-11-30 at 09:00: of 2 women only one comes with a chance of 50.0 %, which costs 0.5 points."}},
		{"to the next tenth", chance(990), both, []string{"CT01 on 2026-11-30 at 09:00: of 2 women only one comes with a chance of 2.0 %, which costs 0.0 points."}},
	})
}
