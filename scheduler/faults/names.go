package faults

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/communitypayback/payback/model"
)

// names gives codes and words that say nothing in the place of those of a region. Equal ones stay equal, and the order stays, by which
// the engine breaks ties.
type names struct {
	people, teams, projects, supervisors, minibuses, stops table
	areas, weather, languages, words                       table
}

// table replaces one kind of code.
type table map[string]string

// newTable numbers codes in their order, in so many digits at least.
func newTable(letter string, digits int, codes []string) table {
	slices.Sort(codes)
	codes = slices.Compact(codes)
	digits = max(digits, len(strconv.Itoa(len(codes))))
	t := make(table, len(codes)) // looked up only
	for i, c := range codes {
		t[c] = fmt.Sprintf("%s%0*d", letter, digits, i+1)
	}
	return t
}

// of gives the new code; none stays none.
func (t table) of(code string) string {
	if code == "" {
		return ""
	}
	return t[code]
}

// collected is what is gathered before codes can be numbered.
type collected struct{ people, teams, projects, supervisors, minibuses, stops, areas, weather, languages, words []string }

// newNames lists every code of a week and of rosters that may name others.
func newNames(sn *model.Snapshot, rosters []*model.Roster) *names {
	var c collected
	for i := range sn.People {
		c.person(&sn.People[i])
	}
	for i := range sn.Teams {
		x := &sn.Teams[i]
		c.teams, c.areas, c.weather = append(c.teams, string(x.Code)), append(c.areas, x.Area), append(c.weather, x.WeatherArea)
	}
	for i := range sn.Projects {
		x := &sn.Projects[i]
		c.projects, c.weather = append(c.projects, string(x.Code)), append(c.weather, x.WeatherArea)
		c.words = append(c.words, strings.Fields(strings.ToLower(x.Name))...)
	}
	for i := range sn.Supervisors {
		x := &sn.Supervisors[i]
		c.supervisors, c.languages = append(c.supervisors, string(x.Code)), append(c.languages, plain(x.Languages)...)
	}
	for i := range sn.Minibuses {
		c.minibuses = append(c.minibuses, string(sn.Minibuses[i].Registration))
	}
	for i := range sn.Stops {
		c.stops = append(c.stops, string(sn.Stops[i].Code))
	}
	for i := range sn.Sessions {
		c.projects, c.areas = append(c.projects, string(sn.Sessions[i].Key.Project)), append(c.areas, sn.Sessions[i].Area)
	}
	for _, p := range sn.KeepApart {
		c.people = append(c.people, string(p.A), string(p.B))
	}
	for _, o := range sn.Outlooks {
		c.weather = append(c.weather, o.WeatherArea)
	}
	for _, k := range sn.Kit {
		c.teams = append(c.teams, string(k.Team))
	}
	for _, x := range sn.Standing {
		c.stops = append(c.stops, string(x.PickUp))
	}
	for _, r := range rosters {
		c.roster(r)
	}
	return &names{
		people: newTable("X", 6, c.people), teams: newTable("T", 1, c.teams), projects: newTable("P", 1, c.projects),
		supervisors: newTable("S", 1, c.supervisors), minibuses: newTable("B", 1, c.minibuses), stops: newTable("U", 1, c.stops),
		areas: newTable("A", 1, c.areas), weather: newTable("W", 1, c.weather), languages: newTable("l", 1, c.languages), words: newTable("w", 1, c.words),
	}
}

func (c *collected) person(p *model.Person) {
	c.people = append(c.people, string(p.CRN))
	c.languages = append(c.languages, plain(p.Languages)...)
	for _, like := range plain(p.Likes) {
		c.words = append(c.words, strings.Fields(like)...)
	}
	c.projects, c.supervisors = append(c.projects, string(p.Last.Project)), append(c.supervisors, string(p.Last.Supervisor))
}

func (c *collected) roster(r *model.Roster) {
	if r == nil {
		return
	}
	for _, k := range r.Sessions() {
		c.projects = append(c.projects, string(k.Project))
	}
	for i := range r.Appointments {
		a := &r.Appointments[i]
		c.people, c.stops, c.supervisors = append(c.people, string(a.CRN)), append(c.stops, string(a.PickUp)), append(c.supervisors, string(a.Supervisor))
	}
	for _, d := range r.Duties {
		c.supervisors = append(c.supervisors, string(d.Supervisor))
	}
	for _, t := range r.Trips {
		c.minibuses, c.supervisors = append(c.minibuses, string(t.Minibus)), append(c.supervisors, string(t.Driver))
		for _, s := range t.Stops {
			c.stops = append(c.stops, string(s.Stop))
		}
	}
	for _, w := range r.WetPlans {
		c.projects = append(c.projects, string(w.Host))
	}
}

// plain writes words as they are compared.
func plain(words []string) []string {
	var out []string
	for _, w := range words {
		out = append(out, strings.ToLower(strings.TrimSpace(w)))
	}
	return out
}

// meant are the words of likes that have a meaning of their own. They stay.
var meant = []string{
	"mon", "tue", "wed", "thu", "fri", "sat", "sun", "quiet", model.Outdoor.String(), model.Sheltered.String(), model.Indoor.String(),
	model.Group.String(), model.Individual.String(), model.ETE.String(), model.Induction.String(), model.Light.String(), model.MediumDemand.String(), model.Heavy.String(),
}

// said gives text with other words.
func (n *names) said(text string) string {
	words := strings.Fields(strings.ToLower(text))
	for i, w := range words {
		if !slices.Contains(meant, w) {
			words[i] = n.words.of(w)
		}
	}
	return strings.Join(words, " ")
}

// any gives the new code of whatever a code names but a person, and whether it names anything.
func (n *names) any(code string) (string, bool) {
	for _, t := range []table{n.projects, n.stops, n.minibuses, n.supervisors, n.teams} {
		if to, ok := t[code]; ok && code != "" {
			return to, true
		}
	}
	return "", false
}
