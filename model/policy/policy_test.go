package policy_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model/policy"
)

// copied gives a profile that a test may damage.
func copied(t *testing.T) *policy.Profile {
	t.Helper()
	p, err := policy.Load(policy.Default)
	require.NoError(t, err)
	return p
}

func TestEveryEmbeddedProfileLoadsUnderItsOwnName(t *testing.T) {
	t.Parallel()
	require.Contains(t, policy.Names(), policy.Default)
	for _, name := range policy.Names() {
		p, err := policy.Load(name)
		require.NoError(t, err)
		require.Equal(t, name, p.Name)
		require.NotEmpty(t, p.Title)
		require.NotEmpty(t, p.Zone)
		for _, c := range p.Clauses {
			if rule, _, isValue := strings.Cut(string(c.ID), "."); isValue {
				_, ok := p.Clause(policy.ClauseID(rule))
				require.True(t, ok, "value %s belongs to a rule", c.ID)
				require.NotEqual(t, "on", c.Unit, "value %s is no switch", c.ID)
			} else {
				require.Equal(t, "on", c.Unit, "rule %s is a switch", c.ID)
			}
		}
	}
	_, err := policy.Load("atlantis")
	require.ErrorContains(t, err, `found policy profile "atlantis"; expected one of `)
	require.ErrorContains(t, err, policy.Default)
}

// The figures of rules.md that the issue's rules read, as published.
func TestTheDefaultProfileHasThePublishedFigures(t *testing.T) {
	t.Parallel()
	b := copied(t).On("2026-11-30")
	require.Equal(t, "england-wales", b.Profile)
	require.Equal(t, "Europe/London", b.Zone)
	require.EqualValues(t, 28*60, b.WeekMaxMinutes)
	require.EqualValues(t, 90, b.TravelMaxMinutes)
	require.EqualValues(t, 8, b.PeoplePerSupervisor)
	require.EqualValues(t, 2, b.HighRiskWeight)
	require.EqualValues(t, 11*60, b.RestMinutes)
	require.EqualValues(t, 30, b.StopGapMinutes)
	require.EqualValues(t, 15, b.FridayBeforeMinutes)
	require.EqualValues(t, 60, b.FridayAfterMinutes)
	require.EqualValues(t, 12*60, b.FreezeCutoffMinutes)
	require.EqualValues(t, 420, b.WorthDayMinutes)
	require.EqualValues(t, 240*1000, b.ChangeShortPrice, "a change inside 48 hours costs 240 minutes of on-time work")
	require.EqualValues(t, 48*60, b.ChangeShortMinutes)
	require.Empty(t, b.Off)
	require.True(t, b.Applies("travel-limit"))
}

func TestEveryFieldOfABookIsReadFromItsOwnClause(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, f := range reflect.VisibleFields(reflect.TypeFor[policy.Book]()) {
		id := f.Tag.Get("clause")
		if id == "" {
			continue
		}
		require.False(t, seen[id], "two fields read %s", id)
		seen[id] = true
		p := copied(t)
		for i := range p.Clauses {
			if p.Clauses[i].ID == policy.ClauseID(id) {
				p.Clauses[i].Values = []policy.Dated{{From: "2020-01-01", Value: 123}}
			}
		}
		require.EqualValues(t, 123, reflect.ValueOf(p.On("2026-11-30")).Elem().FieldByIndex(f.Index).Int(), id)
	}
	require.Greater(t, len(seen), 20)
}

func TestAValueIsInForceFromItsDate(t *testing.T) {
	t.Parallel()
	p := copied(t)
	for i := range p.Clauses {
		if p.Clauses[i].ID == "travel-limit.minutes" {
			p.Clauses[i].Values = []policy.Dated{{From: "2020-01-01", Value: 90}, {From: "2026-12-01", Value: 60}, {From: "2027-01-01", Value: 45}}
		}
	}
	for day, want := range map[string]int32{"2019-06-01": 90, "2026-11-30": 90, "2026-12-01": 60, "2026-12-31": 60,
		"2027-01-01": 45, "2040-01-01": 45} {
		require.Equal(t, want, p.On(day).TravelMaxMinutes, day)
	}
}

func TestARuleIsSwitchedOffAndMarkedWaivable(t *testing.T) {
	t.Parallel()
	p := copied(t)
	for i := range p.Clauses {
		if c := &p.Clauses[i]; c.ID == "opening" {
			c.Values = []policy.Dated{{From: "2020-01-01", Value: 1}, {From: "2027-01-01", Value: 0}}
			c.Waivable = true
		}
	}
	require.True(t, p.On("2026-11-30").Applies("opening"))
	require.False(t, p.On("2027-01-01").Applies("opening"))
	require.Equal(t, []policy.ClauseID{"opening"}, p.On("2027-01-01").Off)
	require.Contains(t, p.On("2026-11-30").Waive, policy.ClauseID("opening"))
	require.NotContains(t, p.On("2026-11-30").Waive, policy.ClauseID("keep-apart"), "safety rules are never waivable")
}

