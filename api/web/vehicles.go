package web

import (
	"fmt"

	"github.com/communitypayback/payback/model"
)

// vehicles gives the table of each team's minibuses, idle ones too, with what is wrong with them and their drivers.
func (b *boardMaker) vehicles() []Table {
	fleets := map[model.TeamCode][]*model.Minibus{} // looked up only
	for i := range b.Snapshot.Minibuses {
		m := &b.Snapshot.Minibuses[i]
		fleets[m.Team] = append(fleets[m.Team], m)
	}
	return b.byTeam(func(team model.TeamCode) Table {
		t := Table{Corner: "Minibus", Size: plural(len(fleets[team]), "minibus", "minibuses"), Empty: "No minibuses to show for this team."}
		t.Caption = "Minibuses of " + b.teamName(team) + " and their trips on each day"
		t.Notes = b.licences(team)
		for _, m := range fleets[team] {
			t.add(b.vehicleRow(m))
		}
		t.Reserves = b.reserves(team)
		return t
	})
}

// vehicleRow gives a minibus's week; false where only attention is asked for and there is none.
func (b *boardMaker) vehicleRow(m *model.Minibus) (Row, bool) {
	r := Row{Name: string(m.Registration), Note: count(int(m.Seats), "seat")}
	found, idle := false, true
	for _, d := range b.days {
		driven := b.driven[onDay[model.Registration]{m.Registration, d}]
		c := Cell{Cards: b.cardsOf(driven, d, string(m.Registration))}
		for i := range c.Cards {
			b.driver(&c.Cards[i], m, d, driven)
		}
		found = found || len(c.Cards) > 0
		idle = idle && len(driven) == 0
		switch off := offRoad(m, d); {
		case off != "":
			c.Note, c.Bad = off, true
			found = true
		case len(c.Cards) > 0:
		case len(driven) > 0:
			c.Note = "Not in this view"
		default:
			c.Note = "Idle"
		}
		r.Cells = append(r.Cells, c)
	}
	if idle {
		r.Note += ", idle"
	}
	return r, found || !b.filter.Only
}

// driver tells a trip's driver in place of the places of its session, and what is wrong with their licence.
func (b *boardMaker) driver(c *Card, m *model.Minibus, d model.Date, driven []*entry) {
	for _, e := range driven {
		for i := range e.trips {
			t := &e.trips[i]
			if t.Minibus != m.Registration || anchor(e.key) != c.ID {
				continue
			}
			c.Fill = ""
			if t.Driver == "" {
				c.Booked, c.Tag, c.Tone = "No driver named", "No driver", "bad"
				return
			}
			c.Booked = "Driver " + string(t.Driver)
			if why := mayNotDrive(b.Snapshot.Supervisor(t.Driver), m, d); why != "" {
				c.Tag, c.Tone = why, "bad"
			}
			return
		}
	}
}

// offRoad says why a minibus may not be used on a day; empty: it may.
func offRoad(m *model.Minibus, d model.Date) string {
	switch {
	case m.OnRoad(d):
		return ""
	case m.InspectedUntil != 0 && m.InspectedUntil < d:
		return "Inspection ended " + longDate(m.InspectedUntil)
	case m.OffRoadTo == 0:
		return "Off the road until further notice"
	default:
		return "Off the road until " + longDate(m.OffRoadTo)
	}
}

// mayNotDrive says why somebody may not drive a minibus on a day; empty: they may.
func mayNotDrive(s *model.Supervisor, m *model.Minibus, d model.Date) string {
	switch {
	case s == nil:
		return "Driver not known"
	case s.Licence == model.NoLicence:
		return "Driver has no licence"
	case s.LicenceOn(d) == model.NoLicence:
		return "Driver's licence ended " + longDate(s.LicenceUntil)
	case m.NeedsD1() && s.Licence != model.LicenceD1:
		return "Driver has no D1 licence"
	}
	return ""
}

// licences says which supervisors of a team cannot drive on some day shown.
func (b *boardMaker) licences(team model.TeamCode) []string {
	var out []string
	last := b.days[len(b.days)-1]
	for i := range b.Snapshot.Supervisors {
		s := &b.Snapshot.Supervisors[i]
		switch {
		case s.Team != team:
		case s.Licence == model.NoLicence:
			out = append(out, fmt.Sprintf("%s has no driving licence on record.", s.Code))
		case s.LicenceOn(last) == model.NoLicence:
			out = append(out, fmt.Sprintf("The licence of %s ends on %s.", s.Code, longDate(s.LicenceUntil)))
		}
	}
	return out
}
