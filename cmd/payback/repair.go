package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/communitypayback/payback/api"
	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/constraints"
)

// repairCommand says what can be done when something goes wrong in a published week.
type repairCommand struct {
	SupervisorOff repairSupervisor `cmd:"" help:"A supervisor is off."`
	MinibusOff    repairMinibus    `cmd:"" help:"A minibus is off the road."`
	Close         repairClose      `cmd:"" help:"A project is closed."`
	Rain          repairRain       `cmd:"" help:"It rains."`
	PersonOff     repairPerson     `cmd:"" help:"Somebody cannot come."`
	Overbooked    repairOverbooked `cmd:"" help:"Too many are booked."`
}

// repairFlags are what all repairs share.
type repairFlags struct {
	regionFlags
	recordFlags
	Dir         string `placeholder:"FOLDER" help:"A folder with a region's files, or a workbook (.xlsx), instead of the record."`
	Roster      string `placeholder:"FOLDER" help:"With --dir: the folder of the plan that was published. Left out: what the region's files publish."`
	Budget      *int   `placeholder:"10" help:"The most people who may be told that their sessions change. Left out: as many as it takes."`
	Curve       bool   `help:"Tell what budgets of 0, 5, 10, 20, 50 and 100 people to tell would buy instead."`
	ShortNotice bool   `help:"What is frozen may change too, unless it has begun. Publishing it takes a release for each case."`
	Save        int    `placeholder:"1" help:"Keep the option of this number as a plan of the record."`
	Out         string `placeholder:"FOLDER" help:"Write the roster of the first option, or of --save, to this folder."`
	Reason      string `placeholder:"TEXT" help:"Why, kept in the audit."`
}

// daysFlags say when.
type daysFlags struct {
	On string `required:"" placeholder:"2026-11-30" help:"The day, or the first of several."`
	To string `placeholder:"2026-12-02" help:"The last day. Left out: the same, or for a closed project the end of the week."`
}

func (f *daysFlags) read(h *scheduler.Happening) (err error) {
	if h.From, err = model.ParseDate(f.On); err != nil {
		return model.Errorf(model.CodeUsage, "--on: %s.", err)
	}
	if f.To != "" {
		if h.To, err = model.ParseDate(f.To); err != nil {
			return model.Errorf(model.CodeUsage, "--to: %s.", err)
		}
		if h.To < h.From {
			return model.Errorf(model.CodeUsage, "found --on %s and --to %s; expected a last day not before the first.", f.On, f.To)
		}
	}
	return nil
}

type repairSupervisor struct {
	Code string `arg:"" help:"The supervisor."`
	daysFlags
	repairFlags
}

// Run repairs.
func (c *repairSupervisor) Run(ctx context.Context, m *Main) error {
	return c.repair(ctx, m, scheduler.Happening{Kind: scheduler.SupervisorOff, Supervisor: model.SupervisorCode(c.Code)}, &c.daysFlags)
}

type repairMinibus struct {
	Registration string `arg:"" help:"The minibus."`
	daysFlags
	repairFlags
}

// Run repairs.
func (c *repairMinibus) Run(ctx context.Context, m *Main) error {
	return c.repair(ctx, m, scheduler.Happening{Kind: scheduler.MinibusOff, Minibus: model.Registration(c.Registration)}, &c.daysFlags)
}

type repairClose struct {
	Project string `arg:"" help:"The project."`
	daysFlags
	repairFlags
}

// Run repairs.
func (c *repairClose) Run(ctx context.Context, m *Main) error {
	return c.repair(ctx, m, scheduler.Happening{Kind: scheduler.ProjectClosed, Project: model.ProjectCode(c.Project)}, &c.daysFlags)
}

type repairRain struct {
	Area string `placeholder:"AREA" help:"The weather area. Left out: all."`
	daysFlags
	repairFlags
}

// Run repairs.
func (c *repairRain) Run(ctx context.Context, m *Main) error {
	return c.repair(ctx, m, scheduler.Happening{Kind: scheduler.ItRains, WeatherArea: c.Area}, &c.daysFlags)
}

type repairPerson struct {
	CRN string `arg:"" help:"The person, such as X123456."`
	daysFlags
	repairFlags
}

// Run repairs.
func (c *repairPerson) Run(ctx context.Context, m *Main) error {
	crn, err := readCRN(c.CRN)
	if err != nil {
		return err
	}
	return c.repair(ctx, m, scheduler.Happening{Kind: scheduler.PersonOff, CRN: crn}, &c.daysFlags)
}

type repairOverbooked struct {
	What   string `arg:"" help:"The session in which everybody says that they come, such as CT01/2026-11-30; or, with --places, a project."`
	Places int32  `placeholder:"6" help:"How many places the project has now."`
	repairFlags
}

// Run repairs.
func (c *repairOverbooked) Run(ctx context.Context, m *Main) error {
	h := scheduler.Happening{Kind: scheduler.Overbooked}
	if !strings.Contains(c.What, "/") {
		if c.Places < 1 {
			return model.Errorf(model.CodeUsage, "found the project %s without --places; expected how many places it has now, or a session.", c.What)
		}
		h.Project, h.Places = model.ProjectCode(c.What), c.Places
		return c.repair(ctx, m, h, nil)
	}
	key, err := readSession(c.What)
	if err != nil {
		return err
	}
	h.Session = key
	if c.Week == "" {
		c.Week = model.WeekOf(key.Date).String()
	}
	return c.repair(ctx, m, h, nil)
}

// budgets are those of a curve.
var budgets = []int{0, 5, 10, 20, 50, 100}

