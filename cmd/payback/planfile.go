package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

// planFile is plan.json: how a plan was made, so that it can be made again, and its figures. It holds no clock time of the
// run, no number of workers and no path, so equal plans have equal files.
type planFile struct {
	Format   int    `json:"format"`
	Program  string `json:"program"`
	Region   string `json:"region"`
	Week     string `json:"week"`
	AsOf     string `json:"as_of"`
	Zone     string `json:"zone"`
	Policy   string `json:"policy"`
	Input    string `json:"input"` // digest of the snapshot
	Roster   string `json:"roster"`
	Seed     uint64 `json:"seed"`
	Rounds   int    `json:"rounds"`
	Planned  int    `json:"rounds_planned"`
	Cut      string `json:"cut"` // where the search ended, for --cut-at
	MustFix  int64  `json:"must_fix"`
	Baseline int64  `json:"must_fix_of_fixed_parts"`
	Cost     int64  `json:"cost_millipoints"`
	LeftOut  int    `json:"rows_left_out"`

	BoundFrom string `json:"bound_from,omitempty"` // name of the few prices with which its bound began; empty: with first prices
	FewPrices string `json:"few_prices,omitempty"` // name of those with which it ended, which are in a file of their own

	PhoneWithin int32 `json:"phone_within_minutes"` // changes nearer than this are told by phone

	Bound    *boundLine    `json:"bound,omitempty"`
	Prices   []priceLine   `json:"prices,omitempty"` // that were asked for in the place of the policy's
	Figures  figures       `json:"figures"`
	Lacking  *lackingLine  `json:"lacking,omitempty"`
	Rules    []string      `json:"rules"`
	Projects []projectName `json:"projects"`

	began *bound.FewPrices // those of BoundFrom
}

// boundLine says how much better any roster could be.
type boundLine struct {
	Most       int64    `json:"millipoints"`
	Gap        string   `json:"gap_percent"`
	Placements string   `json:"gap_placements"` // days of seven hours
	LeftOut    []string `json:"rules_not_all_in_it"`
}

func boundOf(value int64, b *scheduler.Bounded) *boundLine {
	if b == nil {
		return nil
	}
	return &boundLine{Most: b.Most, Gap: hundredths(b.Gap(value)), Placements: tenths(b.Placements(value)), LeftOut: b.LeftOut}
}

// words says how good a value is.
func (b *boundLine) words(value int64) string {
	return fmt.Sprintf("worth %s points; no roster can be worth more than %s: at most %s %% better, or %s days of 7 hours",
		thousands(value/1000), thousands((b.Most+999)/1000), b.Gap, b.Placements)
}

// figures are the figures of a plan that people ask for first.
type figures struct {
	Workable        int   `json:"people_who_could_work"`
	People          int   `json:"people_placed"`
	PersonDays      int   `json:"person_days"`
	Sessions        int   `json:"sessions"`
	Duties          int   `json:"duties"`
	Trips           int   `json:"trips"`
	MinibusMetres   int64 `json:"minibus_metres"`
	MinibusCO2e     int64 `json:"minibus_co2e_grams"`
	Places          int64 `json:"places"`
	Used            int64 `json:"places_used"`
	TurnedAway      int32 `json:"turned_away_permille"`
	Together        int32 `json:"turned_away_together_permille"`
	OfferedMinutes  int64 `json:"offered_minutes"`
	ExpectedMinutes int64 `json:"expected_minutes"`
	OnTimePoints    int64 `json:"on_time_points"`
	ValuePoints     int64 `json:"value_points"`
	NotPlaced       int   `json:"not_placed"`
}

func figuresOf(s *scheduler.Summary, notPlaced int) figures {
	return figures{
		Workable: s.Workable, People: s.People, PersonDays: s.PersonDays, Sessions: s.Sessions, Duties: s.Duties, Trips: s.Trips,
		MinibusMetres: s.Metres, MinibusCO2e: s.CO2eGrams, Places: s.Places, Used: s.Used, OfferedMinutes: s.Offered,
		TurnedAway: s.TurnedAway, Together: s.Together,
		ExpectedMinutes: s.Expected, OnTimePoints: s.OnTime / 1000, ValuePoints: s.Value / 1000, NotPlaced: notPlaced,
	}
}

