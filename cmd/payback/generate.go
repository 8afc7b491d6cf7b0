package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
)

// generateCommand makes up a region and writes its files.
type generateCommand struct {
	People  int    `default:"4400" placeholder:"4400" help:"How many people on probation."`
	Seed    uint64 `default:"1" placeholder:"1" help:"Another seed, another region."`
	Profile string `default:"normal" placeholder:"NAME" help:"${profiles}"`
	Week    string `placeholder:"2026-W49" help:"The week that is to be planned. Left out: next week."`
	Out     string `placeholder:"FOLDER" help:"Where the files are written: a new or empty folder, or one of the same command."`
	XLSX    bool   `name:"xlsx" help:"Write one workbook, region.xlsx, instead of CSV files."`
}

// regionMark tells that a folder was made up, so that it may be replaced.
const regionMark = ".made-up"

// regionBook is the workbook of a made-up region.
const regionBook = "region.xlsx"

// made is the answer of generate.
type made struct {
	Out         string `json:"out"`
	Week        string `json:"week"`
	Profile     string `json:"profile"`
	Seed        uint64 `json:"seed"`
	People      int    `json:"people"`
	Projects    int    `json:"projects"`
	Supervisors int    `json:"supervisors"`
	Minibuses   int    `json:"minibuses"`
	Teams       int    `json:"teams"`
}

// Run makes a region up.
func (c *generateCommand) Run(m *Main) error {
	if c.Out == "" {
		return model.Errorf(model.CodeUsage, "Where should the files go? Give a folder, as in --out region.")
	}
	week, err := weekOrNext(m, c.Week)
	if err != nil {
		return err
	}
	out, err := m.newFolder("--out", c.Out, regionMark, regionNames())
	if err != nil {
		return err
	}
	defer out.drop()
	x, err := c.write(m, out.temp, week)
	if err != nil {
		return err
	}
	if err := out.keep(); err != nil {
		return fmt.Errorf("put the region in its place: %w", err)
	}
	m.progress.stop()
	x.Out = c.Out
	if err := writeOne(m, x, func(x made) error {
		_, err := fmt.Fprintf(m.Stdout, "%s  week %s  profile %s  seed %d: %s people, %s, %s, %s\n", x.Out, x.Week, x.Profile, x.Seed,
			thousands(x.People), count(x.Projects, "project"), count(x.Supervisors, "supervisor"), plural(x.Minibuses, "minibus", "minibuses"))
		return err
	}); err != nil {
		return err
	}
	from := c.Out
	if c.XLSX {
		from = filepath.Join(c.Out, regionBook)
	}
	m.next(fmt.Sprintf("plan %s --week %s --out plan", quoted(from), x.Week))
	return nil
}

// write makes the region up and writes its files into a folder.
func (c *generateCommand) write(m *Main, dir string, week model.Week) (made, error) {
	if err := choice("--profile", c.Profile, profileNames()); err != nil {
		return made{}, err
	}
	if c.People < 1 || c.People > model.MaxPeople {
		return made{}, model.Errorf(model.CodeUsage, "--people: found %s; expected 1 to %s.", thousands(c.People), thousands(model.MaxPeople))
	}
	m.progress.step(fmt.Sprintf("Making up a region of %s people", thousands(c.People)), 0, 0)
	facts, err := instance.Make(instance.Spec{People: c.People, Seed: c.Seed, Profile: c.Profile, Week: week})
	if err != nil {
		return made{}, err
	}
	if c.XLSX {
		err = exchange.WriteWorkbook(filepath.Join(dir, regionBook), facts)
	} else {
		err = exchange.WriteFacts(dir, facts)
	}
	if err != nil {
		return made{}, err
	}
	text := fmt.Sprintf("Everything here is made up: people %d, seed %d, profile %s, week %v.\n", c.People, c.Seed, c.Profile, week)
	if err := os.WriteFile(filepath.Join(dir, regionMark), []byte(text), 0o600); err != nil {
		return made{}, fmt.Errorf("write the region: %w", err)
	}
	return made{Week: week.String(), Profile: c.Profile, Seed: c.Seed, People: len(facts.People), Projects: len(facts.Projects),
		Supervisors: len(facts.Supervisors), Minibuses: len(facts.Minibuses), Teams: len(facts.Teams)}, nil
}

func profileNames() []string {
	return convert(instance.Profiles(), func(p instance.ProfileDoc) string { return p.Name })
}

// profilesHelp explains the profiles, for the help of --profile.
func profilesHelp() string {
	words := convert(instance.Profiles(), func(p instance.ProfileDoc) string { return p.Name + ": " + p.Text })
	return "What is special about the region. " + strings.Join(words, " ")
}

// regionNames are the files that a made-up region may hold.
func regionNames() []string {
	names := convert(exchange.Kinds(), func(k string) string { return k + ".csv" })
	return slices.Concat(names, []string{regionMark, regionBook})
}

// weekOrNext reads a week; empty: the one after this.
func weekOrNext(m *Main, s string) (model.Week, error) {
	profile, err := policy.Load(policy.Default)
	if err != nil {
		return model.Week{}, err
	}
	if s != "" {
		w, err := model.ParseWeek(s)
		if err != nil {
			return w, model.Errorf(model.CodeUsage, "--week: %s.", err)
		}
		return w, nil
	}
	now := model.Instant(m.Now().Unix() / 60)
	c, err := calendarAt(profile, now)
	if err != nil {
		return model.Week{}, err
	}
	today, _ := c.Local(now)
	return model.WeekOf(today).Add(1), nil
}
