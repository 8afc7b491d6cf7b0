package web

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// Reason is one thing about a session that somebody should look at.
type Reason struct {
	Title, Text string
	Must        bool // a rule that must hold is broken
	More        int  // how many more cases of the same there are, where only the first is told
}

const (
	// supervision is the constraint that wants a supervisor, whose case is told in the words people look for.
	supervision = "supervision"
	// sayable is the chance that somebody is sent home from which on it is worth a figure: below, nobody would act on it.
	sayable = 0.01
	// rainLikely is from how many permille on rain is likely.
	rainLikely = 500
)

const noSupervisor = "No supervisor"

// judge gives each session its reasons: the cases of rules that must hold in the order of the catalogue, then what may go
// wrong. A case that touches several sessions is told at each, and counted once. Violations whose constraint is not in the
// catalogue count as rules that must hold, so that nothing is played down.
func (x *index) judge() {
	for _, v := range x.Violations {
		c := x.rule(v.Constraint)
		if c != nil && c.Level == solver.Soft {
			continue
		}
		r := Reason{Title: v.Constraint, Text: v.Why, Must: true}
		if c != nil {
			r.Title, r.Text = c.Title, c.Explain(x.Snapshot, v)
		}
		r.Text = plain(r.Text, x.Snapshot.Week)
		x.broken++
		told := false
		for _, k := range slices.Compact(slices.Clone(v.Sessions)) {
			e := x.at[k]
			if e == nil {
				continue // of another week, or not in the roster
			}
			told = true
			said := r
			if v.Constraint == supervision && e.unled() {
				said.Title = noSupervisor
				e.reasons = slices.Insert(e.reasons, 0, said)
				continue
			}
			e.reasons = append(e.reasons, said)
		}
		if !told {
			x.unattached = append(x.unattached, r)
		}
	}
	for _, e := range x.entries {
		x.worry(e)
	}
}

// worry adds what may go wrong with a session although no rule is broken by it.
func (x *index) worry(e *entry) {
	add := func(r Reason) {
		e.reasons = append(e.reasons, r)
		x.look++
	}
	switch {
	case e.unled():
		if len(e.reasons) == 0 || e.reasons[0].Title != noSupervisor {
			add(Reason{Title: noSupervisor, Text: "Nobody leads it."})
		}
	case e.turnsAway():
		text := booked(e) + ": "
		if int(e.needed) > len(e.comers) {
			text = fmt.Sprintf("%s booked, who take %s of %d: ", thousands(int64(len(e.comers))), count(int(e.needed), "place"), e.places)
		}
		add(Reason{Title: "May turn people away", Text: text + sentHome(e.chance) + "."})
	}
	if e.project != nil && e.project.Exposure == model.Outdoor && e.rain >= rainLikely && e.host == "" {
		add(Reason{Title: "Rain likely, outdoor, no indoor plan", Text: "The forecast gives a " + percent(e.rain) + " chance of rain."})
	}
}

// turnsAway reports whether a session with places is more likely to have too few than the policy allows.
func (e *entry) turnsAway() bool { return !e.unled() && e.crowded }

// must reports whether a rule that must hold is broken by the session.
func (e *entry) must() bool {
	return slices.ContainsFunc(e.reasons, func(r Reason) bool { return r.Must })
}

// tag says the one thing about a session that matters most; empty: nothing.
func (e *entry) tag() (text, tone string) {
	switch {
	case e.unled():
		return noSupervisor, "bad"
	case e.must():
		return "Breaks a rule", "bad"
	case e.turnsAway():
		return "May turn people away", "warn"
	case len(e.reasons) > 0:
		return "Rain, no indoor plan", "warn"
	}
	return "", ""
}

// sentHome says a chance in words that can be acted on.
func sentHome(chance float64) string {
	switch {
	case chance <= 0:
		return "nobody needs to be sent home"
	case chance < sayable:
		return "less than 1 in 100 chance someone is sent home"
	case chance >= 0.95:
		return "someone is almost certain to be sent home"
	case chance >= 0.4:
		return fmt.Sprintf("%.0f in 10 chance someone is sent home", min(9, math.Round(chance*10)))
	default:
		return fmt.Sprintf("1 in %.0f chance someone is sent home", math.Round(1/chance))
	}
}

// shownFirst is how many sessions that need attention are listed at once, so that the last is within six stops of the Tab
// key with the link to the others.
const shownFirst = 5

// attention lists what needs attention: what must be put right first, then as the week goes.
func (b *boardMaker) attention() []Attention {
	var out []Attention
	for _, r := range b.unattached {
		out = append(out, Attention{Where: "The week as a whole", Must: true, Reasons: []Reason{r}})
	}
	worried := slices.DeleteFunc(slices.Clone(b.entries), func(e *entry) bool { return len(e.reasons) == 0 })
	slices.SortStableFunc(worried, func(x, y *entry) int { return cmp.Compare(rank(x), rank(y)) })
	for _, e := range worried {
		out = append(out, Attention{
			When: shortDate(e.key.Date) + ", " + clock(e.key.Start) + ", " + string(e.key.Project), Where: b.projectName(e.key.Project), Must: e.must(),
			URL: sessionURL(e.key, b.filter.Region), Reasons: merged(e.reasons),
		})
	}
	return out
}

// merged tells the first of several reasons with one title, and counts the others.
func merged(all []Reason) []Reason {
	var out []Reason
	for _, r := range all {
		if i := slices.IndexFunc(out, func(o Reason) bool { return o.Title == r.Title && o.Must == r.Must }); i >= 0 {
			out[i].More++
			continue
		}
		out = append(out, r)
	}
	return out
}

// rank orders sessions by how bad it is.
func rank(e *entry) int {
	switch {
	case e.must():
		return 0
	case e.unled():
		return 1
	case e.turnsAway():
		return 2
	}
	return 3
}
