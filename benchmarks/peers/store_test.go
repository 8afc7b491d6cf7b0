package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

var small = Case{People: 40, Profile: "normal", Seed: 1}

func TestFinishedRunsAreNotRepeated(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "keep")
	s, err := openStore(dir)
	require.NoError(t, err)
	require.False(t, s.has(small, "cpsat", 60))
	require.NoError(t, s.add(&Run{Case: small, Peer: "cpsat", Limit: 60, Ended: "limit"}))
	require.NoError(t, s.add(&Run{Case: small, Peer: ours, Limit: 60, Ended: "limit", Answers: []Answer{{At: 1, Value: 5}}}))

	s, err = openStore(dir)
	require.NoError(t, err)
	require.Len(t, s.Rows, 2)
	require.Equal(t, []Answer{{At: 1, Value: 5}}, s.Rows[1].Answers)
	for _, c := range []struct {
		name  string
		peer  string
		limit float64
		has   bool
	}{
		{"the same run", "cpsat", 60, true},
		{"a shorter one is part of it", "cpsat", 10, true},
		{"a longer one is not", "cpsat", 300, false},
		{"ours of that limit", ours, 60, true},
		{"ours paces itself by its limit", ours, 10, false},
		{"another solver", "highs", 10, false},
	} {
		require.Equal(t, c.has, s.has(small, c.peer, c.limit), c.name)
	}
	require.False(t, s.has(Case{People: 40, Profile: "normal", Seed: 2}, "cpsat", 60))

	b := &bench{store: s, names: []string{ours, "cpsat", "highs"}}
	b.limits, err = durations("60s,10s,60s")
	require.NoError(t, err)
	var names []string
	for _, d := range b.missing(small) {
		names = append(names, d.name+" "+d.limit.String())
	}
	require.Equal(t, []string{"payback 10s", "highs 1m0s"}, names)
}

func TestALineThatWasCutShortIsLeftOut(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "results.jsonl")
	whole := `{"people":40,"profile":"normal","seed":1,"peer":"cpsat","limit":60,"ended":"limit","took":60,"answers":[]}` + "\n"
	require.NoError(t, os.WriteFile(path, []byte(whole+`{"people":40,"prof`), 0o600))
	s, err := openStore(dir)
	require.NoError(t, err)
	require.Len(t, s.Rows, 1)
	require.NoError(t, s.add(&Run{Case: small, Peer: "highs", Limit: 60}))
	s, err = openStore(dir)
	require.NoError(t, err)
	require.Len(t, s.Rows, 2)

	require.NoError(t, os.WriteFile(path, []byte("{\n"+whole), 0o600))
	_, err = openStore(dir)
	require.ErrorContains(t, err, "line 1")
}

func TestCasesAreEverySizeOnceAndTheOtherProfilesAtOne(t *testing.T) {
	t.Parallel()
	got, err := cases("40,1000", "normal,rural", "1,2")
	require.NoError(t, err)
	require.Equal(t, []Case{
		{40, "normal", 1}, {40, "normal", 2}, {1000, "normal", 1}, {1000, "normal", 2}, {1000, "rural", 1}, {1000, "rural", 2},
	}, got)
	for _, c := range []struct{ people, profiles, seeds, wrong string }{
		{"forty", "normal", "1", `-people: found "forty"`},
		{"40", "sunny", "1", `-profiles: found "sunny"; expected some of normal,rural`},
		{"40", "normal", "0", `-seeds: found "0"`},
	} {
		_, err := cases(c.people, c.profiles, c.seeds)
		require.ErrorContains(t, err, c.wrong)
	}
	_, err = durations("10")
	require.ErrorContains(t, err, `-limits: found "10"`)
}
