package web

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"errors"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

// RepairFound is what can be done.
type RepairFound struct {
	repairAsked // told again by the forms that keep an option

	State   string   // what is broken now, in a sentence
	Broken  []string // the cases
	Wet     []string // groups that go to their wet places
	Options []RepairChoice
	Curve   []CurveRow
	None    string // why there are no options; empty: there are, or figures
	Stands  []string
}

// RepairChoice is one option.
type RepairChoice struct {
	Number         int
	Digest, Key    string
	Figures        []Figure
	Verdict        string // of the independent check
	Good           bool
	Left           []string // cases that it does not mend
	Tell, Retimed  string   // CRNs
	Crew           string
	Moves, ByRules []string
}

// CurveRow is what a number of people to tell buys.
type CurveRow struct{ Budget, Tell, Minutes, Cost, Left string }

// budgets are those of a curve, as the command line asks for them.
var budgets = []int{0, 5, 10, 20, 50, 100}

var crnForm = regexp.MustCompile(`^[A-Z][0-9]{6}$`)

// request reads what was filled in, or says what is to be corrected.
func (a repairAsked) request(week model.Week) (q scheduler.RepairRequest, problem string) {
	at := kindOf(a.Kind)
	h := scheduler.Happening{Kind: at.name}
	q = scheduler.RepairRequest{Week: week, Budget: -1, Seed: 1, ShortNotice: a.Short}
	if at.days {
		var err error
		if h.From, err = model.ParseDate(a.From); err != nil {
			return q, "Choose the day on which it begins."
		}
		if a.To != "" {
			if h.To, err = model.ParseDate(a.To); err != nil || h.To < h.From {
				return q, "Choose a last day that is not before the first."
			}
		}
	}
	who := strings.TrimSpace(a.Who)
	if who == "" && !at.anywhere {
		return q, "Say which " + strings.ToLower(at.who[:1]) + at.who[1:] + " it is about."
	}
	switch at.name {
	case scheduler.SupervisorOff:
		h.Supervisor = model.SupervisorCode(who)
	case scheduler.MinibusOff:
		h.Minibus = model.Registration(who)
	case scheduler.ProjectClosed:
		h.Project = model.ProjectCode(who)
	case scheduler.ItRains:
		h.WeatherArea = who
	case scheduler.PersonOff:
		if h.CRN = model.CRN(strings.ToUpper(who)); !crnForm.MatchString(string(h.CRN)) {
			return q, "Enter a CRN of a letter and six digits, such as X123456."
		}
	case scheduler.Overbooked:
		var err error
		if h.Session, err = model.ParseSessionKey(who); err != nil {
			return q, "Choose the session in which too many are booked."
		}
	}
	if a.Tell != "" {
		n, err := strconv.ParseUint(strings.TrimSpace(a.Tell), 10, 16)
		if err != nil {
			return q, "Enter a whole number of people who may be told, or leave it empty."
		}
		q.Budget = int(n)
	}
	if q.Happened = []scheduler.Happening{h}; a.Curve {
		q.Curve = budgets
	}
	return q, ""
}

// usage gives what is wrong with a question, in its own words; empty: it is something else.
func usage(err error) string {
	e, ok := errors.AsType[*model.Error](err)
	if !ok || e.Code != model.CodeUsage && e.Code != model.CodeNotFound && e.Code != model.CodeInvalid {
		return ""
	}
	return sentence(e.Message)
}

// sentence gives a message a capital and a full stop.
func sentence(s string) string {
	if first, n := utf8.DecodeRuneInString(s); n > 0 {
		s = string(unicode.ToUpper(first)) + s[n:]
	}
	return strings.TrimSuffix(s, ".") + "."
}

// readOption reads which option is kept.
func readOption(r *http.Request) (option int, seen model.Digest, ok bool) {
	n, err := strconv.ParseUint(r.FormValue("option"), 10, 8)
	raw, bad := hex.DecodeString(r.FormValue("digest"))
	if err != nil || n < 1 || bad != nil || len(raw) != len(seen) || r.FormValue("key") == "" {
		return 0, seen, false
	}
	return int(n) - 1, model.Digest(raw), true
}

// newKey names one showing of a form, so that pressing its button twice is pressing it once.
func newKey() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	return "web-" + hex.EncodeToString(b[:])
}

