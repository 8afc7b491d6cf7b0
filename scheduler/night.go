package scheduler

import (
	"fmt"
	"strings"
	"time"

	"github.com/communitypayback/payback/model"
)

// Night is the report of one night of one region: what came in, what it broke, and what was planned and published. It is kept as far
// as the night has come, so that a night that dies is told too, and taken up again where it was.
type Night struct {
	Name     string     // the date, and "+2" and so on for more nights of one date
	Date     model.Date // by the clocks of the region
	State    RunState
	Attempts int
	Who      string // asked for it
	Began    time.Time
	Ended    time.Time // zero: it goes on, or died
	Failure  string    // why it failed, or why the last attempt did; empty: it did not

	Before  int          // the data version of the night before; 0: there was none
	Facts   int          // the data version that was planned from
	Changes []KindChange // from the one to the other

	Files     []NightFile
	Rosters   []NightRoster
	Forecasts NightForecasts
	Weeks     []NightWeek
}

// NightFile is a file that was found in the inbox.
type NightFile struct {
	Name    string
	Digest  model.Digest // of its bytes
	Version int          // the data version it made; 0: none
	Rows    int          // that it changed
	Problem string       // why nothing of it was taken; empty: it was
}

// NightRoster is a published week that is in force, and what of it does not hold by the facts of the night.
type NightRoster struct {
	Week         model.Week
	Version      int
	Broken       []Case
	New          int // of these cases that the night before did not tell
	Appointments int // of people that these cases are about
}

// NightForecasts are the forecasts of everybody, worked out anew, in figures.
type NightForecasts struct {
	People  int      // with an active order and minutes left
	Finish  int      // of them a finish is foretold
	Late    int      // of them are more likely than not to miss their target, or missed it
	Weather []string // what is missing or old of the weather forecasts
}

// NightWeek is a week of the horizon as the night planned it.
type NightWeek struct {
	Week    model.Week
	Draft   string // its plan; empty: there is none
	State   RunState
	Failure string // why there is no plan

	Placed, Workable int
	Broken           int64 // cases of rules that must hold, as the plan was made
	Value            int64 // millipoints
	Gap              int64 // to the bound, in hundredths of a percent; -1: not known
	Base             int   // the published version it would replace; 0: none
	Changes          int   // against that
	Tell             int   // people who would be told of a change
	Frozen           int   // changes of what is frozen or pinned

	Prices    []ShadowPrice // what one more of each would be worth; only what is worth anything
	Lacking   []string      // what is lacking whatever the roster, in sentences
	Published int           // the version that was published by itself; 0: none
	Withheld  string        // why it was not
}

// Published gives the version of a week that the night published by itself, in the place of what was in force when it began; 0: none.
func (n *Night) Published(week model.Week) int {
	for i := range n.Weeks {
		if n.Weeks[i].Week == week {
			return n.Weeks[i].Published
		}
	}
	return 0
}

// Headline says in a sentence or two what came of a night, for the places where people look.
func (n *Night) Headline() string {
	lead := fmt.Sprintf("The night of %s ", day(n.Date))
	switch n.State {
	case RunFailed, RunAside:
		return lead + "failed: " + strings.TrimSuffix(n.Failure, ".") + ". " + n.inForce()
	case RunQueued, RunRunning:
		if n.Failure != "" {
			return lead + "is not done yet; an attempt failed: " + strings.TrimSuffix(n.Failure, ".") + ". " + n.inForce()
		}
		return lead + "is not done yet."
	}
	published, waiting := 0, 0
	for i := range n.Weeks {
		if n.Weeks[i].Published > 0 {
			published++
		} else if n.Weeks[i].Changes > 0 {
			waiting++
		}
	}
	text := lead + "planned " + count(int32(len(n.Weeks)), "week")
	switch {
	case published > 0 && waiting > 0:
		text += fmt.Sprintf(": %d published, %d with changes that nobody was told yet", published, waiting)
	case published > 0:
		text += fmt.Sprintf(": %d published", published)
	case waiting > 0:
		text += fmt.Sprintf(": %d with changes that nobody was told yet", waiting)
	default:
		text += " and found nothing to change"
	}
	return text + "." + n.trouble()
}

// Bad reports whether somebody should look: the night failed, a file was left, or what is in force does not hold.
func (n *Night) Bad() bool {
	return n.State == RunFailed || n.State == RunAside || n.State.Over() && n.trouble() != "" || !n.State.Over() && n.Failure != ""
}

// trouble says what needs somebody although the night went well.
func (n *Night) trouble() string {
	left, broken := 0, 0
	for i := range n.Files {
		if n.Files[i].Problem != "" {
			left++
		}
	}
	for i := range n.Rosters {
		if r := &n.Rosters[i]; n.Published(r.Week) == 0 {
			broken += r.New
		}
	}
	var text string
	if left > 0 {
		text += fmt.Sprintf(" %s could not be taken in.", count(int32(left), "file"))
	}
	if broken > 0 {
		text += fmt.Sprintf(" What is published newly breaks %s of rules that must hold.", count(int32(broken), "case"))
	}
	return text
}

// inForce says which rosters a failure leaves as they are.
func (n *Night) inForce() string {
	var all []string
	for i := range n.Rosters {
		r := &n.Rosters[i]
		all = append(all, fmt.Sprintf("%v version %d", r.Week, max(r.Version, n.Published(r.Week))))
	}
	if len(all) == 0 {
		return "What was published is still in force."
	}
	return "Still in force: " + strings.Join(all, ", ") + "."
}
