package feed_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/scheduler/feed"
)

var today = model.NewDate(2026, time.November, 26)

// roads answers with the row and column of each question, and notes what it was asked.
type roads struct {
	asked []string // origins x destinations
	cells int
	fails func(n int) error // by question, from 1
	none  bool              // knows no way
}

func (r *roads) Knows(m geo.Mode) bool { return m == geo.Car }

func (r *roads) Table(_ context.Context, _ geo.Mode, from, to []geo.Point) ([][]feed.Way, error) {
	r.asked = append(r.asked, fmt.Sprintf("%dx%d", len(from), len(to)))
	r.cells += len(from) * len(to)
	if r.fails != nil {
		if err := r.fails(len(r.asked)); err != nil {
			return nil, err
		}
	}
	out := make([][]feed.Way, len(from))
	for i, a := range from {
		for _, b := range to {
			w := feed.Way{Known: true, Minutes: sum(a, b), Metres: 1000 * sum(a, b)}
			if r.none {
				w = feed.Way{}
			}
			out[i] = append(out[i], w)
		}
	}
	return out, nil
}

// sum tells two positions of the tests by one number: they differ in thousandths of a degree.
func sum(a, b geo.Point) int32 {
	return int32((a.Latitude-52)*1000+.5) + 50*int32((b.Latitude-53)*1000+.5)
}

func homes(n int) (out []geo.Place) {
	for i := range n {
		out = append(out, geo.Place{Code: fmt.Sprintf("X%06d", i), At: geo.Point{Latitude: 52 + float64(i)/1000 + 1e-4, Longitude: -1.5}})
	}
	return out
}

func sites(n int) (out []geo.Place) {
	for i := range n {
		out = append(out, geo.Place{Code: fmt.Sprintf("P%02d", i), At: geo.Point{Latitude: 53 + float64(i)/1000, Longitude: -1.5}})
	}
	return out
}

func between(from, to []geo.Place) (out []feed.Journey) {
	for _, a := range from {
		for _, b := range to {
			out = append(out, feed.Journey{From: a, To: b, Mode: geo.Car})
		}
	}
	return out
}

func cacheIn(t *testing.T, dir string) *feed.Cache {
	t.Helper()
	c, err := feed.OpenCache(filepath.Join(dir, "journeys.cache"))
	require.NoError(t, err)
	return c
}

func TestQuestionsArePutInBatchesAndPutTogetherRight(t *testing.T) {
	t.Parallel()
	r := &roads{}
	legs, report, err := feed.Travel(context.Background(), r, cacheIn(t, t.TempDir()), between(homes(25), sites(12)), feed.TravelOptions{Batch: 10, Today: today})
	require.NoError(t, err)
	require.Equal(t, []string{"10x10", "10x2", "10x10", "10x2", "5x10", "5x2"}, r.asked)
	require.Len(t, legs, 300)
	m := geo.NewMatrix(legs)
	for i, a := range homes(25) {
		for j, b := range sites(12) {
			require.EqualValues(t, i+50*j, m.Minutes(geo.Car, a, b))
			if i+j > 0 { // a leg without metres is measured by estimate
				require.EqualValues(t, 1000*(i+50*j), m.RoadMetres(a, b))
			}
		}
	}
	require.Equal(t, feed.TravelReport{Journeys: 300, Answered: 300, Questions: 6}, report)
}

func TestPeopleOfOnePlaceAreAskedForOnce(t *testing.T) {
	t.Parallel()
	r := &roads{}
	together := homes(1)
	for i := range 5 {
		p := together[0]
		p.Code, p.At.Longitude = fmt.Sprintf("Y%06d", i), p.At.Longitude+float64(i)/20_000
		together = append(together, p)
	}
	legs, _, err := feed.Travel(context.Background(), r, cacheIn(t, t.TempDir()), between(together, sites(2)), feed.TravelOptions{Today: today})
	require.NoError(t, err)
	require.Equal(t, []string{"1x2"}, r.asked)
	require.Len(t, legs, 12)
}

