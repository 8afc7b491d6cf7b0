package main

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/communitypayback/payback/model"
)

// shownUse is one supervisor or minibus in one session.
type shownUse struct {
	Code    string `json:"code"`
	Project string `json:"project_code"`
	Name    string `json:"name"`
	Date    string `json:"date"`
	Start   string `json:"start_time"`
	Booked  int    `json:"booked"`
	With    string `json:"with"` // the minibus a supervisor drives, or the driver of a minibus

	key model.SessionKey
}

func shownSupervisors(p *planned) []shownUse {
	var out []shownUse
	for _, d := range p.roster.Duties {
		u := p.use(string(d.Supervisor), d.Session)
		for _, t := range p.roster.TripsOf(d.Session) {
			if t.Driver == d.Supervisor {
				u.With = string(t.Minibus)
			}
		}
		out = append(out, u)
	}
	return byCode(out)
}

func shownMinibuses(p *planned) []shownUse {
	var out []shownUse
	for _, t := range p.roster.Trips {
		u := p.use(string(t.Minibus), t.Session)
		u.With = string(t.Driver)
		out = append(out, u)
	}
	return byCode(out)
}

func (p *planned) use(code string, k model.SessionKey) shownUse {
	return shownUse{Code: code, Project: string(k.Project), Name: p.name(k.Project), Date: k.Date.String(), Start: k.Start.String(),
		Booked: len(p.roster.In(k)), key: k}
}

func byCode(all []shownUse) []shownUse {
	slices.SortStableFunc(all, func(a, b shownUse) int { return cmp.Or(cmp.Compare(a.Code, b.Code), a.key.Compare(b.key)) })
	return all
}

func useColumns(what string) []column[shownUse] {
	with := "drives"
	if what == "minibus" {
		with = "driver"
	}
	return []column[shownUse]{
		{name: what, cell: func(u shownUse) string { return u.Code }},
		{name: "date", cell: func(u shownUse) string { return u.Date }, table: func(u shownUse) string { return day(u.key.Date) }},
		{name: "start_time", cell: func(u shownUse) string { return u.Start }},
		{name: "project_code", cell: func(u shownUse) string { return u.Project }, hide: true},
		{name: "project", cell: func(u shownUse) string { return u.Name }, table: func(u shownUse) string { return u.Project + " " + short(u.Name, 30) }},
		{name: "booked", right: true, cell: func(u shownUse) string { return strconv.Itoa(u.Booked) }},
		{name: with, cell: func(u shownUse) string { return u.With }},
	}
}

// shownLeft is somebody who was not or not fully placed.
type shownLeft struct {
	CRN      string `json:"crn"`
	Event    int    `json:"event_number"`
	Needed   int    `json:"needed_minutes"`
	Placed   int    `json:"placed_minutes"`
	Obstacle string `json:"main_obstacle"`
	Nearest  string `json:"nearest_miss"`
}

func shownUnplaced(p *planned) []shownLeft {
	return convert(p.unplaced, func(row map[string]string) shownLeft {
		return shownLeft{CRN: row["crn"], Event: whole(row["event_number"]), Needed: whole(row["needed_minutes"]),
			Placed: whole(row["placed_minutes"]), Obstacle: row["main_obstacle"], Nearest: row["nearest_miss"]}
	})
}

var unplacedColumns = []column[shownLeft]{
	{name: "crn", cell: func(u shownLeft) string { return u.CRN }},
	{name: "event_number", cell: func(u shownLeft) string { return strconv.Itoa(u.Event) }, hide: true},
	{name: "needed_minutes", right: true, cell: func(u shownLeft) string { return strconv.Itoa(u.Needed) }, hide: true},
	{name: "placed_minutes", right: true, cell: func(u shownLeft) string { return strconv.Itoa(u.Placed) }, hide: true},
	{name: "needed", right: true, only: true, cell: func(u shownLeft) string { return hours(int64(u.Needed)) }},
	{name: "placed", right: true, only: true, cell: func(u shownLeft) string { return hours(int64(u.Placed)) }},
	{name: "main_obstacle", cell: func(u shownLeft) string { return u.Obstacle }},
	{name: "nearest_miss", cell: func(u shownLeft) string { return u.Nearest }},
}
