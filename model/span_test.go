package model_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model"
)

// The naive twin of spans is a set of minutes.
const horizon = 60

type minutes [horizon]bool

func set(spans []model.Span) (m minutes) {
	for _, s := range spans {
		for i := s.Start; i < s.End; i++ {
			m[i] = true
		}
	}
	return m
}

// A generator is made for each test: rapid writes to it while it draws, and tests run side by side.
func anySpan() *rapid.Generator[model.Span] {
	return rapid.Custom(func(t *rapid.T) model.Span {
		minute := rapid.Custom(func(t *rapid.T) model.Instant { return model.Instant(rapid.IntRange(0, horizon).Draw(t, "minute")) })
		return model.Span{Start: minute.Draw(t, "start"), End: minute.Draw(t, "end")}
	})
}

func anySpans() *rapid.Generator[[]model.Span] { return rapid.SliceOfN(anySpan(), 0, 8) }

// requireUnion says what every union keeps to: real spans, in order, that do not touch.
func requireUnion(t *rapid.T, spans []model.Span) {
	for i, s := range spans {
		require.Less(t, s.Start, s.End)
		if i > 0 {
			require.Less(t, spans[i-1].End, s.Start)
		}
	}
}

func TestUnionIsTheUnionOfMinutes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		spans := anySpans().Draw(t, "spans")
		want := set(spans)
		got := model.Union(slices.Clone(spans))
		requireUnion(t, got)
		require.Equal(t, want, set(got))
		require.Equal(t, got, model.Union(slices.Clone(got)), "a union is its own union")
	})
}

func TestSubtractTakesMinutesAway(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		free, busy := model.Union(anySpans().Draw(t, "free")), model.Union(anySpans().Draw(t, "busy"))
		want := set(free)
		for i, b := range set(busy) {
			want[i] = want[i] && !b
		}
		was := slices.Clone(free)
		got := model.Subtract(free, busy)
		requireUnion(t, got)
		require.Equal(t, want, set(got))
		require.Equal(t, was, free, "the free spans are left alone")
	})
}

func TestCoveredMeansEveryMinuteIsThere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		spans, s := model.Union(anySpans().Draw(t, "spans")), anySpan().Draw(t, "span")
		if s.Start >= s.End {
			t.Skip("no span")
		}
		all, want := set(spans), true
		for i := s.Start; i < s.End; i++ {
			want = want && all[i]
		}
		require.Equal(t, want, model.Covered(spans, s))
	})
}

func TestOverlapsAndContainsAreAboutMinutes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := anySpan().Draw(t, "a"), anySpan().Draw(t, "b")
		if a.Start >= a.End || b.Start >= b.End {
			t.Skip("no span")
		}
		sa, sb := set([]model.Span{a}), set([]model.Span{b})
		shared, within := false, true
		for i := range sa {
			shared = shared || sa[i] && sb[i]
			within = within && (!sb[i] || sa[i])
		}
		require.Equal(t, shared, a.Overlaps(b))
		require.Equal(t, shared, b.Overlaps(a))
		require.Equal(t, within, a.Contains(b))
	})
}

func TestSpansAreHalfOpen(t *testing.T) {
	t.Parallel()
	morning, afternoon := model.Span{Start: 0, End: 10}, model.Span{Start: 10, End: 20}
	require.False(t, morning.Overlaps(afternoon))
	require.EqualValues(t, 10, morning.Minutes())
	require.Equal(t, []model.Span{{Start: 0, End: 20}}, model.Union([]model.Span{afternoon, morning}))
}
