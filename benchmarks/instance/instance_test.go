package instance_test

import (
	"crypto/sha256"
	"encoding/json"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
)

var week = model.Week{Year: 2026, Number: 49}

func made(t testing.TB, people int, seed uint64, profile string) *model.Facts {
	t.Helper()
	f, err := instance.Make(instance.Spec{People: people, Seed: seed, Profile: profile, Week: week})
	require.NoError(t, err)
	return f
}

func digest(t testing.TB, f *model.Facts) [32]byte {
	t.Helper()
	b, err := json.Marshal(f)
	require.NoError(t, err)
	return sha256.Sum256(b)
}

func TestEqualSpecsGiveEqualFacts(t *testing.T) {
	t.Parallel()
	for _, p := range instance.Profiles() {
		require.Equal(t, digest(t, made(t, 500, 7, p.Name)), digest(t, made(t, 500, 7, p.Name)), p.Name)
		require.NotEqual(t, digest(t, made(t, 500, 7, p.Name)), digest(t, made(t, 500, 8, p.Name)), p.Name)
	}
	require.Equal(t, digest(t, made(t, 60, 1, "")), digest(t, made(t, 60, 1, instance.Normal)))
}

func TestSpecsThatMakeNoRegionAreRefused(t *testing.T) {
	t.Parallel()
	for name, s := range map[string]instance.Spec{
		"nobody":                {People: 0, Week: week},
		"too many people":       {People: model.MaxPeople + 1, Week: week},
		"an unknown profile":    {People: 40, Week: week, Profile: "sunny"},
		"no week":               {People: 40},
		"a week 53 that is not": {People: 40, Week: model.Week{Year: 2025, Number: 53}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, err := instance.Make(s)
			require.Nil(t, f)
			var e *model.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, model.CodeUsage, e.Code)
		})
	}
}

func TestSmallRegionsHaveOneOfEverything(t *testing.T) {
	t.Parallel()
	for n := 10; n <= 60; n++ {
		f := made(t, n, uint64(n), instance.Normal)
		require.Len(t, f.Teams, 1)
		require.True(t, len(f.Projects) >= 6 && len(f.Projects) <= 8, len(f.Projects))
		require.Len(t, f.Supervisors, 3)
		require.Len(t, f.Minibuses, 2)
		require.GreaterOrEqual(t, len(f.Stops), 3)
		kinds, womenOnly := map[model.Kind]int{}, 0
		for _, p := range f.Projects {
			kinds[p.Kind]++
			if p.WomenOnly {
				womenOnly++
			}
		}
		require.Positive(t, kinds[model.Individual])
		require.Positive(t, kinds[model.ETE])
		require.Positive(t, kinds[model.Induction])
		require.Equal(t, n >= 30, womenOnly > 0)
		require.NotZero(t, f.Supervisors[0].Licence)
		require.True(t, f.Supervisors[0].Training.Has(model.TrainedHighRisk))
	}
}

func BenchmarkMake(b *testing.B) {
	for _, n := range []int{40, 4400, 100_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				made(b, n, 1, instance.Normal)
			}
		})
	}
}
