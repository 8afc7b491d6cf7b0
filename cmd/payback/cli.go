package main

import (
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/communitypayback/payback/model"
)

// cli is every command and flag. Help texts are sentences; what a flag may hold is said where it is read.
type cli struct {
	Output    string `short:"o" default:"table" placeholder:"FORMAT" help:"How results are written: table, json, jsonl or csv."`
	NoHeaders bool   `help:"Leave the heading off tables and CSV."`
	Quiet     bool   `short:"q" help:"Say nothing but results and errors."`
	Verbose   bool   `short:"v" help:"Say more, also about faults of the program."`
	NoColor   bool   `help:"Use no colour. The environment variables NO_COLOR and TERM=dumb do the same."`
	RequestID string `name:"request-id" placeholder:"KEY" help:"A key of your own for a change of the record: the same command with the same key has one effect, however often it is run."`
	Progress  string `default:"auto" placeholder:"HOW" help:"How progress is shown on standard error: auto, plain, json or none."`

	Demo       demoCommand       `cmd:"" help:"Make up a region, plan and publish its week, and show it in a browser."`
	Import     importCommand     `cmd:"" help:"Take a region's files into the record."`
	Plan       planCommand       `cmd:"" help:"Plan a week, of the record or straight from files."`
	Plans      plansCommand      `cmd:"" help:"List the plans and published versions of a week."`
	Show       showCommand       `cmd:"" help:"List what a plan holds."`
	Edit       editCommand       `cmd:"" help:"Change a plan by hand."`
	Check      checkCommand      `cmd:"" help:"Judge a roster, whoever made it, by the rules."`
	Certify    certifyCommand    `cmd:"" help:"Check the proof of how good a plan is."`
	Diff       diffCommand       `cmd:"" help:"Tell what differs between two plans of a week."`
	Publish    publishCommand    `cmd:"" help:"Make a plan what people are told."`
	Export     exportCommand     `cmd:"" help:"Write files from the record."`
	Serve      serveCommand      `cmd:"" help:"Serve pages and the network interface to this machine, and do the nights."`
	Work       workCommand       `cmd:"" help:"Do the nights and what was left behind, without serving anything."`
	Night      nightCommand      `cmd:"" help:"Do a night now, or tell what came of one."`
	Nights     nightsCommand     `cmd:"" help:"List nights and what came of them."`
	Runs       runsCommand       `cmd:"" help:"List runs, or make one again and compare the bytes."`
	Audit      auditCommand      `cmd:"" help:"See who did what, and prove that the audit holds."`
	Backup     backupCommand     `cmd:"" help:"Copy the record while it stays in use."`
	Restore    restoreCommand    `cmd:"" help:"Put a copy of the record in its place."`
	Migrate    migrateCommand    `cmd:"" help:"Copy the record to another place: from a folder to Redis, or back."`
	Doctor     doctorCommand     `cmd:"" help:"Look whether the record, the clock and the policy are as they should be."`
	Faults     faultsCommand     `cmd:"" help:"Look into faults of the program that searches found in themselves."`
	Attendance attendanceCommand `cmd:"" help:"See how likely people come, and how well that comes true."`
	Backlog    backlogCommand    `cmd:"" help:"See who is likely to finish in time, and what is due by when."`
	Explain    explainCommand    `cmd:"" help:"Explain a rule, a roster, a person or a session."`
	WhyNot     whyNotCommand     `cmd:"" help:"Say why somebody is not in a session, or in none, and what would make it possible."`
	Recommend  recommendCommand  `cmd:"" help:"Say which sessions are best for a person, or who or what is best for a session."`
	Repair     repairCommand     `cmd:"" help:"Say what can be done when something goes wrong in a published week."`
	Prices     pricesCommand     `cmd:"" help:"Say what one more supervisor, minibus, seat or place would be worth, by area and day."`
	Travel     travelCommand     `cmd:"" help:"Find out how long journeys take."`
	Weather    weatherCommand    `cmd:"" help:"Find out how likely rain is."`
	Generate   generateCommand   `cmd:"" help:"Make up a region and write its files."`
	Template   templateCommand   `cmd:"" help:"Write empty files to fill in."`
	Version    versionCommand    `cmd:"" help:"Say which version this is."`
	Help       helpCommand       `cmd:"" help:"Explain a command, or the exit codes: payback help plan, payback help exit-codes."`
}

const description = "Plans community payback: who comes to which session, who supervises it, and which minibus brings them. " +
	"Results go to standard output, everything else to standard error."

var (
	outputs    = []string{"table", "json", "jsonl", "csv"}
	progresses = []string{"auto", "plain", "json", "none"}
)

// newKong builds the parser. It prints nothing and ends nothing by itself.
func newKong(m *Main) (*kong.Kong, error) {
	return kong.New(&m.cli,
		kong.Name("payback"),
		kong.Description(description),
		kong.Vars{"profiles": profilesHelp()},
		kong.NoDefaultHelp(),
		kong.Writers(m.Stdout, m.Stderr),
		kong.Exit(func(int) {}),
		valueMappers(),
	)
}

// valid checks the flags that every command has.
func (c *cli) valid() error {
	if err := choice("--output", c.Output, outputs); err != nil {
		return err
	}
	return choice("--progress", c.Progress, progresses)
}

// choice refuses a word that is none of the given ones.
func choice(what, found string, words []string) error {
	if slices.Contains(words, found) {
		return nil
	}
	return model.Errorf(model.CodeUsage, "%s: found %q; expected one of %s.%s", what, found, strings.Join(words, ", "), meant(found, words))
}
