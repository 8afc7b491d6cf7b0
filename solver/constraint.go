package solver

import (
	"errors"
	"fmt"
	"iter"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
)

// Constraint is one rule of the catalogue, declared once: in words, which are the only authority, in kernels, which are the
// same rule for the machine, and in a sentence for the people who read it. It is a value that is never changed.
type Constraint struct {
	ID      string // "not-the-only-woman"; stable, used in files, pages and the API
	Title   string // a line for a heading
	Doc     string // what it means, in a paragraph
	Clauses []policy.ClauseID
	Level   Level
	Unit    string // what one of Violation.Amount is
	Lack    string // what is scarce where it keeps somebody out who could come, as in "no place left"; empty: nothing
	// Waivable says that its kernels leave out what a waiver sets aside, so that a policy may allow waivers. Never for safety.
	Waivable bool
	// Own says that each case is about one person, and depends on nothing of the roster but the week of that person and what serves
	// their sessions. A small change of a roster is then judged by those it concerns.
	Own bool
	// Scope is how far a case of a rule that must hold may look beyond the sessions it is about and those at their sites. A small
	// change of a roster is judged that far.
	Scope Scope

	// Violations lists every broken case (Hard) or every price paid (Soft) of a roster. It reads the snapshot and the roster
	// and nothing else. Order: as the roster is sorted.
	Violations func(*model.Snapshot, *model.Roster) iter.Seq[Violation]
	// Lower declares the same rule to the engine.
	Lower func(*Builder)
	// Explain says one violation in a sentence that holds no name but codes and CRNs.
	Explain func(*model.Snapshot, Violation) string
}

// Level is what breaking a constraint means.
type Level uint8

// The levels. A roster with a Hard violation is never published without a recorded release; a Soft one only has a price.
const (
	Hard Level = iota
	Soft
)

// Scope is how far a case may look.
type Scope uint8

// The scopes. Every rule also looks at the weeks of the people, supervisors and minibuses that a case is about.
const (
	AtSite    Scope = iota // who is at the sites and wet sites of a session while it runs, and who must not meet its people
	TeamDay                // all that a team does on a day
	WholeWeek              // the whole roster
)

// String gives the word used on pages.
func (l Level) String() string { return [...]string{"must hold", "priced"}[l] }

// Violation is one case of one constraint. Hard: Amount counts broken cases in the constraint's unit and is positive. Soft:
// Amount is a cost in millipoints and may be negative, when it is worth something.
type Violation struct {
	Constraint  string
	Amount      int64
	People      []model.CRN
	Supervisors []model.SupervisorCode
	Minibuses   []model.Registration
	Sessions    []model.SessionKey
	Found       int64 // the figure that breaks the rule, where there is one
	Limit       int64 // the figure it should have kept
	Why         string
	Waived      bool // a recorded waiver sets the case aside: it is told, and counts for nothing
}

// Score is a cost: broken cases first, then millipoints. Smaller is better.
type Score [2]int64

// Hard gives the number of broken cases.
func (s Score) Hard() int64 { return s[Hard] }

// Value gives what people see: points of a minute of on-time work, in thousandths; zero is the empty roster.
func (s Score) Value() int64 { return -s[Soft] }

// Add gives the sum.
func (s Score) Add(o Score) Score { return Score{s[0] + o[0], s[1] + o[1]} }

// Sub gives the difference.
func (s Score) Sub(o Score) Score { return Score{s[0] - o[0], s[1] - o[1]} }

// Less reports whether s is better than o.
func (s Score) Less(o Score) bool { return s[0] < o[0] || s[0] == o[0] && s[1] < o[1] }

// Validate refuses a constraint with a part missing, so that none can be declared half.
func (c *Constraint) Validate() error {
	var missing []error
	need := func(ok bool, what string) {
		if !ok {
			missing = append(missing, fmt.Errorf("constraint %q lacks %s", c.ID, what))
		}
	}
	need(c.ID != "", "an ID")
	need(c.Title != "", "a title")
	need(len(c.Doc) > 40, "a paragraph of documentation")
	need(len(c.Clauses) > 0, "the clauses it implements")
	need(c.Unit != "", "a unit")
	need(c.Violations != nil, "its words (Violations)")
	need(c.Lower != nil, "its kernels (Lower)")
	need(c.Explain != nil, "its sentence (Explain)")
	return errors.Join(missing...)
}

// identity gives a text that two violations share only when they are equal.
func (v *Violation) identity() string { return fmt.Sprintf("%v", *v) }
