package scheduler

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
)

// shelf is a record that holds entries alone. The packages that keep records stand above this one.
type shelf struct {
	Record // nothing else of it is used

	mu      sync.Mutex
	entries map[string]map[Kind]map[string][][]byte
}

func (s *shelf) Regions(context.Context) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for region := range s.entries {
		out = append(out, region)
	}
	return out, nil
}

func (s *shelf) View(_ context.Context, region string, look func(Reader) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return look(&shelved{shelf: s, region: region})
}

func (s *shelf) Update(_ context.Context, region string, change func(Writer) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return change(&shelved{shelf: s, region: region})
}

type shelved struct {
	Writer
	shelf  *shelf
	region string
}

func (x *shelved) Last(kind Kind, name string) (int, error) {
	return len(x.shelf.entries[x.region][kind][name]), nil
}

func (x *shelved) Entry(kind Kind, name string, version int) ([]byte, error) {
	return x.shelf.entries[x.region][kind][name][version-1], nil
}

func (x *shelved) Names(Kind) ([]string, error) { return nil, nil }

func (x *shelved) Add(kind Kind, name string, base int, entry []byte) error {
	of := x.shelf.entries[x.region]
	if n := len(of[kind][name]); n != base {
		return Stale(kind, name, base, n)
	}
	if of[kind] == nil {
		of[kind] = map[string][][]byte{}
	}
	of[kind][name] = append(of[kind][name], entry)
	return nil
}

// watched is a cron whose nights only count.
type watched struct {
	*Cron
	mu   sync.Mutex
	done map[model.Date]int
	when map[model.Date]time.Time
}

func watch20(t *testing.T, record *shelf, now func() time.Time) *watched {
	t.Helper()
	profile, err := policy.Load(policy.Default)
	require.NoError(t, err)
	w := &watched{done: map[model.Date]int{}, when: map[model.Date]time.Time{}}
	s := &Service{Record: record, Policy: profile, Now: now, Runs: &Runs{}}
	w.Cron = &Cron{Office: s, Failed: func(_ string, err error) { t.Errorf("found %v; expected nothing to go wrong", err) }}
	w.night = func(ctx context.Context, region string, date model.Date) error {
		x, err := s.ledger().Begin(ctx, region, Run{Name: nightly + date.String()})
		if lostTo(err) {
			return nil
		}
		require.NoError(t, err)
		w.mu.Lock()
		w.done[date]++
		w.when[date] = s.now()
		w.mu.Unlock()
		_, err = s.ledger().Save(ctx, region, x, func(_ Writer, now Run) (Run, error) {
			now.State = RunMade
			return now, nil
		})
		return err
	}
	return w
}

// region gives a record with one region whose facts are from before its nights.
func regionSince(at time.Time) *shelf {
	s := &shelf{entries: map[string]map[Kind]map[string][][]byte{"Mercia": {}}}
	_ = s.Update(context.Background(), "Mercia", func(w Writer) error { return addEntry(w, KindFacts, "", 0, DataVersion{Version: 1, At: at}) })
	return s
}

func london(t *testing.T) *time.Location {
	t.Helper()
	place, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	return place
}

// Twenty years of nights, by the timers themselves: one each, at half past two by the clocks of London, on the forty nights on which
// they change as on all others. Two processes are at it. In short tests it is one year.
func TestEveryDateOfTwentyYearsHasOneNightAtHalfPastTwo(t *testing.T) {
	t.Parallel()
	dates, clockChanges := 7305, 40
	if testing.Short() {
		dates, clockChanges = 366, 2
	}
	place := london(t)
	synctest.Test(t, func(t *testing.T) {
		record := regionSince(time.Now().Add(-time.Hour)) // of midnight, 1 January 2000
		ctx, stop := context.WithCancel(context.Background())
		one, two := watch20(t, record, time.Now), watch20(t, record, time.Now)
		for _, w := range []*watched{one, two} {
			w.Every = 23 * time.Hour
			require.NoError(t, w.Start(ctx))
		}
		time.Sleep(time.Duration(dates) * 24 * time.Hour)
		stop()
		require.NoError(t, one.Close())
		require.NoError(t, two.Close())
		changes, before := 0, 0
		for d := range model.Date(dates) {
			date := model.Date(10957) + d // 1 January 2000
			require.Equal(t, 1, one.done[date]+two.done[date], "%v", date)
			at := one.when[date]
			if at.IsZero() {
				at = two.when[date]
			}
			local := at.In(place)
			require.Equal(t, "02:30", local.Format("15:04"), "%v", date)
			require.Equal(t, date.String(), local.Format(time.DateOnly))
			_, offset := local.Zone()
			if d > 0 && offset != before {
				changes++
			}
			before = offset
		}
		require.Equal(t, clockChanges, changes, "both changes of every year were met")
		require.Equal(t, dates, len(one.done)+len(two.done))
	})
}

