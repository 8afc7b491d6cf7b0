package storetest_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/memstore"
	"github.com/communitypayback/payback/scheduler/redisstore"
	"github.com/communitypayback/payback/scheduler/redistest"
	"github.com/communitypayback/payback/scheduler/sqlitestore"
	"github.com/communitypayback/payback/solver/constraints"
)

var week = model.Week{Year: 2026, Number: 49}

func office(t *testing.T, r scheduler.Record) (*scheduler.Service, model.Principal, *model.Facts) {
	t.Helper()
	p, err := policy.Load(policy.Default)
	require.NoError(t, err)
	f := region(t)
	s := &scheduler.Service{Record: r, Policy: p, Constraints: constraints.All,
		Now: func() time.Time { return time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC) }}
	return s, model.Principal{Name: "someone", Roles: model.Roles(), Regions: []string{f.Region}}, f
}

func command(key string) scheduler.Command { return scheduler.Command{Key: key} }

func requireCode(t *testing.T, code model.Code, err error) {
	t.Helper()
	var e *model.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, code, e.Code, e.Message)
}

func plan(t *testing.T, s *scheduler.Service, who model.Principal, region string) *model.Roster {
	t.Helper()
	sn, _, err := s.Snapshot(t.Context(), who, region, week)
	require.NoError(t, err)
	res, err := scheduler.Plan(t.Context(), scheduler.PlanRequest{Snapshot: sn, Constraints: s.Constraints, Seed: 1, Rounds: 3})
	require.NoError(t, err)
	return res.Roster
}

func TestAWeekIsImportedPlannedAndPublishedOnEveryRecord(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]func(*testing.T) scheduler.Record{
		"in memory": func(*testing.T) scheduler.Record { return &memstore.Store{} },
		"in a file": func(t *testing.T) scheduler.Record {
			s, err := sqlitestore.Open(context.Background(), filepath.Join(t.TempDir(), "payback.db"))
			require.NoError(t, err)
			t.Cleanup(func() { s.Close() })
			return s
		},
		"on Redis":                func(t *testing.T) scheduler.Record { return onRedis(t, redistest.Start(t).URL()) },
		"where others are faster": func(*testing.T) scheduler.Record { return anew{Record: &memstore.Store{}} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, who, f := office(t, open(t))
			_, _, err := s.Facts(t.Context(), who, f.Region)
			requireCode(t, model.CodeNotFound, err)
			first, err := s.Import(t.Context(), who, f.Region, scheduler.ImportRequest{Facts: f, Base: 0}, command("i1"))
			require.NoError(t, err)
			again, err := s.Import(t.Context(), who, f.Region, scheduler.ImportRequest{Facts: f, Base: 0}, command("i1"))
			require.NoError(t, err)
			require.Equal(t, first, again, "a repeat has one effect")
			_, err = s.Import(t.Context(), who, f.Region, scheduler.ImportRequest{Facts: f, Base: 1}, command("i1"))
			requireCode(t, model.CodeReused, err)
			_, err = s.Import(t.Context(), who, f.Region, scheduler.ImportRequest{Facts: f, Base: 0}, command("i2"))
			requireCode(t, model.CodeConflict, err)

			back, v, err := s.Facts(t.Context(), who, f.Region)
			require.NoError(t, err)
			require.Equal(t, 1, v.Version)
			require.Len(t, back.People, 40)

			r := plan(t, s, who, f.Region)
			require.NotEmpty(t, r.Appointments)
			two(t, s, who, f.Region, r)

			kept, made, err := s.Roster(t.Context(), who, f.Region, week, 0)
			require.NoError(t, err)
			require.Equal(t, 1, made.Version)
			require.Equal(t, r.Appointments, kept.Appointments)

			broken := kept.Clone()
			broken.Duties = nil
			_, err = publish(t, s, who, broken, 1, "p3")
			requireCode(t, model.CodeUnsafe, err)
			sn, _, err := s.Snapshot(t.Context(), who, f.Region, week)
			require.NoError(t, err)
			require.Equal(t, 1, sn.Published.Version)

			n, _, err := s.VerifyAudit(t.Context(), who, f.Region)
			require.NoError(t, err)
			require.Equal(t, 5, n, "one import, three plans kept and one publication, and nothing of what was refused")
		})
	}
}

func onRedis(t testing.TB, url string) *redisstore.Store {
	t.Helper()
	a, err := redisstore.ParseAddress(url)
	require.NoError(t, err)
	s, err := redisstore.Open(context.Background(), redisstore.Options{Address: a})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Close()) })
	return s
}

