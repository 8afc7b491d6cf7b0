package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
)

// projects gives the table of each team's projects: what takes place, what could and what is shut, and why.
func (b *boardMaker) projects() []Table {
	owned := map[model.TeamCode][]model.ProjectCode{} // looked up only, as is what follows
	for i := range b.Snapshot.Projects {
		p := &b.Snapshot.Projects[i]
		team := b.known(p.Team)
		owned[team] = append(owned[team], p.Code)
	}
	for _, e := range b.shown {
		if e.project == nil {
			owned[""] = append(owned[""], e.key.Project)
		}
	}
	slices.Sort(owned[""])
	owned[""] = slices.Compact(owned[""])
	slots := map[onDay[model.ProjectCode]]*model.Session{}
	for i := range b.Snapshot.Sessions {
		s := &b.Snapshot.Sessions[i]
		at := onDay[model.ProjectCode]{s.Key.Project, s.Key.Date}
		if was := slots[at]; was == nil || was.Bar != model.Open {
			slots[at] = s
		}
	}
	return b.byTeam(func(team model.TeamCode) Table {
		t := Table{Corner: "Project", Size: count(len(owned[team]), "project"), Empty: "No projects to show for this team."}
		t.Caption = "Projects of " + b.teamName(team) + " and their sessions on each day"
		idle := 0
		for _, c := range owned[team] {
			r, found := b.projectRow(c, slots)
			if !found && !b.filter.Only {
				idle++
			}
			t.add(r, found)
		}
		if idle > 0 {
			t.Notes = append(t.Notes, plural(idle, "project has", "projects have")+" no slot on the days shown.")
		}
		return t
	})
}

// projectRow gives a project's week; false where it has nothing to show.
func (b *boardMaker) projectRow(p model.ProjectCode, slots map[onDay[model.ProjectCode]]*model.Session) (Row, bool) {
	r, found := Row{Name: b.projectName(p), Note: string(p)}, false
	for _, d := range b.days {
		held, slot := b.held[onDay[model.ProjectCode]{p, d}], slots[onDay[model.ProjectCode]{p, d}]
		c := Cell{Cards: b.cardsOf(held, d, string(p))}
		for i := range c.Cards {
			c.Cards[i].Name = cmp.Or(c.Cards[i].Supervisors, unledRow)
			c.Cards[i].Context = r.Name + ", " + c.Cards[i].Context
		}
		found = found || len(c.Cards) > 0 || slot != nil && !b.filter.Only
		switch {
		case len(c.Cards) > 0:
		case len(held) > 0:
			c.Note = "Not in this view"
		case slot == nil:
			c.Note = "No slot"
		case slot.Bar == model.Open:
			c.Note = "Not used"
		default:
			c.Note = "Shut: " + strings.TrimPrefix(slot.Bar.String(), "it is ")
		}
		r.Cells = append(r.Cells, c)
	}
	return r, found
}
