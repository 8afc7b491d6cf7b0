package constraints_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
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
