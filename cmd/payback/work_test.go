package main_test

import (
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// works starts a command on the record as a process of its own would, at nine on the morning after, and gives what it prints and what
// ends it.
func (r *recorded) works(search scheduler.Search, args ...string) (stdout *safeBuffer, end func()) {
	m, stdout, stderr := program()
	m.Now = func() time.Time { return now.Add(24 * time.Hour) }
	m.Search = search
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	go func() { ended <- m.Do(ctx, append(args, "--data", r.data)) }()
	return stdout, sync.OnceFunc(func() {
		stop()
		require.Zero(r.t, <-ended, "%s%s", stdout.String(), stderr.String())
	})
}

// quickly places nobody, at once.
func quickly(_ context.Context, q scheduler.PlanRequest) (*scheduler.PlanResult, error) {
	return &scheduler.PlanResult{Roster: &model.Roster{Region: q.Snapshot.Region, Week: q.Snapshot.Week, From: q.Snapshot.Digest()}, Why: "it was asked to"}, nil
}

// until waits until something holds.
func until(t *testing.T, holds func() bool) {
	t.Helper()
	require.Eventually(t, holds, 30*time.Second, 50*time.Millisecond)
}

func TestAMissedNightIsMadeUpForOnceByWhoeverServesTheRecord(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "60")
	var ends []func()
	for range 2 {
		_, end := r.works(quickly, "work")
		ends = append(ends, end)
	}
	served, end := r.works(quickly, "serve", "--listen", "127.0.0.1:0", "--week", "2026-W49")
	ends = append(ends, end)
	idle, end := r.works(quickly, "serve", "--listen", "127.0.0.1:0", "--no-nights", "--week", "2026-W49")
	ends = append(ends, end)
	var all []aNight
	until(t, func() bool {
		r.json(&all, "nights")
		return len(all) > 0 && all[0].State == "made"
	})
	for _, s := range []*safeBuffer{served, idle} {
		until(t, func() bool { return strings.Contains(s.String(), "Open http://") })
		at := regexp.MustCompile(`http://[0-9.:]+`).FindString(s.String())
		require.Contains(t, page(t, at+"/weeks/2026-W49"), "The night of 27 November 2026 planned 4 weeks")
		require.Contains(t, page(t, at+"/nights"), "The weeks that were planned")
	}
	for _, end := range ends {
		end()
	}
	r.json(&all, "nights")
	require.Len(t, all, 1, "whatever the number of processes")
	require.Equal(t, "2026-11-27", all[0].Night)
	var runs []struct {
		Run      string `json:"run"`
		Attempts int    `json:"attempts"`
	}
	r.json(&runs, "runs")
	require.Len(t, runs, 5, "four weeks and the night")
	for _, x := range runs {
		require.Equal(t, 1, x.Attempts)
	}
	r.must("audit", "verify")
}

func TestANightThatIsUnderWayEndsWithItsProcessAndGoesOnInTheNext(t *testing.T) {
	t.Parallel()
	r := newRecord(t, "60")
	began := make(chan struct{}, 10)
	_, end := r.works(func(ctx context.Context, _ scheduler.PlanRequest) (*scheduler.PlanResult, error) {
		began <- struct{}{}
		<-ctx.Done()
		return nil, ctx.Err()
	}, "work")
	<-began
	end()
	var all []aNight
	r.json(&all, "nights")
	require.Equal(t, "queued", all[0].State)
	_, end = r.works(quickly, "work")
	until(t, func() bool {
		r.json(&all, "nights")
		return all[0].State == "made"
	})
	end()
	require.Len(t, all, 1)
	require.Len(t, all[0].Weeks, 4)
}

func page(t *testing.T, url string) string {
	t.Helper()
	q, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	require.NoError(t, err)
	a, err := http.DefaultClient.Do(q)
	require.NoError(t, err)
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	require.NoError(t, err)
	return string(text)
}