func TestParseRefusesAProfileThatIsNotComplete(t *testing.T) {
	t.Parallel()
	find := func(p *policy.Profile, id policy.ClauseID) *policy.Clause {
		for i := range p.Clauses {
			if p.Clauses[i].ID == id {
				return &p.Clauses[i]
			}
		}
		panic("no clause " + id)
	}
	for _, c := range []struct {
		name   string
		damage func(*policy.Profile)
		says   string
	}{
		{"a clause twice", func(p *policy.Profile) { p.Clauses = append(p.Clauses, p.Clauses[0]) }, "clause availability is given twice"},
		{"no id", func(p *policy.Profile) { p.Clauses[0].ID = "" }, "lacks its id, text, unit or source"},
		{"no text", func(p *policy.Profile) { p.Clauses[0].Text = "" }, "availability"},
		{"no source", func(p *policy.Profile) { p.Clauses[0].Source = "" }, "every clause says where it comes from"},
		{"no unit", func(p *policy.Profile) { p.Clauses[0].Unit = "" }, "lacks its id, text, unit or source"},
		{"an unknown mark", func(p *policy.Profile) { p.Clauses[0].Mark = "X" }, `has mark "X"; expected S, D or A`},
		{"no mark", func(p *policy.Profile) { p.Clauses[0].Mark = "" }, `has mark ""`},
		{"no value", func(p *policy.Profile) { p.Clauses[0].Values = nil }, "availability has no value"},
		{"a date that is none", func(p *policy.Profile) { p.Clauses[0].Values[0].From = "2026-02-30" }, `found date "2026-02-30"`},
		{"a negative value",
			func(p *policy.Profile) { find(p, "travel-limit.minutes").Values[0].Value = -1 }, "travel-limit.minutes: found value -1"},
		{"a value that would wrap round to a small one",
			func(p *policy.Profile) { find(p, "travel-limit.minutes").Values[0].Value = 1<<32 + 60 }, "found value 4294967356"},
		{"a switch that is neither on nor off", func(p *policy.Profile) { find(p, "travel-limit").Values[0].Value = 2 }, "0 or 1 for a switch"},
		{"no name", func(p *policy.Profile) { p.Name = "" }, "lacks its name, title or zone"},
		{"no title", func(p *policy.Profile) { p.Title = "" }, "lacks its name, title or zone"},
		{"no zone", func(p *policy.Profile) { p.Zone = "" }, "lacks its name, title or zone"},
		{"dates out of order", func(p *policy.Profile) {
			find(p, "travel-limit.minutes").Values = []policy.Dated{{From: "2027-01-01", Value: 1}, {From: "2026-01-01", Value: 2}}
		}, "the values from 2027-01-01 and 2026-01-01 are out of order"},
		{"one date twice", func(p *policy.Profile) {
			find(p, "travel-limit.minutes").Values = []policy.Dated{{From: "2027-01-01", Value: 1}, {From: "2027-01-01", Value: 2}}
		}, "out of order"},
		{"a value of a book is missing", func(p *policy.Profile) { find(p, "travel-limit.minutes").ID = "travel-limit.hours" },
			"clause travel-limit.minutes is missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := copied(t)
			c.damage(p)
			raw, err := json.Marshal(p)
			require.NoError(t, err)
			_, err = policy.Parse(raw)
			require.ErrorContains(t, err, c.says)
		})
	}
}

func TestParseRefusesWhatIsNoProfile(t *testing.T) {
	t.Parallel()
	whole, err := json.Marshal(copied(t))
	require.NoError(t, err)
	for _, raw := range []string{"", "{", "[]", `{"profile": 3}`, `{"colour": "purple"}`, string(whole) + "{}", string(whole) + "x"} {
		_, err := policy.Parse([]byte(raw))
		require.ErrorContains(t, err, "read policy profile", raw)
	}
}

func TestAProfileIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	raw, err := json.Marshal(copied(t))
	require.NoError(t, err)
	back, err := policy.Parse(raw)
	require.NoError(t, err)
	require.Equal(t, copied(t), back)
}

func ExampleProfile_On() {
	p, err := policy.Load(policy.Default)
	if err != nil {
		fmt.Println(err)
		return
	}
	c, _ := p.Clause("travel-limit.minutes")
	fmt.Println(p.On("2026-11-30").TravelMaxMinutes, c.Unit, c.Mark)
	// Output: 90 minutes S
}
