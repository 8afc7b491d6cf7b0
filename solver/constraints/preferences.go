package constraints

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/solver"
)

// Preferences gives people what they said that they would like, where it costs little: negative prices. One entry: one
// appointment.
var Preferences = &solver.Constraint{
	ID:    "preferences",
	Title: "People are given what they would like",
	Doc: "An appointment on a day that the person would like (mon to sun) is worth a little, and so is one with a kind of work or place that they would like: outdoor, sheltered or " +
		"indoor; group, individual, ete; light, medium or heavy; quiet; or a word of the project's name. In a group it is worth something that a supervisor shares a language that the " +
		"person names, and for those who would like quiet that one is trained for neurodiversity.",
	Clauses:    []policy.ClauseID{"preferences", "preferences.day", "preferences.work", "preferences.language", "preferences.neurodiversity"},
	Level:      solver.Soft,
	Unit:       "millipoints",
	Violations: liked,
	Lower:      lowerPreferences,
	Explain: func(_ *model.Snapshot, v solver.Violation) string {
		return fmt.Sprintf("%s at %s has %s: worth %s.", who(v), whither(v), v.Why, points(-v.Amount))
	},
}

func liked(sn *model.Snapshot, r *model.Roster) iter.Seq[solver.Violation] {
	return cases(r, func(r *model.Roster, report reporter) {
		var why []string
		for i := range r.Appointments {
			a := &r.Appointments[i]
			p, at := sn.Person(a.CRN), sn.Project(a.Session.Project)
			if p == nil || at == nil || len(p.Likes)+len(p.Languages) == 0 {
				continue
			}
			v := here(a)
			v.Amount, why = 0, why[:0]
			gains := func(yes bool, worth int64, what string) {
				if yes && worth != 0 {
					v.Amount, why = v.Amount-worth, append(why, what)
				}
			}
			gains(likesDay(p, a.Session.Date), sn.Policy.LikedDayWorth, "a day they would like")
			gains(likesWork(p, at), sn.Policy.LikedWorkWorth, "work they would like")
			speaks, trained := false, false
			for _, c := range crew(r, a.Session) {
				if s := sn.Supervisor(c); s != nil && at.Kind == model.Group {
					speaks = speaks || sharesLanguage(p, s)
					trained = trained || s.TrainedOn(a.Session.Date).Has(model.TrainedNeurodiversity)
				}
			}
			gains(speaks, sn.Policy.LanguageWorth, "a supervisor who speaks their language")
			quiet := slices.ContainsFunc(p.Likes, func(l string) bool { return strings.EqualFold(strings.TrimSpace(l), "quiet") })
			gains(trained && quiet, sn.Policy.NeurodiversityWorth, "a supervisor trained for neurodiversity")
			if v.Why = strings.Join(why, " and "); v.Amount != 0 {
				report(v)
			}
		}
	})
}

// likesDay reports whether someone named a weekday among what they would like.
func likesDay(p *model.Person, d model.Date) bool {
	return slices.ContainsFunc(p.Likes, func(l string) bool { return strings.EqualFold(strings.TrimSpace(l), d.Weekday().String()[:3]) })
}

// likesWork reports whether someone named what a project offers among what they would like.
func likesWork(p *model.Person, at *model.Project) bool {
	for _, l := range p.Likes {
		l = strings.ToLower(strings.TrimSpace(l))
		switch l {
		case "", "mon", "tue", "wed", "thu", "fri", "sat", "sun": // a day is no kind of work
		case "quiet":
			if at.QuietPlace {
				return true
			}
		case at.Exposure.String(), at.Kind.String(), at.Demand.String():
			return true
		default:
			words, name := strings.Fields(l), strings.Fields(strings.ToLower(at.Name))
			for i := range name {
				if len(name)-i >= len(words) && slices.Equal(name[i:i+len(words)], words) {
					return true
				}
			}
		}
	}
	return false
}

// sharesLanguage reports whether a person and a supervisor name the same language.
func sharesLanguage(p *model.Person, s *model.Supervisor) bool {
	for _, a := range p.Languages {
		for _, c := range s.Languages {
			if a = strings.TrimSpace(a); a != "" && strings.EqualFold(a, strings.TrimSpace(c)) {
				return true
			}
		}
	}
	return false
}
