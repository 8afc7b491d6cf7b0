package main_test

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/sqlitestore"
	"github.com/communitypayback/payback/solver/constraints"
)

// office opens a record as the program does, with SQLite settings of its own.
func office(t *testing.T, data string, with ...sqlitestore.Option) (*scheduler.Service, model.Principal, func()) {
	t.Helper()
	store, err := sqlitestore.Open(t.Context(), filepath.Join(data, "payback.db"), with...)
	require.NoError(t, err)
	profile, err := policy.Load(policy.Default)
	require.NoError(t, err)
	s := &scheduler.Service{Record: store, Policy: profile, Constraints: constraints.All, Now: func() time.Time { return now },
		Runs: &scheduler.Runs{Search: scheduler.Plan, AtOnce: 1, Waiting: 2}}
	return s, model.Principal{Name: "publisher", Roles: model.Roles(), Regions: []string{model.AllRegions}}, func() {
		require.NoError(t, errors.Join(s.Runs.Close(context.Background()), store.Close()))
	}
}

func TestADiskThatFillsUpWhilePublishingRefusesAndLosesNothing(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "150")
	id := r.plan("1")
	q, key := scheduler.PublishPlan{Draft: id}, scheduler.Command{Key: "publish once"}

	s, who, done := office(t, r.data, sqlitestore.Pragma("max_page_count(1)")) // SQLite keeps to the pages that there are
	_, err := s.PublishPlan(t.Context(), who, "Middle Vale", q, key)
	var e *model.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, model.CodeUnavailable, e.Code)
	require.Contains(t, e.Message, "the disk is full")
	_, _, err = s.Roster(t.Context(), who, "Middle Vale", model.Week{Year: 2026, Number: 49}, 0)
	require.ErrorAs(t, err, &e)
	require.Equal(t, model.CodeNotFound, e.Code, "reading goes on, and nothing is half there")
	done()

	s, who, done = office(t, r.data) // space was freed: the same request, sent again, has its one effect
	defer done()
	for range 2 {
		made, err := s.PublishPlan(t.Context(), who, "Middle Vale", q, key)
		require.NoError(t, err)
		require.Equal(t, 1, made.Version)
	}
	_, _, err = s.VerifyAudit(t.Context(), who, "Middle Vale")
	require.NoError(t, err)
}

func TestOfTwoWhoPublishAtOnceOneWinsAndTheOtherIsToldWhatChanged(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "150")
	ids := []string{r.plan("1"), r.plan("2")}
	answers := make([]output, 2)
	var all sync.WaitGroup
	for i, id := range ids {
		all.Go(func() { answers[i] = r.run("publish", id) }) // each with a record of its own, as two processes have
	}
	all.Wait()
	lost := answers[1]
	if answers[0].code != 0 {
		answers[0], lost = answers[1], answers[0]
	}
	require.Zero(t, answers[0].code, answers[0].stdout+answers[0].stderr)
	require.Equal(t, 6, lost.code, lost.stdout+lost.stderr)
	require.Contains(t, lost.stdout, "is out of date. It was made from nothing published.")
	require.Contains(t, lost.stdout, "Version 1 was published at ")
	require.Regexp(t, `Since then: \d+ changes: \d+ added`, lost.stdout)
}

func TestASearchInAProcessOfItsOwnMakesTheSamePlan(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "150")
	here := newRecord(t, "150") // for in one record the second plan begins with the few prices of the first
	want := here.must("show", here.plan("1"), "-o", "csv").stdout
	m, stdout, stderr := program()
	m.Search = nil
	require.Zero(t, m.Do(t.Context(), []string{"plan", "--week", "2026-W49", "--rounds", "2", "--data", r.data}), stdout.String()+stderr.String())
	require.Equal(t, want, r.must("show", "latest", "--week", "2026-W49", "-o", "csv").stdout)
}

func TestASearchThatGoesWrongLeavesTheRecordAsItWas(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "60")
	m, stdout, stderr := program()
	m.Search = func(context.Context, scheduler.PlanRequest) (*scheduler.PlanResult, error) {
		return nil, errors.New("a secret of the program's own")
	}
	require.Equal(t, 8, m.Do(t.Context(), []string{"plan", "--week", "2026-W49", "--rounds", "2", "--data", r.data}), stdout.String())
	require.Contains(t, stderr.String(), "the search ended with a fault of the program")
	require.NotContains(t, stderr.String(), "secret")
	require.Contains(t, r.must("plans", "--week", "2026-W49").stdout, "failed")
	r.must("publish", r.plan("1"))
}