// newRepairFound words what can be done.
func newRepairFound(x *scheduler.Repairing, a repairAsked, week model.Week) (*RepairFound, error) {
	words := func(found []solver.Violation) (out []string) {
		for _, c := range x.Cases(found) {
			out = append(out, plain(c.Sentence, week))
		}
		return out
	}
	f := &RepairFound{repairAsked: a, Broken: words(x.Broken)}
	f.State = "Broken now in what is published: " + count(len(x.Broken), "case") + "."
	for _, m := range x.Moved {
		f.Wet = append(f.Wet, fmt.Sprintf("%s goes to its wet site %s.", sessionWords(m.Session), m.Host))
	}
	if len(x.Broken) == 0 {
		f.State, f.None = "What is published breaks no rule that it kept before. Nobody has to be told.", ""
		return f, nil
	}
	for i := range x.Options {
		o := &x.Options[i]
		digest, err := scheduler.OptionDigest(o.Roster)
		if err != nil {
			return nil, err
		}
		c := RepairChoice{
			Number: i + 1, Digest: digest.String(), Key: newKey(), Left: words(o.Left), Tell: joined(o.Told), Retimed: joined(o.Retimed), Crew: joined(o.Crew),
			Figures: []Figure{
				{"People to tell", thousands(int64(len(o.Told))), "their sessions change"},
				{"At other times", thousands(int64(len(o.Retimed))), "or at another stop, in the same session"},
				{"Minutes of work", signed(o.Minutes), "of appointments, against what is published"},
				{"Cost", thousands(minutes(o.Change[solver.Soft])), "minutes of on-time work; less than nothing is a gain"},
			},
		}
		c.Verdict, c.Good = verdict(len(o.Left))
		for _, v := range o.Moves {
			c.Moves = append(c.Moves, moveWords(v))
		}
		f.Options = append(f.Options, c)
	}
	for i := range x.Curve {
		p := &x.Curve[i]
		f.Curve = append(f.Curve, CurveRow{Budget: "At most " + thousands(int64(p.Budget)), Tell: thousands(int64(len(p.Told))), Minutes: signed(p.Minutes),
			Cost: thousands(minutes(p.Change[solver.Soft])), Left: thousands(int64(len(p.Left)))})
	}
	if len(f.Options)+len(f.Curve) == 0 {
		f.None = "Nothing was found that breaks less. What is frozen or pinned stays as it is, unless changes at short notice are allowed."
	}
	for _, c := range x.Cover {
		if len(c.Options) == 0 {
			f.Stands = append(f.Stands, "Nobody is free to stand in at "+sessionWords(c.Session)+".")
		}
	}
	return f, nil
}

// verdict says what the independent check finds in an option.
func verdict(left int) (string, bool) {
	if left == 0 {
		return "The check finds that every rule that must hold is kept as it was before.", true
	}
	return "The check still finds " + count(left, "case") + " of rules that must hold.", false
}

// minutes gives millipoints in minutes of on-time work, towards nothing.
func minutes(millipoints int64) int64 { return millipoints / 1000 }

func signed(n int64) string {
	if n > 0 {
		return "+" + thousands(n)
	}
	return thousands(n)
}

func joined[T ~string](all []T) string {
	var out []string
	for _, x := range all {
		out = append(out, string(x))
	}
	return strings.Join(out, ", ")
}

func sessionWords(k model.SessionKey) string {
	return string(k.Project) + " on " + shortDate(k.Date) + " at " + clock(k.Start)
}

// moveWords tells one thing that an option changes.
func moveWords(v solver.Move) string {
	name := string(v.Person)
	switch {
	case v.Supervisor != "":
		name = "Supervisor " + string(v.Supervisor)
	case v.Minibus != "":
		name = "Minibus " + string(v.Minibus)
	}
	switch none := (model.SessionKey{}); {
	case v.From == none:
		return name + " comes to " + sessionWords(v.To)
	case v.To == none:
		return name + " leaves " + sessionWords(v.From)
	default:
		return name + " goes from " + sessionWords(v.From) + " to " + sessionWords(v.To)
	}
}

// kindURL gives the address of the form of one thing that can go wrong.
func kindURL(path, what, region string) string {
	q := url.Values{"what": {what}}
	if region != "" {
		q.Set("region", region)
	}
	return path + "?" + q.Encode()
}
