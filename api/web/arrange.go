package web

import (
	"fmt"
	"strings"

	"github.com/communitypayback/payback/model"
)

// What has to be arranged for a session and for each person in it. Paper is left lying about, so it holds the instruction and
// never the reason: nothing of health, faith, sex, risk or of who may not meet whom.

// instruction is what to do for everybody with one of some needs.
var instructions = []struct {
	needs model.Health
	text  string
}{
	{model.Wheelchair, "Keep the wheelchair place"},
	{model.NeedsStepFree, "Use the step-free way"},
	{model.SupportWorker, "Comes with a companion: keep two seats and two places"},
	{model.LightWorkOnly | model.Pregnancy, "Light tasks only"},
	{model.NoPowerTools | model.Epilepsy, "No power tools"},
	{model.Allergy, "Ask the duty manager before giving out materials"},
}

// arrange says what to arrange for one person in a session.
func (x *index) arrange(e *entry, a *model.Appointment) string {
	var said []string
	if s := x.Snapshot.Session(a.Session); s != nil {
		if a.Span.Start > s.Span.Start {
			said = append(said, "Arrives at "+x.clockAt(a.Span.Start)+": arranged")
		}
		if a.Span.End < s.Span.End {
			said = append(said, "Leaves at "+x.clockAt(a.Span.End)+": arranged")
		}
	}
	p := x.Snapshot.Person(a.CRN)
	if p == nil {
		return strings.Join(append(said, "Ask the duty manager"), ". ")
	}
	if p.Restricted {
		said = append(said, "Ask the duty manager")
	}
	for _, i := range instructions {
		if p.Health.Has(i.needs) && !(i.needs.Has(model.NoPowerTools) && e.project != nil && !e.project.PowerTools) {
			said = append(said, i.text)
		}
	}
	return strings.Join(said, ". ")
}

// plans says what to do for the session as a whole, and when something goes otherwise.
func (x *index) plans(e *entry) []string {
	var out []string
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	switch {
	case e.host != "":
		add("If it rains: everybody goes to %s (%s), with the same supervisors and minibuses.", x.projectName(e.host), e.host)
	case e.project != nil && e.project.Exposure == model.Outdoor:
		add("If it rains: there is no place indoors for this group. Ring the duty manager before it starts.")
	}
	for _, b := range x.Roster.Breaks {
		if b.Session == e.key {
			add("Breaks for everybody: %s. Keep to these times.", x.breaks(b.Spans))
		}
	}
	if pair := x.notAlone(e); len(pair) > 0 {
		add("Of %s, nobody starts without another of them. If only one comes, ring the duty manager before the group starts. Whoever is then sent home was stood down (AASD), not absent.",
			strings.Join(pair, ", "))
	}
	if e.project != nil && e.project.WomenOnly {
		add("Nobody joins this group but those on this sheet.")
	}
	if e.project != nil && e.project.Supervised() && x.particular(e) {
		add("Not every supervisor may take this group over. Ring the duty manager before anybody else does.")
	}
	if p := e.project; p != nil {
		var kit []string
		if p.HiVis {
			kit = append(kit, "hi-vis clothing")
		}
		if p.Exposure == model.Outdoor {
			kit = append(kit, "boots")
		}
		if p.PowerTools {
			kit = append(kit, "power tools, counted out and in")
		}
		if len(kit) > 0 {
			add("Take for everybody: %s.", strings.Join(kit, ", "))
		}
	}
	if e.needed > e.places && e.places > 0 {
		add("More are booked than there are places for. If more than %d places are needed, ring the duty manager: whoever is then sent home attended (ATSS), and was not absent.", e.places)
	}
	return out
}

// notAlone lists those of a mixed group of whom one alone must not stay.
func (x *index) notAlone(e *entry) []string {
	if e.project == nil || e.project.WomenOnly || e.project.Kind == model.Individual {
		return nil
	}
	var out []string
	for i := range e.comers {
		if p := x.Snapshot.Person(e.comers[i].CRN); p != nil && p.Sex == model.Female {
			out = append(out, string(p.CRN))
		}
	}
	return out
}

// particular reports whether the people of a session ask for more of a supervisor than any group does.
func (x *index) particular(e *entry) bool {
	for i := range e.comers {
		p := x.Snapshot.Person(e.comers[i].CRN)
		if p != nil && (p.NeedsTrainedSupervisor() || p.Flags.Has(model.NoMaleSupervisor|model.NoFemaleSupervisor)) {
			return true
		}
	}
	return false
}
