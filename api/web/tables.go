package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
)

// Table is one team's week: a row for each supervisor, minibus or project, and a cell for each day shown.
type Table struct {
	ID, Name, Size string
	Corner         string // what the rows are
	Caption        string
	Notes          []string // sentences above it
	Rows           []Row
	Reserves       []string // by day, who and what is free; empty: not in this view
	Empty          string   // a sentence in place of a table without rows
}

// Row is one supervisor's, minibus's or project's week.
type Row struct {
	Name, Note string
	Cells      []Cell
}

// Cell is one day of a row. Without sessions, Note says why; Bad where that is a reason to act.
type Cell struct {
	Cards []Card
	Note  string
	Bad   bool
}

// unledRow names the row of the sessions that no known supervisor leads, because they need none or lack one.
const unledRow = "Nobody leads"

// teams gives the table of each team's supervisors.
func (b *boardMaker) teams() []Table {
	crews := map[model.TeamCode][]*model.Supervisor{} // looked up only
	for i := range b.Snapshot.Supervisors {
		s := &b.Snapshot.Supervisors[i]
		crews[s.Team] = append(crews[s.Team], s)
	}
	visitors, strays := b.visitors(), b.strays()
	return b.byTeam(func(team model.TeamCode) Table {
		t := Table{Corner: "Supervisor", Size: count(len(crews[team]), "supervisor"), Empty: "No supervisors or sessions to show for this team."}
		t.Caption = "Supervisors of " + b.teamName(team) + " and their sessions on each day"
		for _, s := range crews[team] {
			t.add(b.row(s, b.filter.Only, ""))
		}
		for _, s := range visitors[team] {
			t.add(b.row(s, true, "of "+b.teamName(s.Team)))
		}
		t.add(b.strayRow(team, strays))
		t.Reserves = b.reserves(team)
		return t
	})
}

// add adds a row that is there.
func (t *Table) add(r Row, found bool) {
	if found {
		t.Rows = append(t.Rows, r)
	}
}

// byTeam makes a table for each team that the filter shows, and one for sessions of no known team where there are any.
func (b *boardMaker) byTeam(table func(model.TeamCode) Table) []Table {
	var out []Table
	for i := range b.Snapshot.Teams {
		c := b.Snapshot.Teams[i].Code
		if !b.holds(c) {
			continue
		}
		t := table(c)
		t.ID, t.Name = "team-"+string(c), b.teamName(c)
		out = append(out, t)
	}
	lost := slices.ContainsFunc(b.shown, func(e *entry) bool { return e.team == "" })
	if lost {
		t := table("")
		t.ID, t.Name, t.Size, t.Reserves = "team-none", "Of no known team", "", nil
		out = append(out, t)
	}
	return out
}

// row gives a supervisor's week. Busy: only if a session of it is shown.
func (b *boardMaker) row(s *model.Supervisor, busy bool, note string) (Row, bool) {
	r, found := Row{Name: string(s.Code), Note: note}, false
	for _, d := range b.days {
		led := b.led[onDay[model.SupervisorCode]{s.Code, d}]
		c := Cell{Cards: b.cardsOf(led, d, string(s.Code))}
		switch {
		case len(c.Cards) > 0:
			found = true
		case len(led) > 0:
			c.Note = "Not in this view"
		case b.available(s, d):
			c.Note = "Free"
		default:
			c.Note = "Not working"
		}
		r.Cells = append(r.Cells, c)
	}
	return r, found || !busy
}

// cardsOf gives those of some sessions that are shown.
func (b *boardMaker) cardsOf(all []*entry, d model.Date, who string) []Card {
	var out []Card
	for _, e := range all {
		if c, shown := b.cards[e]; shown {
			out = append(out, c.in(d, who, e.key.Start))
		}
	}
	return out
}

// visitors gives, by team, the supervisors of teams that are not shown who lead one of its shown sessions, in order.
func (b *boardMaker) visitors() map[model.TeamCode][]*model.Supervisor {
	out := map[model.TeamCode][]*model.Supervisor{}
	for _, e := range b.shown {
		for _, d := range e.duties {
			if s := b.Snapshot.Supervisor(d.Supervisor); s != nil && (!b.holds(s.Team) || b.Snapshot.Team(s.Team) == nil) {
				out[e.team] = append(out[e.team], s)
			}
		}
	}
	for team, all := range out {
		slices.SortFunc(all, func(x, y *model.Supervisor) int { return cmp.Compare(x.Code, y.Code) })
		out[team] = slices.Compact(all)
	}
	return out
}

// strays gives the shown sessions that no known supervisor leads.
func (b *boardMaker) strays() map[onDay[model.TeamCode]][]*entry {
	out := map[onDay[model.TeamCode]][]*entry{}
	for _, e := range b.shown {
		if !slices.ContainsFunc(e.duties, func(d model.Duty) bool { return b.Snapshot.Supervisor(d.Supervisor) != nil }) {
			at := onDay[model.TeamCode]{e.team, e.key.Date}
			out[at] = append(out[at], e)
		}
	}
	return out
}

// strayRow gives the row of a team's sessions that nobody leads.
func (b *boardMaker) strayRow(team model.TeamCode, strays map[onDay[model.TeamCode]][]*entry) (Row, bool) {
	r, found := Row{Name: unledRow}, false
	for _, d := range b.days {
		c := Cell{Cards: b.cardsOf(strays[onDay[model.TeamCode]{team, d}], d, strings.ToLower(unledRow))}
		found = found || len(c.Cards) > 0
		r.Cells = append(r.Cells, c)
	}
	return r, found
}

// available reports whether a supervisor works on a day.
func (b *boardMaker) available(s *model.Supervisor, d model.Date) bool {
	return slices.ContainsFunc(s.Available, b.Snapshot.Calendar.Span(d, 0, 1440).Overlaps)
}
