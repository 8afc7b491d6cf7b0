package scheduler

import (
	"fmt"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// What explanations say in sentences. They hold codes and CRNs only.

// atSession says a session as the sentences of the rules do.
func atSession(k model.SessionKey) string {
	return fmt.Sprintf("%s on %s at %s", k.Project, k.Date, k.Start)
}

// OnTime says a price as minutes of on-time work: 7h30, or 12.5 minutes of less than an hour.
func OnTime(millipoints int64) string {
	millipoints = max(millipoints, -millipoints)
	switch tenths := (millipoints + 50) / 100; {
	case tenths == 10:
		return "1 minute of on-time work"
	case tenths < 100:
		return fmt.Sprintf("%d.%d minutes of on-time work", tenths/10, tenths%10)
	case tenths < 600:
		return fmt.Sprintf("%d minutes of on-time work", (tenths+5)/10)
	default:
		minutes := (tenths + 5) / 10
		return fmt.Sprintf("%dh%02d of on-time work", minutes/60, minutes%60)
	}
}

// AnswerText says an answer in sentences: where they are, what is scarce, what comes nearest, and what would make it possible.
func AnswerText(week model.Week, a *solver.Answer) []string {
	out := []string{placedText(week, a)}
	if s := scarceText(a); s != "" {
		out = append(out, s)
	}
	for i := range a.Places {
		if i == 3 {
			out = append(out, fmt.Sprintf("So it is in %s more.", count(int32(len(a.Places)-i), "session")))
			break
		}
		m := &a.Places[i]
		if m.Cost < 0 {
			out = append(out, fmt.Sprintf("%s has a place for them, worth %s.", atSession(m.Key), OnTime(m.Cost)))
		} else {
			out = append(out, fmt.Sprintf("%s has a place for them, which costs %s more than it is worth.", atSession(m.Key), OnTime(m.Cost)))
		}
	}
	for i := range a.Nearest {
		out = append(out, NearestText(&a.Nearest[i]))
	}
	return append(out, ChangeText(a)...)
}

func placedText(week model.Week, a *solver.Answer) string {
	if len(a.Placed) == 0 {
		return fmt.Sprintf("%s has no place in week %v.", a.Person, week)
	}
	var at []string
	for _, k := range a.Placed {
		at = append(at, atSession(k))
	}
	return fmt.Sprintf("%s is in %s.", a.Person, listed(at))
}

// scarceText says what keeps them out of most sessions; nothing where only one was asked about.
func scarceText(a *solver.Answer) string {
	s := &a.Scarce
	switch {
	case a.Considered == 0 && len(a.Placed) > 0:
		return "There is no session asked about that they are not in."
	case a.Considered == 0:
		return "The week has no session."
	case a.Considered == 1:
		return ""
	case s.Fact:
		return fmt.Sprintf("No session suits them, whoever else is placed: %s stands against %d of %d first (%s).", s.Rule.ID, s.Hit, s.Of, s.Rule.Title)
	}
	of := fmt.Sprintf("in %d of the %s suiting them", s.Hit, count(int32(s.Of), "session"))
	switch s.What {
	case solver.PlaceFree:
		return fmt.Sprintf("There is a place that is worth using, %s; the search has not found it.", of)
	case solver.TooDear:
		return fmt.Sprintf("Giving them a place costs more than it is worth, %s.", of)
	}
	if s.Rule.Lack != "" {
		return fmt.Sprintf("Scarce: %s, %s.", s.Rule.Lack, of)
	}
	return fmt.Sprintf("What stands in the way is %s, %s (%s).", s.Rule.ID, of, s.Rule.Title)
}

// NearestText says what stands against a session.
func NearestText(m *solver.Miss) string {
	var why []string
	for _, o := range m.Against {
		if len(o.Words) == 0 {
			why = append(why, fmt.Sprintf("%s (%s).", o.Rule.ID, o.Rule.Title))
			continue
		}
		for _, w := range o.Words {
			why = append(why, fmt.Sprintf("%s: %s", o.Rule.ID, w))
		}
	}
	return fmt.Sprintf("Against %s: %s", atSession(m.Key), strings.Join(why, " "))
}

// ChangeText says the change that an answer proposes, or why there is none.
func ChangeText(a *solver.Answer) []string {
	c := a.Change
	switch {
	case c == nil && a.Fact:
		return []string{"No change of the roster makes it possible: it is about them or the session, not about who else comes."}
	case c == nil && a.Tried > 0:
		return []string{fmt.Sprintf("No small change that keeps every rule was found; %s tried, the nearest first.", wereTried(a.Tried))}
	case c == nil:
		return nil
	}
	var what []string
	for _, m := range c.Moves {
		what = append(what, moveText(&m))
	}
	out := []string{fmt.Sprintf("Possible if %s.", strings.Join(what, "; "))}
	if len(c.Retimed) > 0 {
		out = append(out, fmt.Sprintf("The times or pick-up of %s change.", listed(crns(c.Retimed))))
	}
	tell := fmt.Sprintf("To tell: %s (%s)", people(len(c.TellPeople())), strings.Join(crns(c.TellPeople()), ", "))
	if s := c.TellSupervisors(); len(s) > 0 {
		tell += fmt.Sprintf(" and %s (%s)", count(int32(len(s)), "supervisor"), strings.Join(crns(s), ", "))
	}
	out = append(out, tell+".")
	if c.Cost > 0 {
		return append(out, fmt.Sprintf("It costs the week %s.", OnTime(c.Cost)))
	}
	return append(out, fmt.Sprintf("The week gains %s by it.", OnTime(c.Cost)))
}

func wereTried(n int) string {
	if n == 1 {
		return "1 session was"
	}
	return fmt.Sprintf("%d sessions were", n)
}

func moveText(m *solver.Move) string {
	who := string(m.Person)
	switch {
	case m.Supervisor != "":
		who = "supervisor " + string(m.Supervisor)
	case m.Minibus != "":
		who = "minibus " + string(m.Minibus)
	}
	none := model.SessionKey{}
	switch {
	case m.From == none:
		return fmt.Sprintf("%s joins %s", who, atSession(m.To))
	case m.To == none && m.Person != "":
		return fmt.Sprintf("%s leaves %s and has no place instead", who, atSession(m.From))
	case m.To == none:
		return fmt.Sprintf("%s leaves %s", who, atSession(m.From))
	default:
		return fmt.Sprintf("%s moves from %s to %s", who, atSession(m.From), atSession(m.To))
	}
}

// HereText says why an appointment is where it is.
func HereText(h *solver.Here) []string {
	var out []string
	if h.Without >= 0 {
		out = append(out, fmt.Sprintf("Without it the week would lose %s: %s.", OnTime(h.Without), pricesText(h.By)))
	} else {
		out = append(out, fmt.Sprintf("Without it the week would gain %s: %s.", OnTime(h.Without), pricesText(h.By)))
	}
	for _, c := range h.Holds {
		out = append(out, fmt.Sprintf("If they left, %s would be broken (%s).", c.ID, c.Title))
	}
	const shown = 3
	for i, y := range h.Instead {
		if i == shown {
			out = append(out, fmt.Sprintf("And %s more, dearer ones.", count(int32(len(h.Instead)-shown), "session")))
			break
		}
		switch {
		case y.Cost > 0:
			out = append(out, fmt.Sprintf("%s instead would cost %s: %s.", atSession(y.Session), OnTime(y.Cost), pricesText(y.By)))
		case y.Cost == 0:
			out = append(out, fmt.Sprintf("%s instead would be as good.", atSession(y.Session)))
		default:
			out = append(out, fmt.Sprintf("%s instead would gain %s: %s.", atSession(y.Session), OnTime(y.Cost), pricesText(y.By)))
		}
	}
	if len(h.Instead) == 0 {
		return append(out, fmt.Sprintf("There is nowhere else for them: something stands against each of the other %s.", count(int32(h.Barred), "session")))
	}
	return append(out, fmt.Sprintf("Something stands against the other %s.", count(int32(h.Barred), "session")))
}

// pricesText says what each rule adds to a price.
func pricesText(all []solver.RulePrice) string {
	var out []string
	for _, p := range all {
		sign := "+"
		if p.Price < 0 {
			sign = "-"
		}
		tenths := (max(p.Price, -p.Price) + 50) / 100
		out = append(out, fmt.Sprintf("%s %s%d.%d", p.Rule.ID, sign, tenths/10, tenths%10))
	}
	if len(out) == 0 {
		return "no rule has a price there"
	}
	return strings.Join(out, ", ") + " minutes"
}

// ReachText says who could still come to a session.
func ReachText(r *solver.Reach) []string {
	var out []string
	switch {
	case r.Closed && r.Lack != nil:
		out = append(out, fmt.Sprintf("It is not opened: %s (%s).", r.Lack.Lack, r.Lack.ID))
	case r.Closed:
		out = append(out, "It is not opened: it could be, and costs more than it is worth.")
	}
	if r.Suits == 0 {
		return append(out, "It suits nobody who is not in it.")
	}
	var against []string
	for _, s := range r.Funnel {
		against = append(against, fmt.Sprintf("%s keeps out %d", s.Rule.ID, s.Removed))
	}
	line := fmt.Sprintf("It suits %s who are not in it", people(r.Suits))
	if r.Suits == 1 {
		line = "It suits 1 person who is not in it"
	}
	if len(against) > 0 {
		line += ": " + strings.Join(against, ", ")
	}
	return append(out, fmt.Sprintf("%s; %d could join as it is.", line, r.Free))
}

func people(n int) string {
	if n == 1 {
		return "1 person"
	}
	return fmt.Sprintf("%d people", n)
}

func crns[T ~string](all []T) []string {
	var out []string
	for _, c := range all {
		out = append(out, string(c))
	}
	return out
}

// listed joins words as in a sentence.
func listed(all []string) string {
	switch n := len(all); n {
	case 0:
		return "nothing"
	case 1:
		return all[0]
	default:
		return strings.Join(all[:n-1], ", ") + " and " + all[n-1]
	}
}