// onTheRoad says what minibuses drive and give off.
func (f *figures) onTheRoad() string {
	return fmt.Sprintf("%s km by minibus   %s kg of CO2e", thousands((f.MinibusMetres+500)/1000), thousands((f.MinibusCO2e+500)/1000))
}

// atTheDoor says how likely it is that somebody is turned away.
func atTheDoor(alone, together int32) string {
	return fmt.Sprintf("chance that somebody is turned away in the week %d.%d %%   %d.%d %% if attendance goes together",
		alone/10, alone%10, together/10, together%10)
}

type projectName struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

const (
	planName   = "plan.json"
	planFormat = 1
)

// planNames are the files that a plan's folder may hold.
var planNames = []string{planName, certificateName, fewName, "appointments.csv", "sessions.csv", "unplaced.csv", "problems.csv", "week.html"}

func newPlanFile(r *region, policyName string, seed uint64, res *scheduler.PlanResult, s scheduler.Summary) planFile {
	p := planFile{
		Format: planFormat, Program: thisVersion().Version, Region: r.sn.Region, Week: r.week.String(), AsOf: written(r.sn.Calendar, r.asOf),
		Zone: r.sn.Calendar.Zone, Policy: policyName, Input: r.sn.Digest().String(), Roster: res.Roster.Digest().String(), Seed: seed,
		Rounds: res.Rounds, Planned: res.Planned, Cut: res.Cut.String(), MustFix: res.Score.Hard(), Baseline: res.Baseline, Cost: res.Score[solver.Soft],
		LeftOut: leftOut(r.report), PhoneWithin: r.sn.Policy.ChangeShortMinutes,
		Figures:   figuresOf(&s, len(res.Unplaced)),
		Rules:     rulesInForce(r.sn),
		BoundFrom: res.Cut.Warm, FewPrices: scheduler.FewName(res.Few),
		Bound: boundOf(res.Score.Value(), res.Bound),
	}
	for i := range r.sn.Projects {
		p.Projects = append(p.Projects, projectName{string(r.sn.Projects[i].Code), r.sn.Projects[i].Name})
	}
	return p
}

// writePlan writes a plan's folder.
func writePlan(dir string, p planFile, r *region, res *scheduler.PlanResult) error {
	if err := exchange.WriteRoster(dir, r.facts, r.sn, res.Roster); err != nil {
		return err
	}
	if err := exchange.WriteUnplaced(dir, unplacedRows(res.Unplaced)); err != nil {
		return err
	}
	if len(r.report.Problems) > 0 {
		if err := writeProblems(filepath.Join(dir, "problems.csv"), r.report); err != nil {
			return err
		}
	}
	if err := writeCertificate(dir, r, res); err != nil {
		return err
	}
	if err := writeFew(dir, p.began, res); err != nil {
		return err
	}
	b, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, planName), append(b, '\n'), 0o600)
}

// readPlanFile reads plan.json of a plan's folder.
func readPlanFile(dir string) (*planFile, error) {
	b, err := os.ReadFile(filepath.Join(dir, planName))
	if err != nil {
		stat, at := os.Stat(dir)
		switch {
		case errors.Is(at, fs.ErrNotExist):
			return nil, &model.Error{Code: model.CodeNotFound, Message: "There is no folder " + dir + ". Give the folder that payback plan wrote.", Err: err}
		case at == nil && !stat.IsDir():
			return nil, &model.Error{Code: model.CodeUsage, Message: dir + " is not a folder. Give the folder that payback plan wrote.", Err: err}
		}
		return nil, &model.Error{Code: model.CodeNotFound, Message: dir + " holds no " + planName + ", so it is not a plan. Give the folder that payback plan wrote.", Err: err}
	}
	var p planFile
	if err := json.Unmarshal(b, &p); err != nil {
		return nil, &model.Error{Code: model.CodeInvalid, Message: filepath.Join(dir, planName) + " was not understood; it was changed by hand or cut short. Plan again.", Err: err}
	}
	if p.Format != planFormat {
		return nil, model.Errorf(model.CodeInvalid, "%s has format %d; this version of payback reads format %d. Plan again.", filepath.Join(dir, planName), p.Format, planFormat)
	}
	return &p, nil
}

// name gives a project's name for people; where none is known, its code.
func (p *planFile) name(c model.ProjectCode) string {
	for _, x := range p.Projects {
		if x.Code == string(c) && strings.TrimSpace(x.Name) != "" {
			return x.Name
		}
	}
	return string(c)
}
