package scheduler

import (
	"slices"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// Judgement is what the rules say of a roster, in words.
type Judgement struct {
	Value   int64   // millipoints
	MustFix []Case  // broken cases of rules that must hold, in catalogue order
	Waived  []Case  // cases that a recorded waiver sets aside
	Prices  []Price // what was paid, by priced rule
	Wet     Wet     // the week when it rains; what it breaks besides is in MustFix too
}

// Case is one case of a rule.
type Case struct {
	Rule, Title string
	Amount      int64
	Unit        string
	Item        string // names the case, for a release
	Sentence    string
	Releasable  bool // what was told and is frozen or pinned breaks it alone, and as much; or it is about moving that: a named person may answer for it
	Released    bool // somebody does
	Sessions    []model.SessionKey
	People      []model.CRN
	Supervisors []model.SupervisorCode
	Minibuses   []model.Registration
}

// Price is what the cases of one priced rule cost together, or are worth where that is negative.
type Price struct {
	Rule  string
	Cases int
	Cost  int64 // millipoints
}

// keepFixed is the constraint about what is frozen or pinned.
const keepFixed = "keep-fixed"

// Open gives the cases that stand in the way of publication.
func (j *Judgement) Open() []Case {
	return slices.DeleteFunc(slices.Clone(j.MustFix), func(c Case) bool { return c.Releasable && c.Released })
}

// Judge holds a roster against every rule.
func Judge(sn *model.Snapshot, r *model.Roster, constraints []*solver.Constraint, releases []model.Release) Judgement {
	found := solver.Check(sn, r, constraints)
	j := Judgement{Value: solver.Total(found, constraints).Value()}
	var fixed, told map[string]int64 // worked out when first asked for, and looked up only
	amounts := itemsOf(found, constraints)
	releasable := func(item string) bool {
		if fixed == nil {
			fixed = itemsOf(solver.Check(sn, FixedPart(sn), constraints), constraints)
			if told = fixed; sn.Published != nil {
				told = itemsOf(solver.Check(sn, sn.Published, constraints), constraints)
			}
		}
		return amounts[item] <= min(fixed[item], told[item])
	}
	for _, v := range found {
		c := ruleOf(constraints, v.Constraint)
		switch {
		case c.Level == solver.Soft:
			j.pay(v)
		case v.Waived:
			j.Waived = append(j.Waived, caseOf(sn, c, v))
		default:
			x := caseOf(sn, c, v)
			x.Releasable = v.Constraint == keepFixed || releasable(x.Item)
			x.Released = given(releases, x.Item)
			j.MustFix = append(j.MustFix, x)
		}
	}
	j.Wet = JudgeWet(sn, r, constraints)
	var wetFixed map[string]bool // likewise
	for _, x := range j.Wet.MustFix {
		if slices.ContainsFunc(j.MustFix, func(o Case) bool { return o.Item == x.Item }) {
			continue
		}
		if wetFixed == nil {
			wetFixed = map[string]bool{}
			for _, o := range JudgeWet(sn, FixedPart(sn), constraints).MustFix {
				wetFixed[o.Item] = true
			}
		}
		x.Releasable = wetFixed[x.Item]
		x.Released = given(releases, x.Item)
		j.MustFix = append(j.MustFix, x)
	}
	return j
}

// given reports whether a case is released by somebody and for a reason.
func given(releases []model.Release, item string) bool {
	return slices.ContainsFunc(releases, func(r model.Release) bool { return r.Item == item && r.Who != "" && r.Why != "" })
}

// itemsOf gives how much is broken of each case of a rule that must hold. It is only looked up.
func itemsOf(found []solver.Violation, constraints []*solver.Constraint) map[string]int64 {
	out := map[string]int64{}
	for _, v := range found {
		if !v.Waived && ruleOf(constraints, v.Constraint).Level == solver.Hard {
			out[ReleaseItem(v)] += v.Amount
		}
	}
	return out
}

func (s *Service) judge(sn *model.Snapshot, r *model.Roster, releases []model.Release) Judgement {
	return Judge(sn, r, s.Constraints, releases)
}

func (j *Judgement) pay(v solver.Violation) {
	i := slices.IndexFunc(j.Prices, func(p Price) bool { return p.Rule == v.Constraint })
	if i < 0 {
		i = len(j.Prices)
		j.Prices = append(j.Prices, Price{Rule: v.Constraint})
	}
	j.Prices[i].Cases++
	j.Prices[i].Cost += v.Amount
}

func caseOf(sn *model.Snapshot, c *solver.Constraint, v solver.Violation) Case {
	return Case{Rule: c.ID, Title: c.Title, Amount: v.Amount, Unit: c.Unit, Item: ReleaseItem(v), Sentence: c.Explain(sn, v),
		Sessions: v.Sessions, People: v.People, Supervisors: v.Supervisors, Minibuses: v.Minibuses}
}

// ruleOf gives a constraint by its ID. What Check names is one of them.
func ruleOf(constraints []*solver.Constraint, id string) *solver.Constraint {
	return constraints[slices.IndexFunc(constraints, func(c *solver.Constraint) bool { return c.ID == id })]
}

// ReleaseItem names one broken case so that a release can be given for it and for nothing else: the rule and all it is
// about, by codes and CRNs.
func ReleaseItem(v solver.Violation) string {
	parts := []string{v.Constraint}
	for _, x := range v.Sessions {
		parts = append(parts, x.String())
	}
	for _, x := range v.People {
		parts = append(parts, string(x))
	}
	for _, x := range v.Supervisors {
		parts = append(parts, string(x))
	}
	for _, x := range v.Minibuses {
		parts = append(parts, string(x))
	}
	return strings.Join(parts, " ")
}
