package main

import (
	"fmt"
	"strings"

	"github.com/communitypayback/payback/scheduler"
)

// lackingLine says in plan.json who stays without a place whatever the roster, and for want of what.
type lackingLine struct {
	Workable  int             `json:"people_who_could_work"`
	Without   int             `json:"without_a_place"`
	NoSession []scarceLine    `json:"no_session_suits"`
	All       *shortageLine   `json:"most,omitempty"` // what leaves the most people without a place
	Few       []*shortageLine `json:"densest"`        // what lacks the most for each thing that is counted
	Rest      int             `json:"for_other_reasons"`
	Sentences []string        `json:"sentences"`
}

// scarceLine counts people by the rule that takes most sessions away from them.
type scarceLine struct {
	Rule   string `json:"rule"`
	People int    `json:"people"`
}

// shortageLine is a proved shortage.
type shortageLine struct {
	People      int      `json:"people"`
	Held        int      `json:"held_at_most"`
	Lack        int      `json:"lack_at_least"`
	Without     int      `json:"without_a_place"`
	Supervisors []string `json:"supervisor_codes"`
	Minibuses   []string `json:"registrations"`
	Driving     bool     `json:"who_drive"`
	Dates       []string `json:"dates"`
	Rooms       []string `json:"sessions_by_room"`
	Sessions    int      `json:"sessions"`
	More        int      `json:"more_duties_at_least"`
}

func lackingOf(l *scheduler.Lacking) *lackingLine {
	if l == nil {
		return nil
	}
	out := &lackingLine{Workable: l.Workable, Without: l.Without, NoSession: []scarceLine{}, Few: []*shortageLine{}, Rest: l.Rest(), Sentences: scheduler.LackingText(l)}
	for _, c := range l.NoSession {
		out.NoSession = append(out.NoSession, scarceLine{c.What, c.People})
	}
	if l.All != nil {
		out.All = shortageOf(l.All)
	}
	for i := range l.Few {
		out.Few = append(out.Few, shortageOf(&l.Few[i]))
	}
	return out
}

func shortageOf(s *scheduler.Shortage) *shortageLine {
	return &shortageLine{
		People: s.People, Held: s.Held, Lack: s.Lack(), Without: s.Without, Supervisors: texts(s.Supervisors), Minibuses: texts(s.Minibuses), Driving: s.Driving,
		Dates: texts(s.Staffed), Rooms: texts(s.Rooms), Sessions: s.Sessions, More: s.More(),
	}
}

// texts says each of a list; never nil.
func texts[T any](all []T) []string {
	out := []string{}
	for _, v := range all {
		out = append(out, fmt.Sprint(v))
	}
	return out
}

// tellLacking says what is lacking, a paragraph each.
func tellLacking(b *strings.Builder, indent string, sentences []string) {
	fmt.Fprintf(b, "%sWhat is lacking\n", indent)
	for _, s := range sentences {
		paragraph(b, indent+"  ", s)
	}
}
