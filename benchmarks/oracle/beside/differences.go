package beside

import (
	"fmt"
	"io"
	"strings"

	"github.com/communitypayback/payback/solver"
)

// Differences writes which sessions the two rosters fill otherwise, by index, so that a reader sees which change the search
// missed: how many people, supervisors and minibuses each has, and how many are the same.
func (c *Pair) Differences(w io.Writer) {
	if c.Linear.State == nil {
		return
	}
	for t := range solver.SessionIx(c.Problem.NumSessions()) {
		var line strings.Builder
		for k := solver.People; k <= solver.Minibuses; k++ {
			best, ours := c.Linear.State.In(k, t), c.State.In(k, t)
			same := 0
			for _, a := range best {
				if c.State.Has(a, t) {
					same++
				}
			}
			if same != len(best) || same != len(ours) {
				fmt.Fprintf(&line, "  %s: %v against our %v", [...]string{"people", "supervisors", "minibuses"}[k], best, ours)
			}
		}
		if line.Len() > 0 {
			key := c.Problem.Session(t).Key
			fmt.Fprintf(w, "      session %d (%s, %s, %s)%s\n", t, key.Project, key.Date, key.Start, line.String())
		}
	}
}
