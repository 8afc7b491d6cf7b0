package instance

import (
	"cmp"
	"slices"

	"github.com/communitypayback/payback/model"
)

// order sorts every part as model.Facts says.
func order(f *model.Facts) {
	slices.SortFunc(f.Teams, func(a, b model.Team) int { return cmp.Compare(a.Code, b.Code) })
	slices.SortFunc(f.People, func(a, b model.Person) int { return cmp.Compare(a.CRN, b.CRN) })
	slices.SortFunc(f.Names, func(a, b model.Name) int { return cmp.Compare(a.CRN, b.CRN) })
	slices.SortStableFunc(f.Spells, func(a, b model.Spell) int { return cmp.Compare(a.CRN, b.CRN) })
	slices.SortFunc(f.KeepApart, func(a, b model.Pair) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) })
	slices.SortStableFunc(f.Zones, func(a, b model.Zone) int { return cmp.Compare(a.CRN, b.CRN) })
	slices.SortFunc(f.Projects, func(a, b model.Project) int { return cmp.Compare(a.Code, b.Code) })
	slices.SortFunc(f.Slots, func(a, b model.Slot) int {
		return cmp.Or(cmp.Compare(a.Project, b.Project), cmp.Compare(a.Weekday, b.Weekday), cmp.Compare(a.Start, b.Start), cmp.Compare(a.StartDate, b.StartDate))
	})
	slices.SortFunc(f.Supervisors, func(a, b model.Supervisor) int { return cmp.Compare(a.Code, b.Code) })
	slices.SortStableFunc(f.Shifts, func(a, b model.Shift) int { return cmp.Compare(a.Supervisor, b.Supervisor) })
	slices.SortFunc(f.Minibuses, func(a, b model.Minibus) int { return cmp.Compare(a.Registration, b.Registration) })
	slices.SortFunc(f.Stops, func(a, b model.Stop) int { return cmp.Compare(a.Code, b.Code) })
	slices.SortFunc(f.Holidays, func(a, b model.Holiday) int { return cmp.Compare(a.Date, b.Date) })
	slices.SortFunc(f.Outlooks, func(a, b model.Outlook) int {
		return cmp.Or(cmp.Compare(a.WeatherArea, b.WeatherArea), cmp.Compare(a.Date, b.Date))
	})
	slices.SortFunc(f.Standing, func(a, b model.Standing) int {
		return cmp.Or(cmp.Compare(a.CRN, b.CRN), cmp.Compare(a.Project, b.Project), cmp.Compare(a.Weekday, b.Weekday), cmp.Compare(a.Start, b.Start))
	})
	slices.SortFunc(f.History, model.Appointment.Compare)
	slices.SortFunc(f.Kit, func(a, b model.Kit) int { return cmp.Or(cmp.Compare(a.Team, b.Team), cmp.Compare(a.Kind, b.Kind)) })
	slices.SortFunc(f.Contacts, func(a, b model.Contact) int { return cmp.Compare(a.CRN, b.CRN) })
	slices.SortFunc(f.Reviews, func(a, b model.Review) int {
		return cmp.Or(cmp.Compare(a.CRN, b.CRN), cmp.Compare(a.Event, b.Event), cmp.Compare(a.Kind, b.Kind))
	})
}