// A time that one night skips and another has twice is no trouble either: the night is due when the clocks go on, and once.
func TestATimeThatTheClocksSkipOrRepeatIsANightLikeAnyOther(t *testing.T) {
	t.Parallel()
	place := london(t)
	synctest.Test(t, func(t *testing.T) {
		record := regionSince(time.Now().Add(-time.Hour))
		w := watch20(t, record, time.Now)
		for i := range w.Office.Policy.Clauses {
			if c := &w.Office.Policy.Clauses[i]; c.ID == "night.at" {
				c.Values = []policy.Dated{{From: "2000-01-01", Value: 90}}
			}
		}
		ctx, stop := context.WithCancel(context.Background())
		w.Every = 5 * time.Hour
		require.NoError(t, w.Start(ctx))
		time.Sleep(366 * 24 * time.Hour)
		stop()
		require.NoError(t, w.Close())
		for d := range model.Date(366) {
			date := model.Date(10957) + d
			require.Equal(t, 1, w.done[date], "%v", date)
			local, want := w.when[date].In(place), "01:30"
			if date.String() == "2000-03-26" { // 01:30 does not exist
				want = "02:30"
			}
			require.Equal(t, want, local.Format("15:04"), "%v", date)
		}
	})
}

// Clocks that jump and processes that were away: of every date that was lived through there is at most one night, and what was missed
// is made up for once, when somebody is there again.
func TestAfterJumpsAndAbsencesWhatWasMissedIsDoneOnce(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 12, 1, 1, 0, 0, 0, time.UTC)
	for _, x := range []struct {
		name  string
		looks []time.Duration // after the start, as the clock says, in the order in which they are made
		dates string          // of December, that have a night in the end
	}{
		{"nothing is due yet, then it is", []time.Duration{0, 89 * time.Minute, 90 * time.Minute, 91 * time.Minute}, "0 0 1 1"},
		{"it was away over night", []time.Duration{0, 9 * time.Hour, 10 * time.Hour}, "0 1 1"},
		{"it was away for a week, and the last night is made up for", []time.Duration{0, 7 * 24 * time.Hour, 7*24*time.Hour + time.Minute}, "0 1 1"},
		{"the clock jumps ahead by an hour and back", []time.Duration{time.Hour, 2 * time.Hour, time.Hour, 90 * time.Minute, 2 * time.Hour}, "0 1 1 1 1"},
		{"the clock jumps ahead by a day and back", []time.Duration{2 * time.Hour, 26 * time.Hour, 3 * time.Hour, 25 * time.Hour, 26 * time.Hour, 50 * time.Hour}, "1 2 2 2 2 3"},
		{"the clock jumps back by a day", []time.Duration{2 * time.Hour, -22 * time.Hour, 3 * time.Hour, 26 * time.Hour}, "1 1 1 2"},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			now := start
			record := regionSince(start.Add(-time.Hour))
			w := watch20(t, record, func() time.Time { return now })
			other := watch20(t, record, func() time.Time { return now })
			var seen string
			for i, after := range x.looks {
				now = start.Add(after)
				w.Look(t.Context())
				other.Look(t.Context())
				if i > 0 {
					seen += " "
				}
				seen += string(rune('0' + len(w.done) + len(other.done)))
			}
			require.Equal(t, x.dates, seen)
			for date, n := range w.done {
				require.Equal(t, 1, n+other.done[date], "%v", date)
			}
		})
	}
}

func TestNoNightIsMadeUpForThatFellBeforeTheRegionHadFacts(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	now := noon
	w := watch20(t, regionSince(noon), func() time.Time { return now })
	w.Look(t.Context())
	require.Empty(t, w.done)
	now = noon.Add(15 * time.Hour)
	w.Look(t.Context())
	require.Len(t, w.done, 1)
}

func TestAPolicyWithoutNightsHasNone(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	w := watch20(t, regionSince(now.Add(-24*time.Hour)), func() time.Time { return now })
	for i := range w.Office.Policy.Clauses {
		if c := &w.Office.Policy.Clauses[i]; c.ID == "night" {
			c.Values = []policy.Dated{{From: "2020-01-01", Value: 0}}
		}
	}
	w.Look(t.Context())
	require.Empty(t, w.done)
}

func TestARegionThatPanicsCostsTheOthersNothing(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	record := regionSince(now.Add(-24 * time.Hour))
	record.entries["Kent"] = record.entries["Mercia"]
	record.entries["Sussex"] = record.entries["Mercia"]
	w := watch20(t, record, func() time.Time { return now })
	var done, told []string
	w.Failed = func(region string, _ error) { told = append(told, region) }
	w.night = func(_ context.Context, region string, _ model.Date) error {
		if region == "Mercia" {
			panic("poison")
		}
		done = append(done, region)
		return nil
	}
	w.Look(t.Context())
	require.ElementsMatch(t, []string{"Kent", "Sussex"}, done)
	require.Equal(t, []string{"Mercia"}, told)
}
