package main

import (
	_ "embed" // the page is part of the program
	"fmt"
	"html/template"
	"os"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

//go:embed board.html
var boardHTML string

var boardPage = template.Must(template.New("board").Parse(boardHTML))

// board is a week as a page: by day and project, with codes and CRNs.
type board struct {
	Region, Week string
	Days         []boardDay
}

type boardDay struct {
	Title    string
	Sessions []boardSession
}

type boardSession struct {
	Project, Name, Time    string
	Booked, Places         int
	Supervisors, Minibuses []string
	Stops                  []string
	People                 []boardPerson
}

type boardPerson struct{ CRN, Time, PickUp string }

// writeBoard writes a roster as a page that needs nothing but itself.
func writeBoard(path string, sn *model.Snapshot, r *model.Roster) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write the week: %w", err)
	}
	if err := boardPage.Execute(f, newBoard(sn, r)); err != nil {
		_ = f.Close()
		return fmt.Errorf("write the week: %w", err)
	}
	return f.Close()
}

func newBoard(sn *model.Snapshot, r *model.Roster) board {
	b := board{Region: sn.Region, Week: sn.Week.String()}
	for d := sn.Week.Monday(); sn.Week.Holds(d); d++ {
		b.Days = append(b.Days, boardDay{Title: day(d)})
	}
	for _, k := range r.Sessions() {
		to := &b.Days[int(k.Date-sn.Week.Monday())]
		to.Sessions = append(to.Sessions, boardOf(sn, r, k))
	}
	return b
}

func boardOf(sn *model.Snapshot, r *model.Roster, k model.SessionKey) boardSession {
	x := boardSession{Project: string(k.Project), Time: k.Start.String()}
	if s := sn.Session(k); s != nil {
		x.Time += "–" + s.End.String()
	}
	if at := sn.Project(k.Project); at != nil {
		x.Name, x.Places = at.Name, int(scheduler.PlacesIn(sn, r, at, k))
	}
	clock := func(t model.Instant) string { _, c := sn.Calendar.Local(t); return c.String() }
	for _, d := range r.DutiesOf(k) {
		x.Supervisors = append(x.Supervisors, string(d.Supervisor))
	}
	for _, t := range r.TripsOf(k) {
		x.Minibuses = append(x.Minibuses, string(t.Minibus))
		for _, s := range t.Stops {
			if stop := string(s.Stop) + " " + clock(s.At); !slices.Contains(x.Stops, stop) {
				x.Stops = append(x.Stops, stop)
			}
		}
	}
	for _, a := range r.In(k) {
		x.Booked++
		p := boardPerson{CRN: string(a.CRN), Time: clock(a.Span.Start) + "–" + clock(a.Span.End)}
		if a.PickUp != "" {
			p.PickUp = string(a.PickUp) + " " + clock(a.PickUpAt)
		}
		x.People = append(x.People, p)
	}
	return x
}