// two publishes from two sides at once: one wins, the other is told the current version.
func two(t *testing.T, s *scheduler.Service, who model.Principal, region string, r *model.Roster) {
	t.Helper()
	var all sync.WaitGroup
	errs, drafts := make([]error, 2), make([]scheduler.Draft, 2)
	for i := range drafts {
		var err error
		drafts[i], err = s.KeepDraft(t.Context(), who, region, r, 0, command(fmt.Sprint("d", i)))
		require.NoError(t, err)
	}
	for i := range errs {
		all.Go(func() {
			_, errs[i] = s.PublishPlan(context.Background(), who, region, scheduler.PublishPlan{Draft: drafts[i].ID}, command(fmt.Sprint("p", i)))
		})
	}
	all.Wait()
	lost := errs[0]
	if lost == nil {
		lost = errs[1]
	} else {
		require.NoError(t, errs[1])
	}
	requireCode(t, model.CodeConflict, lost)
	var stale *scheduler.StaleError
	require.ErrorAs(t, lost, &stale)
	require.Equal(t, 1, stale.Published.Version)
	require.NotEmpty(t, stale.Moved, "it is told what changed")
	require.Empty(t, stale.Holding, "nothing is left to change")
}

// publish keeps a roster as a plan and publishes it.
func publish(t *testing.T, s *scheduler.Service, who model.Principal, r *model.Roster, base int, key string) (scheduler.PublishedPlan, error) {
	t.Helper()
	d, err := s.KeepDraft(t.Context(), who, r.Region, r, base, command("draft "+key))
	require.NoError(t, err)
	return s.PublishPlan(t.Context(), who, r.Region, scheduler.PublishPlan{Draft: d.ID, Version: d.Version}, command(key))
}

func TestFactsThatChangedAfterThePlanAreCheckedWhenItIsPublished(t *testing.T) {
	t.Parallel()
	s, who, f := office(t, &memstore.Store{})
	_, err := s.Import(t.Context(), who, f.Region, scheduler.ImportRequest{Facts: f, Base: 0}, command("i1"))
	require.NoError(t, err)
	r := plan(t, s, who, f.Region)
	var a, b model.CRN
	for i := 1; i < len(r.Appointments); i++ {
		if x, y := r.Appointments[i-1], r.Appointments[i]; x.Session == y.Session && x.CRN < y.CRN {
			a, b = x.CRN, y.CRN
		}
	}
	require.NotEmpty(t, a, "somebody meets somebody")
	f.KeepApart = append(f.KeepApart, model.Pair{A: a, B: b})
	_, err = s.Import(t.Context(), who, f.Region, scheduler.ImportRequest{Facts: f, Base: 1}, command("i2"))
	require.NoError(t, err)
	_, err = publish(t, s, who, r, 0, "p1")
	requireCode(t, model.CodeUnsafe, err)
	require.ErrorContains(t, err, "keep-apart")
	_, _, err = s.Roster(t.Context(), who, f.Region, week, 0)
	requireCode(t, model.CodeNotFound, err)
}

func TestWhatNobodyAllowedIsRefusedAndOtherRegionsAreNotThere(t *testing.T) {
	t.Parallel()
	s, who, f := office(t, &memstore.Store{})
	_, err := s.Import(t.Context(), who, f.Region, scheduler.ImportRequest{Facts: f, Base: 0}, command("i1"))
	require.NoError(t, err)
	viewer := model.Principal{Name: "viewer", Roles: []model.Role{model.Viewer}, Regions: who.Regions}
	_, err = s.Import(t.Context(), viewer, f.Region, scheduler.ImportRequest{Facts: f, Base: 1}, command("x"))
	requireCode(t, model.CodeForbidden, err)
	_, err = s.PublishPlan(t.Context(), viewer, f.Region, scheduler.PublishPlan{}, command("x"))
	requireCode(t, model.CodeForbidden, err)
	_, _, err = s.VerifyAudit(t.Context(), viewer, f.Region)
	requireCode(t, model.CodeForbidden, err)
	_, err = s.Audit(t.Context(), viewer, f.Region, 0, 1)
	requireCode(t, model.CodeForbidden, err)
	elsewhere := model.Principal{Name: "other", Roles: model.Roles(), Regions: []string{"Nowhere"}}
	_, _, hidden := s.Facts(t.Context(), elsewhere, f.Region)
	requireCode(t, model.CodeNotFound, hidden)
	_, _, missing := s.Facts(t.Context(), elsewhere, "Nowhere")
	require.Equal(t, missing, hidden, "a region of others looks like one that does not exist")
}