func TestWhatIsInTheCacheIsNotAskedFor(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := cacheIn(t, dir)
	first, _, err := feed.Travel(context.Background(), &roads{}, c, between(homes(3), sites(2)), feed.TravelOptions{Today: today})
	require.NoError(t, err)
	require.NoError(t, c.Save())

	r := &roads{}
	again, report, err := feed.Travel(context.Background(), r, cacheIn(t, dir), between(homes(3), sites(2)), feed.TravelOptions{Today: today + 5, Since: today})
	require.NoError(t, err)
	require.Empty(t, r.asked)
	require.Equal(t, first, again)
	require.Equal(t, feed.TravelReport{Journeys: 6, Answered: 6, Cached: 6}, report)

	_, report, err = feed.Travel(context.Background(), r, cacheIn(t, dir), between(homes(4), sites(2)), feed.TravelOptions{Today: today, Since: today})
	require.NoError(t, err)
	require.Equal(t, []string{"1x2"}, r.asked, "somebody new alone")
	require.Equal(t, feed.TravelReport{Journeys: 8, Answered: 8, Cached: 6, Questions: 1}, report)

	_, report, err = feed.Travel(context.Background(), r, cacheIn(t, dir), between(homes(3), sites(2)), feed.TravelOptions{Today: today + 5, Since: today + 1})
	require.NoError(t, err)
	require.Equal(t, []string{"1x2", "3x2"}, r.asked, "what is too old is asked for again")
	require.Equal(t, feed.TravelReport{Journeys: 6, Answered: 6, Questions: 1}, report)
}

func TestTheCacheHoldsNoNameAndIsForOnePairOfEyes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := cacheIn(t, dir)
	_, _, err := feed.Travel(context.Background(), &roads{}, c, between(homes(2), sites(1)), feed.TravelOptions{Today: today})
	require.NoError(t, err)
	require.NoError(t, c.Save())
	path := filepath.Join(dir, "journeys.cache")
	stat, err := os.Stat(path)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o600), stat.Mode().Perm())
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, "payback journeys 1\n2 52000 -1500 53000 -1500 0 0 2026-11-26\n2 52001 -1500 53000 -1500 1 1000 2026-11-26\n", string(raw))
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	require.Len(t, entries, 1, "nothing else is left there")
}

func TestACacheThatIsDamagedIsNotBelieved(t *testing.T) {
	t.Parallel()
	good := "2 52000 -1500 53000 -1500 17 1000 2026-11-26\n"
	for name, content := range map[string]string{
		"another version": "payback journeys 2\n" + good,
		"no cache":        "\x00\x01\x02",
		"too few cells":   "payback journeys 1\n2 52000 -1500 53000 -1500 17 1000\n",
		"no number":       "payback journeys 1\n2 52000 -1500 53000 -1500 x 1000 2026-11-26\n",
		"no mode":         "payback journeys 1\n7 52000 -1500 53000 -1500 17 1000 2026-11-26\n",
		"minutes below 0": "payback journeys 1\n2 52000 -1500 53000 -1500 -1 1000 2026-11-26\n",
		"too many metres": "payback journeys 1\n2 52000 -1500 53000 -1500 17 2000001 2026-11-26\n",
		"no date":         "payback journeys 1\n2 52000 -1500 53000 -1500 17 1000 soon\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			require.NoError(t, os.WriteFile(filepath.Join(dir, "journeys.cache"), []byte(content), 0o600))
			r := &roads{}
			_, report, err := feed.Travel(context.Background(), r, cacheIn(t, dir), between(homes(1), sites(1)), feed.TravelOptions{Today: today})
			require.NoError(t, err)
			require.Equal(t, feed.TravelReport{Journeys: 1, Answered: 1, Questions: 1}, report)
		})
	}
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "journeys.cache"), []byte("payback journeys 1\n"+good+"half a li"), 0o600))
	legs, report, err := feed.Travel(context.Background(), &roads{}, cacheIn(t, dir), between(homes(1), sites(1)), feed.TravelOptions{Today: today})
	require.NoError(t, err)
	require.Equal(t, 1, report.Cached, "the lines that are whole count")
	require.EqualValues(t, 17, legs[0].Minutes)
}

