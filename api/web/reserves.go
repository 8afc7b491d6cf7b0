package web

import (
	"github.com/communitypayback/payback/model"
)

// spare counts who and what a team has free on a day.
type spare struct{ supervisors, minibuses int }

// countSpare counts, by team and day shown, who works and leads nothing, and what is on the road and carries nobody.
func (b *boardMaker) countSpare() map[onDay[model.TeamCode]]spare {
	out := map[onDay[model.TeamCode]]spare{} // looked up only
	for _, d := range b.days {
		for i := range b.Snapshot.Supervisors {
			s := &b.Snapshot.Supervisors[i]
			if at := (onDay[model.TeamCode]{s.Team, d}); len(b.led[onDay[model.SupervisorCode]{s.Code, d}]) == 0 && b.available(s, d) {
				n := out[at]
				n.supervisors++
				out[at] = n
			}
		}
		for i := range b.Snapshot.Minibuses {
			m := &b.Snapshot.Minibuses[i]
			if at := (onDay[model.TeamCode]{m.Team, d}); len(b.driven[onDay[model.Registration]{m.Registration, d}]) == 0 && m.OnRoad(d) {
				n := out[at]
				n.minibuses++
				out[at] = n
			}
		}
	}
	return out
}

// reserves says, for each day shown, how many supervisors and minibuses of a team are free.
func (b *boardMaker) reserves(team model.TeamCode) []string {
	var out []string
	for _, d := range b.days {
		out = append(out, b.spare[onDay[model.TeamCode]{team, d}].String())
	}
	return out
}

// String says how many are free.
func (n spare) String() string {
	people, buses := count(n.supervisors, "supervisor"), plural(n.minibuses, "minibus", "minibuses")
	switch {
	case n == spare{}:
		return "None"
	case n.minibuses == 0:
		return people
	case n.supervisors == 0:
		return buses
	}
	return people + ", " + buses
}
