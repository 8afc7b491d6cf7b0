package main_test

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/solver/constraints"
)

func TestWrongUsageSaysWhatToType(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args string
		code int
		says string
	}{
		"unknown command":             {"plna x", 2, `Unknown command "plna". Did you mean plan?`},
		"unknown flag":                {"plan x --sed 2", 2, "Unknown flag --sed. Did you mean --seed? See: payback help plan"},
		"unknown flag before command": {"--quite plan", 2, "Unknown flag --quite. Did you mean --quiet?"},
		"unknown short flag":          {"plan -z", 2, "Unknown flag -z. See: payback help plan"},
		"flag without its value":      {"plan x --week", 2, "--week needs a value, as in --week 2026-W49."},
		"flag followed by a flag":     {"plan x --week --out y", 2, "--week needs a value"},
		"one argument too many":       {"check x y", 2, `payback check does not know what to do with "y"`},
		"half a command":              {"explain", 2, "payback explain needs one more word: rule, roster, person, session."},
		"no region":                   {"plan --out x", 2, "--out is for a plan made from files"},
		"no place for the plan":       {"plan x", 2, "Where should the plan go? Give a folder, as in --out w49."},
		"no plan to show":             {"show", 5, "There is no record in payback-data. Import a region's files first"},
		"one plan to compare":         {"diff .", 2, "Which two plans?"},
		"no place for the region":     {"generate", 2, "Where should the files go?"},
		"no place for templates":      {"template", 2, "Where should the templates go?"},
		"unknown format":              {"version -o yaml", 2, `--output: found "yaml"; expected one of table, json, jsonl, csv.`},
		"unknown progress":            {"version --progress=planer", 2, `expected one of auto, plain, json, none. Did you mean plain?`},
		"a number that is none":       {"generate --people many --out x", 2, `--people: found "many"; expected a whole number from 0 to 1,000,000,000.`},
		"nobody":                      {"generate --people 0 --out x", 2, "--people: found 0; expected 1 to 200,000."},
		"a seed that is none":         {"generate --seed -1 --out x", 2, `--seed: found "-1"`},
		"a profile nobody knows":      {"generate --profile rurul --out x", 2, "Did you mean rural?"},
		"a week that does not exist":  {"plan x --week 2026-W54 --out y", 2, `--week: found "2026-W54"; expected an ISO week that exists, such as 2026-W49.`},
		"a time that is none":         {"plan x --time soon --out y", 2, `--time: found "soon"; expected a length of time such as 60s or 5m, at most 24h.`},
		"an as-of that is none":       {"plan x --as-of noon --out y", 2, `--as-of: found "noon"; expected a date and a time such as 2026-11-26T12:00.`},
		"a kind nobody knows":         {"plan x --complete poeple --out y", 2, "Did you mean people?"},
		"a policy nobody has":         {"plan x --policy england --out y", 5, "Did you mean england-wales?"},
		"a region that is not there":  {"plan nowhere --out y", 5, "nowhere is not there"},
		"a plan that is not there":    {"show nowhere", 5, "There is no folder nowhere."},
		"a rule nobody knows":         {"explain rule place", 5, `No rule "place". Did you mean places? All rules: payback explain rule`},
		"a day that does not exist":   {"explain rule places --on 2026-02-29", 2, "--on: found \"2026-02-29\""},
		"help on nothing we have":     {"help nonsense", 2, `No command "nonsense".`},
		"a listing nobody knows":      {"show x --by team", 2, `--by: found "team"; expected one of session, person, supervisor, minibus, unplaced.`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			args := strings.Fields(c.args)
			for i, a := range args {
				if i > 0 && args[i-1] == "--out" {
					args[i] = filepath.Join(dir, a)
				}
			}
			o := run(args...)
			require.Equal(t, c.code, o.code, o.stderr)
			require.Contains(t, o.stderr, c.says)
			require.Empty(t, o.stdout)
			for _, never := range []string{"goroutine", "error:", "invalid", "*model", "main."} {
				require.NotContains(t, o.stderr, never)
			}
			alone(t, dir)
		})
	}
}

func TestHelpIsGivenHoweverItIsAskedFor(t *testing.T) {
	t.Parallel()
	all := must(t).stdout
	require.Equal(t, all, must(t, "help").stdout)
	require.Equal(t, all, must(t, "--help").stdout)
	require.Equal(t, all, must(t, "-h").stdout)
	for _, command := range []string{"demo", "plan", "check", "show", "diff", "explain", "generate", "template", "version", "help"} {
		require.Contains(t, all, "\n  "+command+" ")
		own := must(t, "help", command).stdout
		require.Equal(t, own, must(t, command, "--help").stdout)
		require.Contains(t, own, "Usage: payback "+command)
		narrow(t, own)
	}
	require.Equal(t, must(t, "help", "explain", "rule").stdout, must(t, "explain", "rule", "places", "-h").stdout)
	codes := must(t, "help", "exit-codes").stdout
	for _, code := range []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 130} {
		require.Regexp(t, `(?m)^ +`+strconv.Itoa(code)+`  \w`, codes)
	}
}

func TestVersionCanBeReadByPrograms(t *testing.T) {
	t.Parallel()
	require.Regexp(t, `^payback \S+ \(go1\.`, must(t, "version").stdout)
	var v map[string]any
	require.NoError(t, json.Unmarshal([]byte(must(t, "version", "-o", "json").stdout), &v))
	require.Contains(t, v, "version")
	require.Contains(t, v, "go")
}

func TestEveryRuleIsExplained(t *testing.T) {
	t.Parallel()
	listed := must(t, "explain", "rule").stdout
	for _, c := range constraints.All {
		require.Contains(t, listed, c.ID+" ")
		o := must(t, "explain", "rule", c.ID)
		require.Contains(t, o.stdout, c.ID+" – "+c.Title)
		require.Contains(t, o.stdout, "What the policy says on 2026-11-26:")
		require.Contains(t, o.stdout, "Source: ")
		require.Contains(t, strings.Join(strings.Fields(o.stdout), " "), strings.Join(strings.Fields(c.Doc), " "))
		narrow(t, o.stdout)
	}
	require.Contains(t, must(t, "explain", "rule", "places").stdout, "places.ratio = 8 people")
	var r struct {
		ID      string `json:"id"`
		Clauses []struct {
			ID    string `json:"id"`
			Value int64  `json:"value"`
		} `json:"clauses"`
	}
	require.NoError(t, json.Unmarshal([]byte(must(t, "explain", "rule", "travel-limit", "-o", "json").stdout), &r))
	require.Equal(t, "travel-limit", r.ID)
	require.NotEmpty(t, r.Clauses)
}

func TestAFaultOfTheProgramIsToldByAReference(t *testing.T) {
	t.Parallel()
	for _, detailed := range []bool{false, true} {
		m, stdout, stderr := program()
		m.Now = func() time.Time { panic("the clock broke in main.Secret") }
		args := []string{"explain", "rule", "places"}
		if detailed {
			args = append(args, "-v")
		}
		require.Equal(t, 1, m.Do(context.Background(), args))
		require.Regexp(t, `^Something went wrong that should not have\. Reference [0-9a-f]{8}\.\n`, stderr.String())
		require.Empty(t, stdout.String())
		require.Equal(t, detailed, strings.Contains(stderr.String(), "the clock broke"))
		require.Equal(t, detailed, strings.Contains(stderr.String(), "goroutine"))
	}
}