// repair asks for options, and keeps one if that was asked.
func (f *repairFlags) repair(ctx context.Context, m *Main, h scheduler.Happening, days *daysFlags) error {
	if days != nil {
		if err := days.read(&h); err != nil {
			return err
		}
		if f.Week == "" {
			f.Week = model.WeekOf(h.From).String()
		}
	}
	q := scheduler.RepairRequest{Happened: []scheduler.Happening{h}, Budget: -1, ShortNotice: f.ShortNotice, Seed: 1}
	if f.Budget != nil {
		q.Budget = *f.Budget
	}
	if f.Curve {
		q.Curve = budgets
	}
	switch {
	case f.Curve && (f.Save > 0 || f.Out != ""):
		return model.Errorf(model.CodeUsage, "--curve gives figures and no options. Leave out --save and --out.")
	case f.Dir != "" && f.Save > 0:
		return model.Errorf(model.CodeUsage, "--save keeps a plan in the record, and --dir is about files. Give --out for files.")
	case f.Dir != "":
		return f.repairFiles(ctx, m, q)
	case f.Roster != "":
		return model.Errorf(model.CodeUsage, "--roster goes with --dir, the folder of the region's files.")
	}
	return f.repairRecord(ctx, m, q)
}

// repairFiles repairs the roster of a folder.
func (f *repairFlags) repairFiles(ctx context.Context, m *Main, q scheduler.RepairRequest) error {
	c := checkCommand{Dir: f.Dir, regionFlags: f.regionFlags, Roster: f.Roster}
	r, roster, _, err := c.read(m)
	if err != nil {
		return err
	}
	sn, err := r.sn.With(model.PublishRoster{Roster: roster})
	if err != nil {
		return err
	}
	m.progress.step("Repairing", 0, 0)
	x, err := scheduler.RepairWeek(ctx, sn, q, constraints.All)
	m.progress.stop()
	if err != nil {
		return err
	}
	return f.tell(m, x)
}

// repairRecord repairs what the record publishes.
func (f *repairFlags) repairRecord(ctx context.Context, m *Main, q scheduler.RepairRequest) (err error) {
	d, r, err := f.openAt(ctx, m, &f.regionFlags)
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	q.Week = r.week
	m.progress.step("Repairing", 0, 0)
	x, err := d.Repair(ctx, d.who, d.region, q)
	m.progress.stop()
	if err != nil {
		return err
	}
	if err := f.tell(m, x); err != nil || f.Save == 0 {
		return err
	}
	made, err := d.KeepRepair(ctx, d.who, d.region, q, f.Save-1, model.Digest{}, m.command(f.Reason))
	if err != nil {
		return err
	}
	m.hint("Option %d is kept as plan %s.", f.Save, made.ID)
	m.next("diff "+made.ID+f.again(), "publish "+made.ID+f.again())
	return nil
}

// tell writes the answer, and the roster of an option if that was asked.
func (f *repairFlags) tell(m *Main, x *scheduler.Repairing) error {
	message, err := api.RepairMessage(x)
	if err != nil {
		return err
	}
	if err := writeMessage(m, message, func() error {
		_, err := fmt.Fprint(m.Stdout, repairText(x))
		return err
	}); err != nil || f.Out == "" {
		return err
	}
	n := max(f.Save, 1)
	if n > len(x.Options) {
		return model.Errorf(model.CodeNotFound, "found no option %d to write to --out; there are %d.", n, len(x.Options))
	}
	return exchange.WriteRoster(f.Out, nil, x.Snapshot, x.Options[n-1].Roster)
}

// repairText tells a repair in lines.
func repairText(x *scheduler.Repairing) string {
	var b strings.Builder
	for _, w := range x.Moved {
		fmt.Fprintf(&b, "%v goes to its wet site %s.\n", w.Session, w.Host)
	}
	if len(x.Broken) == 0 {
		b.WriteString("What is published breaks no rule that it kept before. Nobody has to be told.\n")
		return b.String()
	}
	fmt.Fprintf(&b, "Broken now in what is published: %s:\n", count(len(x.Broken), "case"))
	for _, c := range x.Cases(x.Broken) {
		fmt.Fprintf(&b, "  %s\n", c.Sentence)
	}
	for i := range x.Options {
		fmt.Fprintf(&b, "\nOption %d: ", i+1)
		writeRepaired(&b, x, &x.Options[i])
		for _, v := range x.Options[i].Moves {
			fmt.Fprintf(&b, "  %s\n", moveText(v))
		}
	}
	for i := range x.Curve {
		fmt.Fprintf(&b, "\nUp to %d to tell: ", x.Curve[i].Budget)
		writeRepaired(&b, x, &x.Curve[i].Repaired)
	}
	if len(x.Options)+len(x.Curve) == 0 {
		b.WriteString("\nNothing was found that breaks less. What is frozen or pinned stays as it is; see --short-notice.\n")
	}
	for _, c := range x.Cover {
		if len(c.Options) > 0 {
			continue // the options use them
		}
		fmt.Fprintf(&b, "\nNobody is free to stand in at %v:\n", c.Session)
		writeRefusals(&b, c.Recommendation)
	}
	return b.String()
}

// writeRepaired tells what an option costs.
func writeRepaired(b *strings.Builder, x *scheduler.Repairing, o *solver.Repaired) {
	fmt.Fprintf(b, "%s to tell, %s at another time or stop, %s; %+d minutes of appointments; %s.\n", peopleText(len(o.Told)),
		peopleText(len(o.Retimed)), count(len(o.Crew), "supervisor"), o.Minutes, costText(o.Change[solver.Soft]))
	for _, c := range x.Cases(o.Left) {
		fmt.Fprintf(b, "  Not mended: %s\n", c.Sentence)
	}
}

func peopleText(n int) string {
	if n == 1 {
		return "1 person"
	}
	return thousands(n) + " people"
}
