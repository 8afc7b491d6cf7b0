package feed_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/scheduler/feed"
)

var (
	home = geo.Point{Latitude: 52.123456, Longitude: -1.654321}
	shop = geo.Point{Latitude: 52.2, Longitude: -1.5}
	park = geo.Point{Latitude: 52.3, Longitude: -1.4}
)

// service gives a server that answers with a function, and a provider of ways by car from it.
func service(t *testing.T, answer http.HandlerFunc) (*feed.OSRM, *[]time.Duration) {
	t.Helper()
	s := httptest.NewServer(answer)
	t.Cleanup(s.Close)
	o, err := feed.NewOSRM(s.URL+"/osrm/", "")
	require.NoError(t, err)
	return o, o.Hurried(5 * time.Second)
}

func say(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

func TestATableIsAskedForAsTheServiceWantsIt(t *testing.T) {
	t.Parallel()
	var asked *http.Request
	o, _ := service(t, func(w http.ResponseWriter, r *http.Request) {
		asked = r
		fmt.Fprint(w, `{"code":"Ok","durations":[[61,null],[0,3600.5]],"distances":[[1000.2,null],[0,50000]]}`)
	})
	ways, err := o.Table(context.Background(), geo.Car, []geo.Point{home, shop}, []geo.Point{shop, park})
	require.NoError(t, err)
	require.Equal(t, "/osrm/table/v1/driving/-1.654,52.123;-1.500,52.200;-1.500,52.200;-1.400,52.300", asked.URL.Path, "longitude first, to a hundred metres")
	require.Equal(t, "duration,distance", asked.URL.Query().Get("annotations"))
	require.Equal(t, "0;1", asked.URL.Query().Get("sources"))
	require.Equal(t, "2;3", asked.URL.Query().Get("destinations"))
	require.Equal(t, [][]feed.Way{
		{{Known: true, Minutes: 2, Metres: 1001}, {}},
		{{Known: true}, {Known: true, Minutes: 61, Metres: 50_000}},
	}, ways)
}

func TestEachModeHasItsOwnService(t *testing.T) {
	t.Parallel()
	var paths []string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		paths = append(paths, r.URL.Path)
		fmt.Fprint(w, `{"code":"Ok","durations":[[60]]}`)
	}))
	t.Cleanup(s.Close)
	o, err := feed.NewOSRM("", s.URL)
	require.NoError(t, err)
	require.False(t, o.Knows(geo.Car))
	require.False(t, o.Knows(geo.Bus), "no such service knows a timetable")
	require.True(t, o.Knows(geo.Walk))
	ways, err := o.Table(context.Background(), geo.Walk, []geo.Point{home}, []geo.Point{shop})
	require.NoError(t, err)
	require.Equal(t, [][]feed.Way{{{Known: true, Minutes: 1}}}, ways, "a service that tells no distances")
	require.Len(t, paths, 1)
	require.Contains(t, paths[0], "/table/v1/foot/")
	_, err = o.Table(context.Background(), geo.Car, []geo.Point{home}, []geo.Point{shop})
	require.Error(t, err)
}

func TestUnlikelyWaysCountAsNoAnswer(t *testing.T) {
	t.Parallel()
	o, _ := service(t, say(200, `{"code":"Ok","durations":[[-1, 600000, 600001]],"distances":[[5, -3, 5]]}`))
	ways, err := o.Table(context.Background(), geo.Car, []geo.Point{home}, []geo.Point{shop, park, home})
	require.NoError(t, err)
	require.Equal(t, [][]feed.Way{{{}, {Known: true, Minutes: 10_000}, {}}}, ways)
}

func TestAnswersThatMakeNoSenseAreRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		said   string
	}{
		"no JSON":              {say(200, "<html>"), "something else than was expected"},
		"cut short":            {say(200, `{"code":"Ok","durations":[[1,`), "something else than was expected"},
		"too few rows":         {say(200, `{"code":"Ok","durations":[]}`), "another size"},
		"too few columns":      {say(200, `{"code":"Ok","durations":[[1]]}`), "another size"},
		"too many columns":     {say(200, `{"code":"Ok","durations":[[1,2,3]]}`), "another size"},
		"distances differ":     {say(200, `{"code":"Ok","durations":[[1,2]],"distances":[[1]]}`), "another size"},
		"words for numbers":    {say(200, `{"code":"Ok","durations":[["a","b"]]}`), "something else than was expected"},
		"the service refuses":  {say(400, `{"code":"TooBig","message":"Too many table coordinates -1.654,52.123"}`), "answers 400: TooBig"},
		"no table, though 200": {say(200, `{"code":"NoTable"}`), "without a table: NoTable"},
		"not there":            {say(404, "gone"), "answers 404"},
		"leads elsewhere": {func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "https://elsewhere.example/x", http.StatusFound)
		}, "another address"},
		"never ends": {func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat(" ", 16<<20+1)) }, "more than 16 MiB"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			times := 0
			o, _ := service(t, func(w http.ResponseWriter, r *http.Request) { times++; c.answer(w, r) })
			_, err := o.Table(context.Background(), geo.Car, []geo.Point{home}, []geo.Point{shop, park})
			require.ErrorContains(t, err, c.said)
			require.Equal(t, 1, times, "another try would not help")
			tellsNoPosition(t, err)
		})
	}
}

