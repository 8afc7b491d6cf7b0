package constraints

import (
	"slices"
	"strings"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// wishes is what one person would like, as the kernels of preferences read it.
type wishes struct {
	days [7]bool // by time.Weekday
	work []bool  // by project; nil: none
	calm bool
}

func lowerPreferences(b *solver.Builder) {
	pol := b.Snapshot.Policy
	all := make([]wishes, b.NumActors(solver.People))
	for a := range solver.ActorIx(len(all)) {
		all[a] = readWishes(b, b.Person(a).Likes)
	}
	weekday := make([]time.Weekday, b.NumSessions())
	for t := range weekday {
		weekday[t] = b.Session(solver.SessionIx(t)).Key.Date.Weekday()
	}
	b.Cost(solver.People, func(a solver.ActorIx, t solver.SessionIx) int64 {
		if all[a].days[weekday[t]] {
			return -pol.LikedDayWorth
		}
		return 0
	})
	b.CostAt(solver.People, func(a solver.ActorIx, k int32) int64 {
		if all[a].work != nil && all[a].work[k] {
			return -pol.LikedWorkWorth
		}
		return 0
	})
	lowerLanguages(b)
	calm := func(a solver.ActorIx) bool { return all[a].calm }
	trained := func(a solver.ActorIx, d model.Date) int32 {
		return int32(b.Supervisor(a).TrainedOn(d) & model.TrainedNeurodiversity)
	}
	for _, days := range periods(b, solver.Supervisors, trained) {
		met(b, pol.NeurodiversityWorth, calm, func(a solver.ActorIx) bool { return trained(a, days.first) != 0 },
			func(t solver.SessionIx) bool { return days.holds(b.Session(t).Key.Date) })
	}
}

// readWishes tells days from kinds of work.
func readWishes(b *solver.Builder, likes []string) wishes {
	var w wishes
	for _, text := range likes {
		word := strings.ToLower(strings.Join(strings.Fields(text), " "))
		if d := slices.Index([]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}, word); d >= 0 {
			w.days[time.Weekday(d)] = true
			continue
		}
		w.calm = w.calm || word == "quiet"
		if w.work == nil {
			w.work = make([]bool, b.NumProjects())
		}
		for k := range w.work {
			w.work[k] = w.work[k] || word != "" && offers(b.ProjectAt(int32(k)), word)
		}
	}
	return w
}

// offers reports whether a project has what a word asks for.
func offers(at *model.Project, word string) bool {
	if word == "quiet" {
		return at.QuietPlace
	}
	return word == at.Exposure.String() || word == at.Kind.String() || word == at.Demand.String() ||
		strings.Contains(" "+strings.Join(strings.Fields(strings.ToLower(at.Name)), " ")+" ", " "+word+" ")
}

// lowerLanguages counts, for each set of languages that people name, those people and the supervisors who share one.
func lowerLanguages(b *solver.Builder) {
	spoken := func(list []string) (out []string) {
		for _, l := range list {
			if l = strings.ToLower(strings.TrimSpace(l)); l != "" {
				out = append(out, l)
			}
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	sets := map[string][]string{} // looked up only
	var names []string
	by := make([]string, b.NumActors(solver.People))
	for a := range solver.ActorIx(len(by)) {
		set := spoken(b.Person(a).Languages)
		by[a] = strings.Join(set, ";")
		if _, known := sets[by[a]]; !known {
			sets[by[a]] = set
			names = append(names, by[a])
		}
	}
	slices.Sort(names)
	for _, name := range names {
		set := sets[name]
		met(b, b.Snapshot.Policy.LanguageWorth, func(a solver.ActorIx) bool { return by[a] == name },
			func(a solver.ActorIx) bool {
				return slices.ContainsFunc(spoken(b.Supervisor(a).Languages), func(l string) bool { return slices.Contains(set, l) })
			}, func(solver.SessionIx) bool { return true })
	}
}

// met makes each of some people in a group session worth something while one of some supervisors is there.
func met(b *solver.Builder, worth int64, person, supervisor func(solver.ActorIx) bool, session func(solver.SessionIx) bool) {
	one := func(k solver.ActorKind, is func(solver.ActorIx) bool) (of func(solver.ActorIx) int32, some bool) {
		list := make([]int32, b.NumActors(k))
		for i := range list {
			if is(b.First(k) + solver.ActorIx(i)) {
				list[i], some = 1, true
			}
		}
		return func(a solver.ActorIx) int32 {
			if b.Kind(a) == k {
				return list[a-b.First(k)]
			}
			return 0
		}, some
	}
	weight, anybody := one(solver.People, person)
	guard, ever := one(solver.Supervisors, supervisor)
	if worth == 0 || !anybody || !ever {
		return
	}
	b.Count(solver.Grid{
		Cols:   b.NumSessions(),
		Col:    b.EachSession(func(t solver.SessionIx) bool { return b.Project(t).Kind == model.Group && session(t) }),
		Weight: weight, Guard: guard, Shape: solver.Over, When: solver.Guarded, Limit: constant(0), Price: -worth,
	})
}
