package web

import (
	"fmt"
	"strings"

	"github.com/communitypayback/payback/model"
)

// Card is one session in a table or a list.
type Card struct {
	ID, URL, Name          string
	Context                string // what a reader who hears links without their table needs to tell them apart
	Time, Booked           string
	Tag, Tone              string // empty: nothing to say; "bad" or "warn"
	Fill                   string // how full it is, f0 to f10; empty: it has no places
	Supervisors, Minibuses string // for the list; empty: none
}

func (b *boardMaker) card(e *entry) Card {
	c := Card{ID: anchor(e.key), URL: sessionURL(e.key, b.filter.Region), Name: b.projectName(e.key.Project), Time: b.times(e.key)}
	c.Booked = booked(e)
	if e.places > 0 {
		c.Fill = fmt.Sprintf("f%d", min(10, len(e.comers)*10/int(e.places)))
	}
	c.Tag, c.Tone = e.tag()
	var crew, buses []string
	for _, d := range e.duties {
		crew = append(crew, string(d.Supervisor))
	}
	for _, t := range e.trips {
		buses = append(buses, string(t.Minibus))
	}
	c.Supervisors, c.Minibuses = strings.Join(crew, ", "), strings.Join(buses, ", ")
	return c
}

// in gives the card as it stands in the row of somebody or something.
func (c Card) in(day model.Date, who string, start model.Clock) Card {
	c.Context = shortDate(day) + ", " + who + ", " + clock(start)
	return c
}

// booked says how many are booked, for how many places.
func booked(e *entry) string {
	said := thousands(int64(len(e.comers))) + " booked"
	if e.project != nil {
		said += ", " + count(int(e.places), "place")
	}
	return said
}

// anchor names a session on the page by its project, date and time.
func anchor(k model.SessionKey) string {
	return "s-" + strings.NewReplacer("/", "-", ":", "", " ", "-").Replace(k.String())
}
