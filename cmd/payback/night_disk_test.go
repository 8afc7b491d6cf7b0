package main_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/sqlitestore"
)

// filling is a record in a file whose disk is full for a second, from one of its changes on: that change meets a SQLite that keeps to the pages
// that there are.
type filling struct {
	scheduler.Record
	path    string
	from    int32
	made    atomic.Int32
	refused atomic.Int32
}

func (f *filling) Update(ctx context.Context, region string, change func(scheduler.Writer) error) error {
	if f.made.Add(1) < f.from || f.refused.Load() >= 3 {
		return f.Record.Update(ctx, region, change)
	}
	full, err := sqlitestore.Open(ctx, f.path, sqlitestore.Pragma("max_page_count(1)"))
	if err != nil {
		return err
	}
	defer full.Close() //nolint:errcheck // a record on a full disk may not be tidied up
	if err = full.Update(ctx, region, change); err != nil {
		f.refused.Add(1)
	}
	return err
}

func TestANightInWhichTheDiskFillsUpLosesNothingAndEndsWhenThereIsRoom(t *testing.T) {
	t.Parallel()
	moments := []int32{1, 6}
	if os.Getenv("PAYBACK_LONG") != "" {
		moments = []int32{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16}
	}
	if testing.Short() {
		moments = moments[1:]
	}
	for _, from := range moments {
		t.Run(fmt.Sprint("from change ", from), func(t *testing.T) {
			t.Parallel()
			r := newRecord(t, "40")
			r.must("publish", r.plan("1"))
			s, who, done := office(t, r.data)
			defer done()
			record := &filling{Record: s.Record, path: filepath.Join(r.data, "payback.db"), from: from}
			s.Record = record
			var n scheduler.Night
			var err error
			for range 2 { // one that could not begin is begun by the next look
				if n, err = s.RunNight(t.Context(), who, "Middle Vale", scheduler.NightRequest{Rounds: 1}); err == nil {
					break
				}
				time.Sleep(time.Second)
			}
			require.NoError(t, err)
			require.Positive(t, record.refused.Load(), "the disk was full")
			require.Equal(t, scheduler.RunMade, n.State, n.Failure)
			require.Equal(t, 1, n.Attempts)
			require.Len(t, n.Weeks, 4)
			_, v, err := s.Roster(t.Context(), who, "Middle Vale", model.Week{Year: 2026, Number: 49}, 0)
			require.NoError(t, err)
			require.Equal(t, 1, v.Version, "what was published is in force")
			runs, err := s.RunHistory(t.Context(), who, "Middle Vale", 100)
			require.NoError(t, err)
			require.Len(t, runs, 6, "each is there once")
			r.must("audit", "verify")
			r.must("check", "published", "--week", "2026-W49", "--as-of", "2026-11-26T12:00")
		})
	}
}
