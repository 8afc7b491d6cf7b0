package web

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
)

func (b *boardMaker) list() []ListDay {
	var out []ListDay
	for _, d := range b.days {
		day := ListDay{Title: shortDate(d)}
		for _, k := range b.keys {
			if k.Date == d {
				day.Cards = append(day.Cards, b.cards[k])
			}
		}
		out = append(out, day)
	}
	return out
}

func (b *boardMaker) teams() []TeamTable {
	var out []TeamTable
	sn := b.Snapshot
	for i := range sn.Teams {
		t := &sn.Teams[i]
		if b.filter.Team != "" && b.filter.Team != t.Code {
			continue
		}
		table := TeamTable{ID: "team-" + string(t.Code), Name: cmp.Or(t.Name, string(t.Code))}
		for j := range sn.Supervisors {
			if s := &sn.Supervisors[j]; s.Team == t.Code {
				table.Rows = append(table.Rows, b.row(s))
			}
		}
		table.Size = count(len(table.Rows), "supervisor")
		if r, found := b.unled(t.Code); found {
			table.Rows = append(table.Rows, r)
		}
		if b.filter.Only {
			table.Rows = slices.DeleteFunc(table.Rows, func(r Row) bool {
				return !slices.ContainsFunc(r.Cells, func(c Cell) bool { return len(c.Cards) > 0 })
			})
		}
		out = append(out, table)
	}
	return out
}

func (b *boardMaker) row(s *model.Supervisor) Row {
	r := Row{Name: string(s.Code)}
	for _, d := range b.days {
		var c Cell
		for _, k := range b.keys {
			if k.Date == d && slices.Contains(b.Roster.DutiesOf(k), model.Duty{Session: k, Supervisor: s.Code}) {
				c.Cards = append(c.Cards, b.cards[k])
			}
		}
		if len(c.Cards) == 0 {
			c.Note = "Not working"
			day := b.Snapshot.Calendar.Span(d, 0, 1440)
			led := slices.ContainsFunc(b.Roster.Duties, func(x model.Duty) bool { return x.Supervisor == s.Code && x.Session.Date == d })
			switch {
			case led:
				c.Note = "Not in this view"
			case slices.ContainsFunc(s.Available, day.Overlaps):
				c.Note = "Free"
			}
		}
		r.Cells = append(r.Cells, c)
	}
	return r
}

// unledRow names the row of the sessions that no supervisor leads, because they need none or lack one.
const unledRow = "Nobody leads"

// unled gives the row of a team's sessions that no known supervisor leads.
func (b *boardMaker) unled(team model.TeamCode) (Row, bool) {
	r, found := Row{Name: unledRow}, false
	for _, d := range b.days {
		var c Cell
		for _, k := range b.keys {
			led := slices.ContainsFunc(b.Roster.DutiesOf(k), func(x model.Duty) bool { return b.Snapshot.Supervisor(x.Supervisor) != nil })
			if k.Date == d && b.team(k) == team && !led {
				c.Cards, found = append(c.Cards, b.cards[k]), true
			}
		}
		r.Cells = append(r.Cells, c)
	}
	return r, found
}