// tellsNoPosition looks for any half of a position in all that an error would say anywhere.
func tellsNoPosition(t *testing.T, err error) {
	t.Helper()
	for e := err; e != nil; e = unwrap(e) {
		require.NotContains(t, e.Error(), "52.")
		require.NotContains(t, e.Error(), "1.65")
	}
	var m *model.Error
	require.ErrorAs(t, err, &m)
	require.Equal(t, model.CodeUnavailable, m.Code)
}

func unwrap(err error) error {
	u, ok := err.(interface{ Unwrap() error })
	if !ok {
		return nil
	}
	return u.Unwrap()
}

func TestAServiceThatIsBusyIsAskedAgain(t *testing.T) {
	t.Parallel()
	times := 0
	o, pauses := service(t, func(w http.ResponseWriter, _ *http.Request) {
		switch times++; times {
		case 1:
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(http.StatusTooManyRequests)
		case 2:
			w.WriteHeader(http.StatusBadGateway)
		default:
			fmt.Fprint(w, `{"code":"Ok","durations":[[60]]}`)
		}
	})
	ways, err := o.Table(context.Background(), geo.Car, []geo.Point{home}, []geo.Point{shop})
	require.NoError(t, err)
	require.Equal(t, [][]feed.Way{{{Known: true, Minutes: 1}}}, ways)
	require.Equal(t, []time.Duration{7 * time.Second, 2 * time.Second}, *pauses, "as long as it asks for, then twice the first pause")
}

func TestPatienceEnds(t *testing.T) {
	t.Parallel()
	times := 0
	o, pauses := service(t, func(w http.ResponseWriter, _ *http.Request) {
		times++
		w.Header().Set("Retry-After", "86400")
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	_, err := o.Table(context.Background(), geo.Car, []geo.Point{home}, []geo.Point{shop})
	require.ErrorContains(t, err, "answers 503")
	require.Equal(t, 4, times)
	require.Equal(t, []time.Duration{time.Minute, time.Minute, time.Minute}, *pauses, "nobody waits for a day")
	tellsNoPosition(t, err)
}

func TestAServiceThatSaysNothingIsLeft(t *testing.T) {
	t.Parallel()
	silent := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-silent }))
	t.Cleanup(s.Close)
	t.Cleanup(func() { close(silent) })
	o, err := feed.NewOSRM(s.URL, "")
	require.NoError(t, err)
	o.Hurried(20 * time.Millisecond)
	_, err = o.Table(context.Background(), geo.Car, []geo.Point{home}, []geo.Point{shop})
	require.ErrorContains(t, err, "gives no answer within 20ms")
	tellsNoPosition(t, err)

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = o.Table(ctx, geo.Car, []geo.Point{home}, []geo.Point{shop})
	require.ErrorIs(t, err, context.Canceled)
}

func TestNobodyThereIsSaidWithoutPositions(t *testing.T) {
	t.Parallel()
	s := httptest.NewServer(say(200, ""))
	o, err := feed.NewOSRM(s.URL, "")
	require.NoError(t, err)
	s.Close()
	o.Hurried(time.Second)
	_, err = o.Table(context.Background(), geo.Car, []geo.Point{home}, []geo.Point{shop})
	require.ErrorContains(t, err, "gives no answer")
	tellsNoPosition(t, err)
}

func TestAddressesAreLookedAtFirst(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{"routes.example", "ftp://routes.example", "https://", "https://me:secret@routes.example", "https://routes.example?key=1", "http://[::1", "https://routes.example/#x"} {
		_, err := feed.NewOSRM(bad, "")
		var e *model.Error
		require.ErrorAs(t, err, &e, bad)
		require.Equal(t, model.CodeUsage, e.Code)
		require.NotContains(t, err.Error(), "secret")
	}
	for address, open := range map[string]bool{
		"https://routes.example": false, "http://routes.example": true, "http://localhost:5000": false, "http://127.0.0.1:5000": false,
		"http://[::1]:5000": false, "http://10.0.0.5:5000": true,
	} {
		o, err := feed.NewOSRM("", address)
		require.NoError(t, err)
		require.Equal(t, open, o.Open(), address)
	}
}
