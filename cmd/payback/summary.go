package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver/constraints"
)

// summarise prints the end of a plan.
func (m *Main) summarise(dir string, p planFile, r *region, res *scheduler.PlanResult) error {
	return writeOne(m, p, func(p planFile) error {
		var b strings.Builder
		f := p.Figures
		fmt.Fprintf(&b, "Plan %s  week %s  %s  policy %s  seed %d  input %s\n", base(dir), p.Week, basis(r.sn.Published), p.Policy, p.Seed, p.Input[:6])
		fmt.Fprintf(&b, "  %s of %s people placed   %s person-days   %s hours offered   %s expected   %s must-fix\n",
			thousands(f.People), thousands(f.Workable), thousands(f.PersonDays), wholeHours(f.OfferedMinutes),
			wholeHours(f.ExpectedMinutes), thousands(p.MustFix))
		fmt.Fprintf(&b, "  %s sessions   %s of %s places used   %s duties   %s trips   %s on-time points\n",
			thousands(f.Sessions), thousands(f.Used), thousands(f.Places), thousands(f.Duties), thousands(f.Trips), thousands(f.OnTimePoints))
		fmt.Fprintf(&b, "  %s\n", f.onTheRoad())
		fmt.Fprintf(&b, "  %s\n", atTheDoor(f.TurnedAway, f.Together))
		tellBound(&b, p.Bound, -p.Cost)
		if p.MustFix > 0 {
			fmt.Fprintf(&b, "  The must-fix problems are of parts that are frozen or pinned, and were left as they are.\n")
		}
		if until := r.sn.FrozenUntil; until > r.sn.Calendar.Instant(r.week.Monday(), 0) {
			d, clock := r.sn.Calendar.Local(until)
			fmt.Fprintf(&b, "  Frozen until %s %s: nothing before that was added, moved or removed\n", day(d), clock)
		}
		if r.sn.Published != nil {
			fmt.Fprintf(&b, "  %s\n", changes(scheduler.Diff(r.sn.Published, res.Roster)))
		}
		if p.LeftOut > 0 {
			fmt.Fprintf(&b, "  %s of the files left out; see problems.csv\n", count(p.LeftOut, "row"))
		}
		for _, line := range wrap(notPlaced(res.Unplaced), tableWidth-2) {
			fmt.Fprintf(&b, "  %s\n", line)
		}
		tellPrices(&b, p.Prices)
		if p.Lacking != nil && p.Lacking.Without > 0 {
			tellLacking(&b, "  ", p.Lacking.Sentences)
		}
		_, err := fmt.Fprint(m.Stdout, b.String())
		return err
	})
}

// tellBound says how good a plan is, where that is known.
func tellBound(w io.Writer, b *boundLine, value int64) {
	if b == nil {
		return
	}
	for _, line := range wrap(b.words(value), tableWidth-2) {
		fmt.Fprintf(w, "  %s\n", line)
	}
}

func basis(published *model.Roster) string {
	if published == nil {
		return "nothing published before"
	}
	return "based on what is published"
}

// changes counts differences: 17 changes: 4 added, 9 moved, 2 removed, 2 supervisor or minibus.
func changes(all []scheduler.Difference) string {
	var added, moved, removed, resources int
	for i := range all {
		switch d := &all[i]; {
		case d.Part != scheduler.OfPerson && d.Goes:
			resources++
		case d.Part != scheduler.OfPerson:
		case d.Kind == scheduler.Added:
			added++
		case d.Kind == scheduler.Removed:
			removed++
		default:
			moved++
		}
	}
	return fmt.Sprintf("%s: %d added, %d moved, %d removed, %d supervisor or minibus",
		count(added+moved+removed+resources, "change"), added, moved, removed, resources)
}

// notPlaced counts those left over, by their main obstacle, the most common first.
func notPlaced(all []scheduler.Unplaced) string {
	type tally struct {
		obstacle string
		n        int
	}
	var by []tally
	for _, u := range all {
		i := slices.IndexFunc(by, func(t tally) bool { return t.obstacle == u.MainObstacle })
		if i < 0 {
			i = len(by)
			by = append(by, tally{obstacle: u.MainObstacle})
		}
		by[i].n++
	}
	slices.SortFunc(by, func(a, b tally) int { return cmp.Or(b.n-a.n, cmp.Compare(a.obstacle, b.obstacle)) })
	var words []string
	for _, t := range by {
		words = append(words, fmt.Sprintf("%s %s", t.obstacle, thousands(t.n)))
	}
	s := "Not or not fully placed: " + thousands(len(all))
	if len(words) > 0 {
		s += "   (" + strings.Join(words, ", ") + ")"
	}
	return s
}

// rulesInForce lists the constraints that the policy switches on, in catalogue order.
func rulesInForce(sn *model.Snapshot) []string {
	var ids []string
	for _, c := range constraints.All {
		if sn.Policy.Applies(policy.ClauseID(c.ID)) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}
