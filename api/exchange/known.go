package exchange

import (
	"slices"

	"github.com/communitypayback/payback/model"
)

// remember lets rows refer to what the region has of a kind already.
func (r *reader) remember(kind string, st *state) {
	f := r.o.Known
	if f == nil {
		return
	}
	switch kind {
	case "teams":
		recall(st, f.Teams, func(x model.Team) string { return string(x.Code) })
	case "people":
		recall(st, f.People, func(x model.Person) string { return string(x.CRN) })
	case "projects":
		recall(st, f.Projects, func(x model.Project) string { return string(x.Code) })
	case "supervisors":
		recall(st, f.Supervisors, func(x model.Supervisor) string { return string(x.Code) })
	case "minibuses":
		recall(st, f.Minibuses, func(x model.Minibus) string { return string(x.Registration) })
	case "pick_up_locations":
		recall(st, f.Stops, func(x model.Stop) string { return string(x.Code) })
	}
}

func recall[T any](st *state, all []T, code func(T) string) {
	for _, x := range all {
		st.known[code(x)] = true
	}
}

// sittingFacts gives the slots and held sessions that tell which session an appointment belongs to: those read now, and
// those known of projects that the files give no slots for.
func (r *reader) sittingFacts(f *model.Facts) *model.Facts {
	if r.o.Known == nil {
		return f
	}
	given := map[model.ProjectCode]bool{}
	for _, s := range f.Slots {
		given[s.Project] = true
	}
	out := &model.Facts{Held: f.Held, Slots: slices.Clone(f.Slots)}
	for _, s := range r.o.Known.Slots {
		if !given[s.Project] {
			out.Slots = append(out.Slots, s)
		}
	}
	return out
}
