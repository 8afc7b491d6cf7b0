package web

import (
	"fmt"
	"net/url"

	"github.com/communitypayback/payback/model"
)

// View is one of the ways to look at a week.
type View string

// The views.
const (
	BoardView   View = "" // a table a team: supervisors and days
	ListView    View = "list"
	MinibusView View = "minibus"
	ProjectView View = "project"
)

// Filter narrows the board. The zero Filter shows everything.
type Filter struct {
	Region string         // carried through every link; empty: there is but one
	Area   string         // empty: every area
	Team   model.TeamCode // empty: every team
	Day    model.Date     // zero: every day
	Only   bool           // only sessions that need attention
	View   View
	All    bool // everything that needs attention is listed, not only what comes first
}

// narrowed reports whether some sessions may be left out.
func (f Filter) narrowed() bool { return f.Area != "" || f.Team != "" || f.Day != 0 || f.Only }

// readFilter reads the form; what it does not know it leaves out.
func readFilter(q url.Values) Filter {
	f := Filter{Area: q.Get("area"), Team: model.TeamCode(q.Get("team")), Only: q.Get("show") == "attention", All: q.Get("attention") == "all"}
	switch v := View(q.Get("view")); v {
	case ListView, MinibusView, ProjectView:
		f.View = v
	}
	if d, err := model.ParseDate(q.Get("day")); err == nil {
		f.Day = d
	}
	return f
}

// query gives the filter as the query of an address, with its question mark; empty for the zero filter.
func (f Filter) query() string {
	q := url.Values{}
	set := func(name, value string) {
		if value != "" {
			q.Set(name, value)
		}
	}
	set("region", f.Region)
	set("area", f.Area)
	set("team", string(f.Team))
	set("day", f.Day.String())
	set("view", string(f.View))
	if f.Only {
		set("show", "attention")
	}
	if f.All {
		set("attention", "all")
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// weekURL gives the address of a week seen through a filter.
func weekURL(w model.Week, f Filter) string { return "/weeks/" + w.String() + f.query() }

// sessionURL gives the address of a session's page.
func sessionURL(k model.SessionKey, region string) string {
	return fmt.Sprintf("/sessions/%s/%v/%02d%02d%s", url.PathEscape(string(k.Project)), k.Date, k.Start/60, k.Start%60, Filter{Region: region}.query())
}

// registerURL gives the address of a session's register.
func registerURL(k model.SessionKey, region string) string {
	return fmt.Sprintf("/sessions/%s/%v/%02d%02d/register%s", url.PathEscape(string(k.Project)), k.Date, k.Start/60, k.Start%60, Filter{Region: region}.query())
}

// readKey reads the three parts of a session's address, in the form that [sessionURL] writes and in no other.
func readKey(project, date, start string) (model.SessionKey, error) {
	d, err := model.ParseDate(date)
	if err != nil {
		return model.SessionKey{}, err
	}
	if len(start) != 4 || d.String() != date {
		return model.SessionKey{}, fmt.Errorf("found %q and %q; expected a date and a time such as 2026-11-30 and 0900", date, start)
	}
	at, err := model.ParseClock(start[:2] + ":" + start[2:])
	if err != nil {
		return model.SessionKey{}, err
	}
	return model.SessionKey{Project: model.ProjectCode(project), Date: d, Start: at}, nil
}
