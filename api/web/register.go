package web

import (
	"fmt"
	"html/template"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// Register is the sheet of one session that supervisors take along on paper.
type Register struct {
	Title, When string
	Standing    string // what the roster is, and its version
	Facts       []Fact
	Rows        []SheetRow
	Blank       []int // rows for whoever comes besides
	Plans       []string
	Trips       []TripTable
	Back        string // to the page of the session; empty on paper alone
}

// SheetRow is one person of a register.
type SheetRow struct{ CRN, PickUp, Works, Left, Arrange string }

// blankRows is how many rows a register has for whoever comes besides.
const blankRows = 3

// NewRegister works out the sheet of a session; nil if nobody is in it.
func NewRegister(w *Week, catalogue []*solver.Constraint, k model.SessionKey) *Register {
	x := newIndex(w, catalogue)
	e := x.at[k]
	if e == nil || len(e.comers) == 0 {
		return nil
	}
	return x.register(e)
}

func (x *index) register(e *entry) *Register {
	s := x.standing()
	r := &Register{
		Title: x.projectName(e.key.Project), When: longDay(e.key.Date) + ", " + x.times(e.key),
		Standing: strings.TrimSpace(strings.TrimSpace(s.Version + " " + s.State)), Blank: make([]int, blankRows), Plans: x.plans(e),
	}
	for _, f := range []func(*entry) (string, string, string){x.crew, x.fleet} {
		if label, value, _ := f(e); value != "" {
			r.Facts = append(r.Facts, Fact{Label: label, Value: value})
		}
	}
	if e.project != nil {
		r.Facts = append(r.Facts, Fact{Label: "Booked", Value: fmt.Sprintf("%d, for %s", len(e.comers), count(int(e.places), "place"))})
		if e.project.Beneficiary != "" {
			r.Facts = append(r.Facts, Fact{Label: "Beneficiary", Value: e.project.Beneficiary})
		}
	}
	comers := slices.Clone(e.comers)
	slices.SortStableFunc(comers, func(a, b model.Appointment) int { return strings.Compare(string(a.CRN), string(b.CRN)) })
	for i := range comers {
		c := x.comer(e, &comers[i])
		if comers[i].PickUp == "" {
			c.PickUp = "Own way" // paper is narrow
		}
		r.Rows = append(r.Rows, SheetRow{c.CRN, c.PickUp, c.Times, x.left(&comers[i]), x.arrange(e, &comers[i])})
	}
	for i := range e.trips {
		r.Trips = append(r.Trips, x.trip(&e.trips[i]))
	}
	return r
}

// left says how much of the order remains after a session, if all until then is worked.
func (x *index) left(a *model.Appointment) string {
	p := x.Snapshot.Person(a.CRN)
	if p == nil {
		return ""
	}
	q := p.Requirement(a.Event)
	if q == nil {
		return ""
	}
	minutes := q.Remaining()
	for i := range x.Roster.Appointments {
		b := &x.Roster.Appointments[i]
		if b.CRN == a.CRN && b.Event == a.Event && b.Span.Start <= a.Span.Start {
			minutes -= b.Minutes()
		}
	}
	minutes = max(0, minutes)
	return fmt.Sprintf("%dh%02d", minutes/60, minutes%60)
}

// WriteRegisters writes the registers of a week's sessions with people, one sheet each, as one page that needs nothing else
// and is made to be printed. Some sessions: only these.
func WriteRegisters(out io.Writer, w *Week, catalogue []*solver.Constraint, some ...model.SessionKey) error {
	x := newIndex(w, catalogue)
	page := struct {
		Style  template.CSS
		Sheets []*Register
	}{Style: template.CSS(registerCSS)} //nolint:gosec // our own style sheet
	for _, e := range x.entries {
		if len(e.comers) > 0 && (len(some) == 0 || slices.Contains(some, e.key)) {
			page.Sheets = append(page.Sheets, x.register(e))
		}
	}
	return registerPage.Execute(out, page)
}

// printed serves the register of a session.
func (s *site) printed(w http.ResponseWriter, r *http.Request) {
	k, f, found := s.asked(w, r)
	if found == nil {
		return
	}
	sheet := NewRegister(found, s.Catalogue, k)
	if sheet == nil {
		s.problem(w, f, http.StatusNotFound, "There is nobody in this session", "A register is printed for sessions with people. Look for the session in the roster.")
		return
	}
	sheet.Back = sessionURL(k, f.carried())
	s.page(w, http.StatusOK, registerPage, struct {
		Style  template.CSS
		Sheets []*Register
	}{Sheets: []*Register{sheet}})
}
