package scheduler

import (
	"slices"

	"github.com/communitypayback/payback/model"
)

// HappeningKind is a kind of thing that goes wrong in a published week. The list is closed.
type HappeningKind string

// The kinds, and the fields that each reads besides From and To.
const (
	SupervisorOff HappeningKind = "supervisor-off" // Supervisor
	MinibusOff    HappeningKind = "minibus-off"    // Minibus
	ProjectClosed HappeningKind = "close"          // Project
	ItRains       HappeningKind = "rain"           // WeatherArea; empty: all
	PersonOff     HappeningKind = "person-off"     // CRN
	Overbooked    HappeningKind = "overbooked"     // Session, all of whose people say that they come; or Project, which has Places only
)

// Happening is something that goes wrong in a week, on the days from From to To; To zero: on one day, or with a closed project to
// the end of the week.
type Happening struct {
	Kind        HappeningKind
	From, To    model.Date
	Supervisor  model.SupervisorCode
	Minibus     model.Registration
	Project     model.ProjectCode
	CRN         model.CRN
	WeatherArea string
	Session     model.SessionKey
	Places      int32
}

// Edits gives what becomes of a week. What the week does not have is a [model.Error] with CodeNotFound.
func (h *Happening) Edits(sn *model.Snapshot) ([]model.Edit, error) {
	if h.Kind != Overbooked && !sn.Week.Holds(h.From) {
		return nil, model.Errorf(model.CodeUsage, "found %s on %v; expected a day of week %v", h.Kind, h.From, sn.Week)
	}
	last := h.To
	if last == 0 {
		last = h.From
	}
	span := model.Span{Start: sn.Calendar.Instant(h.From, 0), End: sn.Calendar.Instant(last+1, 0)}
	switch h.Kind {
	case SupervisorOff:
		return []model.Edit{model.SupervisorOff{Code: h.Supervisor, Span: span}}, nil
	case MinibusOff:
		return []model.Edit{model.MinibusOff{Registration: h.Minibus, From: h.From, To: last}}, nil
	case ProjectClosed:
		return []model.Edit{model.CloseProject{Code: h.Project, From: h.From, To: h.To}}, nil
	case ItRains:
		return h.rain(sn, last), nil
	case PersonOff:
		return []model.Edit{model.PersonOff{CRN: h.CRN, Span: span}}, nil
	case Overbooked:
		return h.overbooked(sn)
	}
	return nil, model.Errorf(model.CodeUsage, "found %q; expected supervisor-off, minibus-off, close, rain, person-off or overbooked", h.Kind)
}

// rain makes rain certain in an area, or in all.
func (h *Happening) rain(sn *model.Snapshot, last model.Date) []model.Edit {
	areas := []string{h.WeatherArea}
	if h.WeatherArea == "" {
		areas = WeatherAreas(sn)
	}
	const certain = 1000
	var out []model.Edit
	for _, a := range areas {
		for d := h.From; d <= last; d++ {
			out = append(out, model.Rain{WeatherArea: a, Date: d, Permille: certain})
		}
	}
	return out
}

// WeatherAreas lists the areas that have a forecast of their own, in order.
func WeatherAreas(sn *model.Snapshot) []string {
	var areas []string
	for i := range sn.Teams {
		areas = append(areas, sn.Teams[i].WeatherArea)
	}
	for i := range sn.Projects {
		areas = append(areas, sn.Projects[i].WeatherArea)
	}
	slices.Sort(areas)
	return slices.DeleteFunc(slices.Compact(areas), func(a string) bool { return a == "" })
}

// overbooked has everybody come who is booked in a session, or leaves a project with fewer places.
func (h *Happening) overbooked(sn *model.Snapshot) ([]model.Edit, error) {
	if h.Session == (model.SessionKey{}) {
		return []model.Edit{model.SetPlaces{Project: h.Project, Places: h.Places}}, nil
	}
	k, err := FindSession(sn, h.Session)
	if err != nil {
		return nil, err
	}
	const surely = 1000
	var out []model.Edit
	if sn.Published != nil {
		for _, a := range sn.Published.In(k) {
			if sn.Person(a.CRN) != nil {
				out = append(out, model.SetAttendance{CRN: a.CRN, Permille: surely})
			}
		}
	}
	if len(out) == 0 {
		return nil, model.Errorf(model.CodeNotFound, "found nobody in session %v of what is published; expected a session that is overbooked", k)
	}
	return out, nil
}
