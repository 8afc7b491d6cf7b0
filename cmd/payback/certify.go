package main

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// certifyCommand checks the proofs that come with plans.
type certifyCommand struct {
	Plan certifyPlan `cmd:"" help:"Check the proof of how good a plan is: its roster by the rules, its bound by the prices in its certificate."`

	Record certifyRecord `cmd:"" help:"Check the proof of how good a plan of the record is, or what is published."`
}

// certifyPlan checks one plan made from files.
type certifyPlan struct {
	Dir string `arg:"" help:"The folder with the region's files, or the workbook (.xlsx), from which the plan was made."`
	regionFlags
	Roster string `required:"" placeholder:"FOLDER" help:"The folder of the plan."`
}

// certified is what a certificate proves.
type certified struct {
	Region  string   `json:"region"`
	Week    string   `json:"week"`
	Input   string   `json:"input"`
	MustFix int      `json:"must_fix"`
	Value   int64    `json:"value_millipoints"`
	Bound   int64    `json:"bound_millipoints"`
	Gap     string   `json:"gap_percent"`
	Days    string   `json:"gap_placements"` // days of seven hours
	LeftOut []string `json:"rules_not_all_in_the_bound"`
}

// Run checks. A proof that does not hold ends with an error.
func (c *certifyPlan) Run(_ context.Context, m *Main) error {
	began := m.Now()
	file, err := openCertificate(c.Roster)
	if err != nil {
		return err
	}
	proved := solver.Beside(func() (*certificate, error) { return readCertificate(file) })
	check := checkCommand{Dir: c.Dir, regionFlags: c.regionFlags, Roster: c.Roster}
	r, roster, dropped, err := check.read(m)
	proof, damaged := proved()
	if err = cmp.Or(damaged, err); err != nil {
		return err
	}
	plan, err := readPlanFile(c.Roster)
	if err != nil {
		return err
	}
	if r.sn, err = scheduler.Priced(r.sn, r.profile, plan.asked()); err != nil {
		return err
	}
	switch {
	case dropped > 0:
		return model.Errorf(model.CodeInvalid, "%s of the roster could not be read, so nothing can be proved of it.", count(dropped, "row"))
	case proof.Input != r.sn.Digest().String():
		return model.Errorf(model.CodeInvalid,
			"The certificate is for other facts: found input %.6s, and the files, the policy and the time give %.6s. Give the files from which the plan was made.", proof.Input, r.sn.Digest())
	}
	m.progress.step("Putting the week together", 0, 0)
	week, err := relaxed(r.sn)
	if err != nil {
		return err
	}
	m.progress.step("Checking the roster by the rules, and the bound by its prices", 0, 0)
	ready := m.Now()
	bounded := solver.Beside(func() (scheduler.Bounded, error) { return proof.Proves(week), nil })
	words := solver.Total(solver.Check(r.sn, roster, constraints.All), constraints.All)
	broken := words.Hard()
	if broken > 0 { // else it is no more than what is fixed breaks
		broken -= solver.Total(solver.Check(r.sn, scheduler.FixedPart(r.sn), constraints.All), constraints.All).Hard()
	}
	b, err := bounded()
	if err != nil {
		return err
	}
	m.hint("Checked in %s, after %s of reading and putting the week together.", seconds(m.Now().Sub(ready)), seconds(ready.Sub(began)))
	value := words.Value()
	switch {
	case broken > 0:
		return model.Errorf(model.CodeInvalid, "The roster breaks %s of rules that must hold. See payback check.", count(int(words.Hard()), "case"))
	case value != proof.Value:
		return model.Errorf(model.CodeInvalid, "The roster is worth %d millipoints, and the certificate says %d: one of them was changed.", value, proof.Value)
	case value > b.Most:
		return model.Errorf(model.CodeInternal, "The roster is worth %d millipoints, more than the %d that the prices allow. Please report this.", value, b.Most)
	}
	out := certified{
		Region: r.sn.Region, Week: r.week.String(), Input: proof.Input, MustFix: int(words.Hard()), Value: value, Bound: b.Most,
		Gap: hundredths(b.Gap(value)), Days: tenths(b.Placements(value)), LeftOut: b.LeftOut,
	}
	return m.tellCertified(out, &b)
}

// tellCertified tells what a certificate proves.
func (m *Main) tellCertified(out certified, b *scheduler.Bounded) error {
	return writeOne(m, out, func(x certified) error {
		text := fmt.Sprintf("Certified: the roster of week %s breaks no rule that must hold beyond what is fixed. It is %s.", x.Week, boundOf(x.Value, b).words(x.Value))
		for _, line := range wrap(text, tableWidth) {
			if _, err := fmt.Fprintln(m.Stdout, line); err != nil {
				return err
			}
		}
		return nil
	})
}

// relaxed gives a week as its bound sees it.
func relaxed(sn *model.Snapshot) (*solver.Relaxed, error) {
	p, err := solver.Compile(sn, constraints.All)
	if err != nil {
		return nil, err
	}
	return p.Relaxed()
}

// seconds writes a time as people read it, to a hundredth of a second.
func seconds(d time.Duration) string {
	return fmt.Sprintf("%s s", hundredths((d.Milliseconds()+5)/10))
}

// hundredths writes a number of hundredths: 123 is 1.23.
func hundredths(n int64) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }

// tenths writes a number of tenths: 123 is 12.3.
func tenths(n int64) string { return fmt.Sprintf("%s.%d", thousands(n/10), n%10) }
