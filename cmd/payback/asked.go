package main

import (
	"context"
	"strings"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver/constraints"
)

// askFlags say which roster is asked about.
type askFlags struct {
	regionFlags
	recordFlags
	Plan   string `placeholder:"PLAN" help:"A plan of the record, latest, or published=3. Left out: what is published."`
	Dir    string `placeholder:"FOLDER" help:"A folder with a region's files, or a workbook (.xlsx), instead of the record."`
	Roster string `placeholder:"FOLDER" help:"With --dir: the folder of a plan. Left out: what the region's files publish."`
}

// asked is a roster that is asked about.
type asked struct {
	*scheduler.Explained

	region   *region
	forecast func(model.CRN) (*scheduler.Forecast, error)
	again    string // the flags that lead to the same roster
}

// ask makes a roster ready and has it asked. A session that is asked about says its own week.
func (f *askFlags) ask(ctx context.Context, m *Main, session string, question func(*asked) error) (err error) {
	if session != "" && f.Week == "" {
		key, err := readSession(session)
		if err != nil {
			return err
		}
		f.Week = model.WeekOf(key.Date).String()
	}
	if f.Dir != "" {
		return f.askFiles(m, question)
	}
	if f.Roster != "" {
		return model.Errorf(model.CodeUsage, "--roster goes with --dir, the folder of the region's files. For a plan of the record, give --plan.")
	}
	if err := f.onlyFiles(); err != nil {
		return err
	}
	d, r, err := f.openAt(ctx, m, &f.regionFlags)
	if err != nil {
		return err
	}
	defer d.closing(ctx, &err)
	ref := scheduler.RosterRef{Week: r.week}
	version, published, err := publishedVersion(f.Plan)
	switch {
	case err != nil:
		return err
	case published || f.Plan == "":
		ref.Version = version
	default:
		if ref.Draft, err = d.draftID(ctx, f.Plan, r.week); err != nil {
			return err
		}
	}
	x, err := d.Explained(ctx, d.who, d.region, ref)
	if err != nil {
		return err
	}
	again := " --week " + x.Snapshot.Week.String() + f.again()
	if f.Plan != "" {
		again = " --plan " + quoted(f.Plan) + again
	}
	return question(&asked{Explained: x, region: r, again: again, forecast: func(c model.CRN) (*scheduler.Forecast, error) {
		return d.Forecast(ctx, d.who, d.region, x.Snapshot.Week, c)
	}})
}

// askFiles asks about the roster of a folder.
func (f *askFlags) askFiles(m *Main, question func(*asked) error) error {
	if f.Plan != "" || f.Data != "" {
		return model.Errorf(model.CodeUsage, "--dir is about files, and --plan and --data are about the record. Leave out one of the two.")
	}
	c := checkCommand{Dir: f.Dir, regionFlags: f.regionFlags, Roster: f.Roster}
	r, roster, _, err := c.read(m)
	if err != nil {
		return err
	}
	m.progress.step("Preparing", 0, 0)
	x, err := scheduler.Explain(r.sn, roster, constraints.All, nil)
	m.progress.stop()
	if err != nil {
		return err
	}
	again := " --dir " + quoted(f.Dir) + " --week " + r.week.String()
	if f.Roster != "" {
		again += " --roster " + quoted(f.Roster)
	}
	return question(&asked{Explained: x, region: r, again: again, forecast: func(c model.CRN) (*scheduler.Forecast, error) {
		return scheduler.ForecastPerson(r.sn, r.facts, c)
	}})
}

// readSession reads a session as it is typed: PROJECT/DATE, with /TIME or T and the time where a project has several that day.
func readSession(s string) (model.SessionKey, error) {
	if i := strings.LastIndexByte(s, 'T'); i > strings.LastIndexByte(s, '/') {
		s = s[:i] + "/" + s[i+1:]
	}
	k, err := model.ParseSessionKey(s)
	if err != nil {
		return k, model.Errorf(model.CodeUsage, "%s.", err)
	}
	return k, nil
}

// readCRN reads a CRN as it is typed.
func readCRN(s string) (model.CRN, error) {
	c := model.CRN(strings.ToUpper(s))
	if !c.Valid() {
		return c, model.Errorf(model.CodeUsage, "found %q; expected a CRN, one letter and six digits such as X123456.", s)
	}
	return c, nil
}

// writeMessage writes a single thing as the message of the network interface, or in words.
func writeMessage(m *Main, x proto.Message, words func() error) error {
	options := protojson.MarshalOptions{UseProtoNames: true}
	switch m.cli.Output {
	case "json":
		options.Multiline = true
	case "jsonl":
	default:
		return words()
	}
	b, err := options.Marshal(x)
	if err != nil {
		return err
	}
	_, err = m.Stdout.Write(append(b, '\n'))
	return err
}