func TestWhatFailsStaysAnEstimateAndIsTold(t *testing.T) {
	t.Parallel()
	r := &roads{fails: func(n int) error {
		if n == 2 {
			return model.Errorf(model.CodeUnavailable, "the service at routes.example answers 500")
		}
		return nil
	}}
	legs, report, err := feed.Travel(context.Background(), r, cacheIn(t, t.TempDir()), between(homes(9), sites(2)), feed.TravelOptions{Batch: 3, Today: today})
	require.NoError(t, err)
	require.Len(t, r.asked, 3, "the others are asked all the same")
	require.Len(t, legs, 12)
	require.Equal(t, 6, report.Failed)
	require.Equal(t, 6, report.Estimated())
	require.Len(t, report.Findings, 1)
	require.Equal(t, "Of the journeys 6 stay estimates, because the routing service failed: the service at routes.example answers 500; ask again later.", report.Findings[0].Text)
}

func TestAServiceThatKeepsFailingIsLeftAlone(t *testing.T) {
	t.Parallel()
	r := &roads{fails: func(int) error { return errors.New("no") }}
	legs, report, err := feed.Travel(context.Background(), r, cacheIn(t, t.TempDir()), between(homes(30), sites(1)), feed.TravelOptions{Batch: 3, Today: today})
	require.NoError(t, err)
	require.Empty(t, legs)
	require.Len(t, r.asked, 3)
	require.Equal(t, 30, report.Failed)
}

func TestNoWayIsRememberedAndTold(t *testing.T) {
	t.Parallel()
	c := cacheIn(t, t.TempDir())
	r := &roads{none: true}
	for range 2 {
		legs, report, err := feed.Travel(context.Background(), r, c, between(homes(2), sites(1)), feed.TravelOptions{Today: today})
		require.NoError(t, err)
		require.Empty(t, legs)
		require.Equal(t, 2, report.NoWay)
		require.Contains(t, report.Findings[0].Text, "knows no way")
	}
	require.Len(t, r.asked, 1)
}

func TestWhatCannotBeAskedIsTold(t *testing.T) {
	t.Parallel()
	a, b := homes(1)[0], sites(1)[0]
	beside := geo.Place{Code: "P99", At: a.At}
	r := &roads{}
	legs, report, err := feed.Travel(context.Background(), r, cacheIn(t, t.TempDir()), []feed.Journey{{From: a, To: b, Mode: geo.Bus}, {From: a, To: beside, Mode: geo.Car}},
		feed.TravelOptions{Today: today})
	require.NoError(t, err)
	require.Empty(t, legs)
	require.Empty(t, r.asked)
	require.Equal(t, 1, report.NoMode)
	require.Equal(t, 1, report.Near)
	require.Len(t, report.Findings, 1)
	require.Contains(t, report.Findings[0].Text, "no routing service was named for their mode")
}

func TestWhoeverStopsKeepsWhatWasAnswered(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	r := &roads{fails: func(n int) error {
		if n == 2 {
			cancel()
			return ctx.Err()
		}
		return nil
	}}
	var seen []int
	legs, _, err := feed.Travel(ctx, r, cacheIn(t, t.TempDir()), between(homes(9), sites(1)),
		feed.TravelOptions{Batch: 3, Today: today, Progress: func(done, total int) { seen = append(seen, done, total) }})
	require.ErrorIs(t, err, context.Canceled)
	require.Len(t, legs, 3)
	require.Equal(t, []int{0, 3, 1, 3}, seen)
}
