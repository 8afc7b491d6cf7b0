package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
)

// planned is a plan as its folder tells it, without the region's files.
type planned struct {
	planFile
	dir      string
	calendar model.Calendar
	asOf     model.Instant
	roster   *model.Roster
	sessions []map[string]string // rows of sessions.csv
	unplaced []map[string]string // rows of unplaced.csv
}

// readPlanned reads a plan's folder.
func readPlanned(dir string) (*planned, error) {
	file, err := readPlanFile(dir)
	if err != nil {
		return nil, err
	}
	p := &planned{planFile: *file, dir: dir}
	week, err := model.ParseWeek(file.Week)
	if err != nil {
		return nil, damaged(dir, err)
	}
	if p.calendar, err = scheduler.NewCalendar(file.Zone, week.Monday(), week.Monday()+6); err != nil {
		return nil, damaged(dir, err)
	}
	day, clock, _ := strings.Cut(file.AsOf, "T")
	d, err1 := model.ParseDate(day)
	at, err2 := model.ParseClock(clock)
	if err := errors.Join(err1, err2); err != nil {
		return nil, damaged(dir, err)
	}
	p.asOf = p.calendar.Instant(d, at)
	appointments, err := readRows(filepath.Join(dir, "appointments.csv"))
	if err != nil {
		return nil, err
	}
	if p.sessions, err = readRows(filepath.Join(dir, "sessions.csv")); err != nil {
		return nil, err
	}
	if p.unplaced, err = readRows(filepath.Join(dir, "unplaced.csv")); err != nil {
		return nil, err
	}
	sn := named(p, week, appointments)
	var report *exchange.Report
	if p.roster, report, err = exchange.ReadRoster(dir, sn, exchange.Options{Zone: file.Zone}); err != nil {
		return nil, err
	}
	if len(report.Problems) > 0 {
		var b strings.Builder
		_ = report.Write(&b, tableWidth)
		return nil, model.Errorf(model.CodeInvalid, "%s\nThe files of %s were changed by hand. Put them right, or plan again.", strings.TrimRight(b.String(), "\n"), dir)
	}
	return p, nil
}

func damaged(dir string, err error) error {
	return &model.Error{Code: model.CodeInvalid, Err: err, Message: filepath.Join(dir, planName) + " was not understood; it was changed by hand. Plan again."}
}

// named gives a snapshot that knows just the codes that a plan's files use, so that they can be read without the region.
func named(p *planned, week model.Week, appointments []map[string]string) *model.Snapshot {
	sn := &model.Snapshot{Region: p.Region, Week: week, Calendar: p.calendar, Policy: &policy.Book{}}
	var people, projects, supervisors, minibuses, stops []string
	for _, row := range appointments {
		people = append(people, row["crn"])
		projects = append(projects, row["project_code"])
		supervisors = append(supervisors, row["supervisor_officer_code"])
		stops = append(stops, row["pick_up_location_code"])
	}
	for _, row := range p.sessions {
		projects = append(projects, row["project_code"], row["wet_project_code"])
		supervisors = append(supervisors, list(row["supervisor_codes"])...)
		minibuses = append(minibuses, list(row["registrations"])...)
		for _, s := range list(row["stops"]) {
			code, _, _ := strings.Cut(s, "@")
			stops = append(stops, code)
		}
	}
	for _, c := range distinct(people) {
		sn.People = append(sn.People, model.Person{CRN: model.CRN(c)})
	}
	for _, c := range distinct(projects) {
		sn.Projects = append(sn.Projects, model.Project{Code: model.ProjectCode(c), Name: p.name(model.ProjectCode(c))})
	}
	for _, c := range distinct(supervisors) {
		sn.Supervisors = append(sn.Supervisors, model.Supervisor{Code: model.SupervisorCode(c)})
	}
	for _, c := range distinct(minibuses) {
		sn.Minibuses = append(sn.Minibuses, model.Minibus{Registration: model.Registration(c)})
	}
	for _, c := range distinct(stops) {
		sn.Stops = append(sn.Stops, model.Stop{Code: model.StopCode(c)})
	}
	return sn
}

// readRows reads a CSV file by the names of its columns; a file that is not there has no rows.
func readRows(path string) ([]map[string]string, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, &model.Error{Code: model.CodeNotFound, Message: path + " cannot be read.", Err: err}
	}
	rows, err := rowsOf(b)
	if err != nil {
		return nil, &model.Error{Code: model.CodeInvalid, Message: path + " is not the CSV file that payback wrote. Plan again.", Err: err}
	}
	return rows, nil
}

// formula takes back the mark that keeps a spreadsheet from taking text for a formula.
func formula(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.ContainsAny(s[1:2], "=+-@\t\r'") {
		return s[1:]
	}
	return s
}

// list splits a cell that holds several values.
func list(s string) []string {
	var out []string
	for x := range strings.SplitSeq(s, ";") {
		if x = strings.TrimSpace(x); x != "" {
			out = append(out, x)
		}
	}
	return out
}

// whole reads a number that payback wrote; what is none counts as 0.
func whole(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
