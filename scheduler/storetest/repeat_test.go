package storetest_test

import (
	"encoding/json"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

func TestEveryChangeIsMadeOnceForAKey(t *testing.T) {
	t.Parallel()
	// Each call makes its change with a key; other asks for something else.
	for _, x := range []struct {
		name string
		call func(d *desk, p scheduler.Draft, c scheduler.Command, other bool) (any, error)
	}{
		{"Import", func(d *desk, _ scheduler.Draft, c scheduler.Command, other bool) (any, error) {
			f := &model.Facts{Region: d.region, Holidays: []model.Holiday{{Date: 20_000}}}
			if other {
				f.Holidays[0].Date++
			}
			return d.s.Import(ctx, d.who, d.region, scheduler.ImportRequest{Facts: f, Base: 1}, c)
		}},
		{"KeepDraft", func(d *desk, _ scheduler.Draft, c scheduler.Command, other bool) (any, error) {
			r := plannedOnce().Clone()
			if other {
				r.Duties = r.Duties[1:]
			}
			return d.s.KeepDraft(ctx, d.who, d.region, r, 0, c)
		}},
		{"EditPlan", func(d *desk, p scheduler.Draft, c scheduler.Command, other bool) (any, error) {
			a := plannedOnce().Appointments[0]
			if other {
				a = plannedOnce().Appointments[1]
			}
			made, j, err := d.s.EditPlan(ctx, d.who, d.region, scheduler.EditRequest{Draft: p.ID, Version: 1,
				Edits: []scheduler.Edit{{Kind: scheduler.RemovePerson, CRN: a.CRN, From: a.Session}}}, c)
			return []any{made, j}, err
		}},
		{"CreatePlan", func(d *desk, _ scheduler.Draft, c scheduler.Command, other bool) (any, error) {
			q := scheduler.RunRequest{Week: week, Rounds: 1}
			if other {
				q.Rounds = 2
			}
			return d.s.CreatePlan(ctx, d.who, d.region, q, c)
		}},
		{"PublishPlan", func(d *desk, p scheduler.Draft, c scheduler.Command, other bool) (any, error) {
			return d.s.PublishPlan(ctx, d.who, d.region, scheduler.PublishPlan{Draft: p.ID, Partial: other}, c)
		}},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			g := newGate()
			d.s.Runs = &scheduler.Runs{Search: g.search, AtOnce: 1}
			p := d.planned()
			key := scheduler.Command{Key: "the key"}
			before := entries(t, d.s.Record, d.region)["audit "]
			var all sync.WaitGroup
			answers, errs := make([]any, 4), make([]error, 4)
			for i := range answers {
				all.Go(func() { answers[i], errs[i] = x.call(d, p, key, false) })
			}
			all.Wait()
			first, _ := json.Marshal(answers[0])
			for i := range answers {
				require.NoError(t, errs[i])
				again, _ := json.Marshal(answers[i])
				require.Equal(t, string(first), string(again), "the answers differ")
			}
			require.Equal(t, before+1, entries(t, d.s.Record, d.region)["audit "], "it had one effect")
			_, err := x.call(d, p, key, true)
			requireCode(t, model.CodeReused, err)
			was := d.who
			d.who.Name = "somebody else"
			_, err = x.call(d, p, key, false)
			requireCode(t, model.CodeReused, err)
			d.who = was
			_, err = x.call(d, p, scheduler.Command{}, false)
			requireCode(t, model.CodeUsage, err)
			require.Equal(t, before+1, entries(t, d.s.Record, d.region)["audit "])
			require.NoError(t, d.s.Runs.Close(ctx))
			require.LessOrEqual(t, len(g.began), 1, "one search was begun")
		})
	}
}
