package scheduler

import (
	"context"
	"fmt"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/forecast"
)

// AttendanceReport tells how well estimates of coming would have come true in the last weeks, had each been predicted from
// the weeks before it, for everybody and by sex and age. These two are read for this alone: no estimate knows them.
type AttendanceReport struct {
	Region      string               `json:"region"`
	From        string               `json:"from"`  // the first day that was predicted
	Until       string               `json:"until"` // the day after the last
	Weeks       int                  `json:"weeks"`
	Mean        int32                `json:"mean_permille"` // now, of somebody of whom nothing is recorded
	Effects     forecast.Effects     `json:"effects_permille"`
	Calibration forecast.Calibration `json:"calibration"`
	// Sex and Age hold the groups in a fixed order.
	Sex       []forecast.GroupError `json:"sex"`
	Age       []forecast.GroupError `json:"age"`
	Tolerance int32                 `json:"tolerance_permille"` // of a difference between groups
	Differs   bool                  `json:"differs"`            // some group does
	Answer    string                `json:"answer"`
}

// reporters may see how groups of people differ.
var reporters = []model.Role{model.RosterManager, model.Auditor}

// ageBands are those that the service counts by, from the age of each to the next.
var ageBands = []struct {
	name string
	from int
}{{"18 to 24", 0}, {"25 to 34", 25}, {"35 to 49", 35}, {"50 and over", 50}}

// maxHeldOut bounds how many weeks are predicted, each from an estimate of its own.
const maxHeldOut = 52

// AttendanceReport predicts the outcomes of so many weeks before a week, as the record and the clock stand. It needs the
// role of a roster manager or an auditor.
func (s *Service) AttendanceReport(ctx context.Context, who model.Principal, region string, week model.Week, weeks int) (*AttendanceReport, error) {
	if err := may(who, region, reporters); err != nil {
		return nil, err
	}
	var out *AttendanceReport
	err := s.Record.View(ctx, region, func(r Reader) error {
		f, _, err := s.currentFacts(r)
		if err != nil {
			return err
		}
		told, sn, err := s.freezeTold(r, f, week)
		if err != nil {
			return err
		}
		out, err = ReportAttendance(sn, told, weeks)
		return err
	})
	return out, err
}

// ReportAttendance predicts the outcomes of so many weeks, 1 to 52, before the snapshot's week.
func ReportAttendance(sn *model.Snapshot, f *model.Facts, weeks int) (*AttendanceReport, error) {
	if weeks < 1 || weeks > maxHeldOut {
		return nil, model.Errorf(model.CodeUsage, "found %d weeks to predict; expected 1 to %d", weeks, maxHeldOut)
	}
	end := sn.Week.Monday()
	start := end - model.Date(7*weeks)
	x := &AttendanceReport{
		Region: sn.Region, From: start.String(), Until: end.String(), Weeks: weeks, Mean: sn.Attendance.Mean, Effects: sn.Attendance.Effects,
		Tolerance: sn.Policy.AttendanceGroupTolerance,
	}
	all := predictions(sn, f, start, end)
	x.Calibration = forecast.Calibrate(all)
	sexes, ages := groupsOf(sn, f, end)
	bySex := []string{model.Female.String(), model.Male.String(), model.SexOther.String()}
	var byAge []string
	for _, b := range ageBands {
		byAge = append(byAge, b.name)
	}
	asked, tolerance := len(bySex)+len(byAge), float64(x.Tolerance)/1000
	x.Sex = forecast.CompareGroups(all, bySex, func(i int) string { return sexes[i] }, asked, tolerance)
	x.Age = forecast.CompareGroups(all, byAge, func(i int) string { return ages[i] }, asked, tolerance)
	x.say()
	return x, nil
}

// predictions predicts each week's outcomes from those before it.
func predictions(sn *model.Snapshot, f *model.Facts, start, end model.Date) []forecast.Prediction {
	t := trialsOf(sn, f.History, end)
	var out []forecast.Prediction
	for monday := start; monday < end; monday += 7 {
		var known []forecast.Trial
		came, number := int64(0), int64(0)
		for _, c := range t.counts {
			came += int64(c.Came)
			number += int64(c.Came) + int64(c.Missed)
		}
		for i, x := range t.trials {
			if f.History[t.rows[i]].Session.Date < monday {
				known = append(known, x)
				number++
				if x.Came {
					came++
				}
			}
		}
		base := sn.Policy.AttendancePrior
		if number > 0 {
			base = int32((1000*came + number/2) / number)
		}
		est := forecast.EstimateAttendance(sn.Policy, t.counts, known)
		for i, x := range t.trials {
			if on := f.History[t.rows[i]].Session.Date; on >= monday && on < monday+7 {
				chance := min(max(est.People[x.Person]+est.Effects.Of(x.Traits), sn.Policy.AttendanceLeast), sn.Policy.AttendanceMost)
				out = append(out, forecast.Prediction{Person: x.Person, Chance: chance, Base: base, Came: x.Came})
			}
		}
	}
	return out
}

// groupsOf gives the sex and the age band of each person, in the order of the snapshot; empty: not recorded.
func groupsOf(sn *model.Snapshot, f *model.Facts, on model.Date) (sexes, ages []string) {
	born := make(map[model.CRN]model.Date, len(f.Names)) // looked up only
	for i := range f.Names {
		born[f.Names[i].CRN] = f.Names[i].DateOfBirth
	}
	for i := range sn.People {
		p := &sn.People[i]
		age := ""
		if b := born[p.CRN]; b != 0 && b <= on {
			for _, band := range ageBands {
				if b.AddMonths(12*band.from) <= on {
					age = band.name
				}
			}
		}
		sexes, ages = append(sexes, p.Sex.String()), append(ages, age)
	}
	return sexes, ages
}

// say puts the comparison of groups into words.
func (x *AttendanceReport) say() {
	var differing, few []string
	told := 0
	for _, g := range append(append([]forecast.GroupError(nil), x.Sex...), x.Age...) {
		switch {
		case g.Few && g.People > 0:
			few = append(few, g.Group)
		case g.Few:
		case g.Differs:
			how := "more was expected than of everybody else"
			if g.Apart < 0 {
				how = "less was expected than of everybody else"
			}
			differing = append(differing, fmt.Sprintf("%s (%s, by %.1f points)", g.Group, how, 100*max(g.Apart, -g.Apart)))
			told++
		default:
			told++
		}
	}
	x.Differs = len(differing) > 0
	switch {
	case x.Calibration.Outcomes == 0:
		x.Answer = "No outcome is recorded in these weeks, so nothing can be told."
	case told == 0:
		x.Answer = "Too few people are recorded to tell groups apart."
	case x.Differs:
		x.Answer = "Look into this before places are given away by chance: forecasts err differently for " + strings.Join(differing, "; ") +
			". Nothing in an estimate knows sex or age, so something that goes with them is missing from it or wrong in the record."
	default:
		x.Answer = fmt.Sprintf("No group's forecasts err by %.1f points or more from everybody else's beyond chance.", float64(x.Tolerance)/10)
	}
	if len(few) > 0 && told > 0 {
		x.Answer += " Too few to tell: " + strings.Join(few, ", ") + "."
	}
}
