package scheduler

import (
	"fmt"
	"strings"

	"github.com/communitypayback/payback/model"
)

// LackingText says what is lacking, a paragraph each: what leaves the most people without a place, then the few things that lack the
// most, then whom no session suits and who is left over for other reasons.
func LackingText(l *Lacking) []string {
	var out []string
	if l.Without == 0 {
		return []string{"Everybody who could work has a place."}
	}
	if l.All != nil {
		out = append(out, ShortageText(l.All))
	}
	for i := range l.Few {
		lead := "Above all, "
		if i > 0 {
			lead = "Then, "
		}
		out = append(out, lead+lower(ShortageText(&l.Few[i])))
	}
	if n := len(l.NoSession); n > 0 {
		sum := 0
		var by []string
		for _, c := range l.NoSession {
			sum += c.People
			by = append(by, fmt.Sprintf("%s %d", c.What, c.People))
		}
		out = append(out, fmt.Sprintf("No session of the week suits %s whatever the roster; most are taken away by: %s.", people(sum), strings.Join(by, ", ")))
	}
	return append(out, restText(l))
}

func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// restText says who is left over though nothing is proved to be lacking for them.
func restText(l *Lacking) string {
	rest := l.Rest()
	has := "have"
	if rest == 1 {
		has = "has"
	}
	switch {
	case rest == 0:
		return "So all who have no place in this roster are accounted for."
	case l.All == nil && len(l.NoSession) == 0:
		return fmt.Sprintf("%s %s no place in this roster, and no lack of supervisors, minibuses or room alone explains it: it is a matter of what a place is worth "+
			"and costs, or of rules about who comes with whom.", people(rest), has)
	default:
		return fmt.Sprintf("%s more %s no place in this roster. No lack of supervisors, minibuses or room alone explains that: it is a matter of what a place is worth "+
			"and costs, or of rules about who comes with whom.", people(rest), has)
	}
}

// ShortageText says a shortage in a paragraph.
func ShortageText(s *Shortage) string {
	var out []string
	if s.Held == 0 && len(s.Rooms) == 0 && s.Duty == 0 {
		out = append(out, fmt.Sprintf("No roster has a place for %s.", people(s.People)), suitText(s)+", and there is nobody who may lead them there, or no minibus to bring them.")
	} else {
		out = append(out, fmt.Sprintf("At least %d of %s %s no place, whatever the roster.", s.Lack(), people(s.People), haveOrHas(s.Lack())), suitText(s)+".", heldText(s))
	}
	if why := barredText(s); why != "" {
		out = append(out, why)
	}
	if more := moreText(s); more != "" {
		out = append(out, more)
	}
	return strings.Join(append(out, fmt.Sprintf("In this roster %d of them %s no place.", s.Without, haveOrHas(s.Without))), " ")
}

// moreText says what it takes at least.
func moreText(s *Shortage) string {
	var by []string
	if n := s.More(); n > 0 {
		by = append(by, fmt.Sprintf("at least %d more %s", n, dutyOrDuties(n)))
	}
	if len(s.Rooms) > 0 {
		by = append(by, fmt.Sprintf("room for %d more", s.Lack()))
	}
	if len(by) == 0 {
		return ""
	}
	if len(by) > 1 {
		by = append(by, "some of both")
	}
	return fmt.Sprintf("A place for all of them takes %s.", strings.Join(by, ", or "))
}

func haveOrHas(n int) string {
	if n == 1 {
		return "has"
	}
	return "have"
}

// suitText says which sessions suit them: all of 12 sessions that suit them are for women only.
func suitText(s *Shortage) string {
	var only []string
	if s.Only.ForWomen {
		only = append(only, "for women only")
	}
	if s.Only.Individual {
		only = append(only, "individual placements")
	}
	if s.Only.Indoors {
		only = append(only, "indoors")
	}
	if s.Only.Area != "" {
		only = append(only, "in area "+s.Only.Area)
	}
	if len(s.Only.Dates) > 0 {
		only = append(only, "on "+daysText(s.Only.Dates))
	}
	if s.Only.ByMinibus {
		only = append(only, "reached by minibus")
	}
	text := fmt.Sprintf("They can only come to %s", count(int32(s.Sessions), "session"))
	switch {
	case len(only) == 0:
		return text
	case s.Sessions == 1:
		return text + ", " + strings.Join(only, ", ")
	default:
		return text + ", all " + strings.Join(only, ", ")
	}
}

// daysText names days of one week.
func daysText(all []model.Date) string {
	var names []string
	for _, d := range all {
		names = append(names, d.Weekday().String())
	}
	return listed(names)
}

// named is how many codes are told one by one.
const named = 6

// heldText says what holds them.
func heldText(s *Shortage) string {
	var by []string
	switch n := len(s.Supervisors); {
	case n > 0 && s.Driving:
		by = append(by, coded(n, "supervisor", "supervisors", crns(s.Supervisors))+", who may drive a minibus there")
	case n > 0:
		by = append(by, coded(n, "supervisor", "supervisors", crns(s.Supervisors)))
	}
	if n := len(s.Minibuses); n > 0 {
		by = append(by, coded(n, "minibus", "minibuses", crns(s.Minibuses)))
	}
	need := strings.Join(by, " and ")
	switch rooms := len(s.Rooms); {
	case need == "":
		return fmt.Sprintf("There is room for at most %d of them.", s.Held)
	case rooms == 0:
		return fmt.Sprintf("These need %s, with room for at most %d of them.", need, s.Held)
	default:
		return fmt.Sprintf("These hold at most %d of them: %d of the sessions by their own room, the others through %s.", s.Held, rooms, need)
	}
}

// coded counts what people depend on: the one there is, or one of so many; few are named.
func coded(n int, one, many string, codes []string) string {
	switch {
	case n == 1:
		return fmt.Sprintf("%s %s", one, codes[0])
	case n <= named:
		return fmt.Sprintf("one of %d %s (%s)", n, many, strings.Join(codes, ", "))
	default:
		return fmt.Sprintf("one of %d %s", n, many)
	}
}

// barredText says which rules keep them from other sessions, the three that do so most.
func barredText(s *Shortage) string {
	sum := 0
	for _, b := range s.Barred {
		sum += b.Pairs
	}
	var by []string
	for _, b := range s.Barred {
		if percent := b.Pairs * 100 / sum; percent >= 10 && len(by) < 3 {
			by = append(by, fmt.Sprintf("%s (%d %%)", b.Rule.ID, percent))
		}
	}
	if len(by) == 0 {
		return ""
	}
	return fmt.Sprintf("From other sessions they are kept by %s.", listed(by))
}

func dutyOrDuties(n int) string {
	if n == 1 {
		return "duty"
	}
	return "duties"
}
