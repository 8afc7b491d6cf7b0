package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// threeRuns are two of ours and one of another, whose second answer breaks a rule and whose third is worth less once mended.
func threeRuns() []Run {
	bound := int64(12_000)
	return []Run{
		{Case: small, Peer: ours, Limit: 60, Ended: "done", Size: "40 people", Answers: []Answer{
			{At: 1, Value: 5000}, {At: 9, Value: 8000}, {At: 60.4, Value: 11_000, Estimated: &Estimated{Value: 11_100, Legal: true}},
		}},
		{Case: small, Peer: ours, Limit: 10, Ended: "done", Answers: []Answer{{At: 1, Value: 6000}, {At: 10, Value: 9000}}},
		{Case: small, Peer: "cpsat", Limit: 60, Ended: "FEASIBLE", Version: "CP-SAT 9", Settings: "2 workers", Bound: &bound, Answers: []Answer{
			{At: 2, Value: 9500, Estimated: &Estimated{Value: 9600, Legal: true}},
			{At: 5, Value: 13_000, Broken: 2, Breaks: map[string]int64{"places": 2}},
			{At: 50, Value: 13_000, Broken: 1, Breaks: map[string]int64{"wet-plan": 1}, Mended: &Mended{Value: 10_500, Moved: 3}},
		}},
		{Case: small, Peer: "highs", Limit: 60, Ended: "failed: out of memory"},
	}
}

func TestRunsAreReadOffAtALimit(t *testing.T) {
	t.Parallel()
	all := outcomes(threeRuns())
	require.Len(t, all, 1)
	o := all[0]
	for _, c := range []struct {
		name  string
		peer  string
		limit time.Duration
		of    measure
		want  reading
		found bool
	}{
		{"ours by the run of just that limit", ours, 10 * time.Second, exactly, reading{9000, 10, false}, true},
		{"ours by the longer run", ours, 20 * time.Second, exactly, reading{8000, 9, false}, true},
		{"an answer that is a little late", ours, 60 * time.Second, exactly, reading{11_000, 60.4, false}, true},
		{"the best so far that is legal", "cpsat", 10 * time.Second, exactly, reading{9500, 2, false}, true},
		{"a mended one", "cpsat", 60 * time.Second, exactly, reading{10_500, 50, true}, true},
		{"before the first", "cpsat", time.Second, exactly, reading{}, false},
		{"a run that was shorter", "cpsat", 300 * time.Second, exactly, reading{}, false},
		{"a run that found none", "highs", 60 * time.Second, exactly, reading{}, false},
		{"who was not run", "timefold", 60 * time.Second, exactly, reading{}, false},
		{"in the week with estimated ways", "cpsat", 60 * time.Second, byEstimate, reading{9600, 2, false}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, found := o.read(c.peer, c.limit, c.of)
			require.Equal(t, c.found, found)
			require.Equal(t, c.want, got)
		})
	}
}

func TestTheTableTellsWhoWasBestAndWhoFailed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	limits := []time.Duration{10 * time.Second, 60 * time.Second, 300 * time.Second}
	r := &report{runs: threeRuns(), limits: limits, note: "The machine was busy.", args: []string{"-note", "The machine was busy."}}
	require.NoError(t, r.write(dir))
	data, err := os.ReadFile(filepath.Join(dir, "RESULTS.md"))
	require.NoError(t, err)
	text := string(data)
	for _, want := range []string{
		"| payback | 9.0 | **11.0** | not run | 1.00 s |",
		"| cpsat | **9.5** | 10.5* | not run | 2.00 s |",
		"| highs | none | none | not run | none |",
		"| failed: out of memory |",
		"| cpsat | **9.6** | 9.6 | not run | 12.0 | 20.00 % |",
		"| payback | none | **11.1** | not run | - | 7.50 % |",
		"| payback | 5.26 %, best in 0 of 1, none in 0 | 0.00 %, best in 1 of 1, none in 0 | not run |",
		"- cpsat: 3 answers, of which 2 broke places, wet-plan;",
		"- cpsat: CP-SAT 9 (2 workers)",
		"The machine was busy.\n",
		"![Value against time](results/40-normal-1.svg)",
	} {
		require.Contains(t, text, want)
	}
	picture, err := os.ReadFile(filepath.Join(dir, plots, "40-normal-1.svg"))
	require.NoError(t, err)
	requireXML(t, picture)
	require.Contains(t, string(picture), ">cpsat</text>")
	require.NotContains(t, string(picture), ">highs</text>", "it had no roster to draw")
	require.NotContains(t, string(picture), "NaN")
}

func TestAPlotOfNothingIsStillAPicture(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	(&outcome{Case: small}).plot(&out, nil)
	requireXML(t, out.Bytes())
}

func requireXML(t *testing.T, data []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		require.NoError(t, err)
	}
}

func TestWhatASolversProgramSaysIsNoted(t *testing.T) {
	t.Parallel()
	sh := func(script string) *heard {
		h, err := listen(t.Context(), time.Minute, "sh", "-c", script)
		require.NoError(t, err)
		return h
	}
	h := sh(`echo hello; echo '{"event":"start","version":"S 1","settings":"two"}'
echo '{"event":"answer","at":0.5,"objective":-7,"pairs":["x1_2"]}'; echo '{"event":"end","at":1.5,"status":"OPTIMAL","bound":-8}'`)
	require.False(t, h.failed)
	require.Equal(t, "S 1", h.version)
	require.Equal(t, "OPTIMAL", h.status)
	require.True(t, h.bounded)
	require.Len(t, h.answers, 1)
	require.Equal(t, 1500*time.Millisecond, h.took)

	h = sh(`echo '{"event":"end","at":1,"status":"limit","bound":null}'`)
	require.False(t, h.failed)
	require.False(t, h.bounded)

	h = sh(`echo '{"event":"start","version":"S 1"}'; echo '{"event":"answer","at":0.5,"objective":-7,"pairs":[]}'; echo "MemoryError: no room" >&2; echo last >&2; exit 3`)
	require.True(t, h.failed)
	require.Len(t, h.answers, 1)
	require.Equal(t, "failed: exit status 3; MemoryError: no room", h.status)
	require.Equal(t, "failed: it ended without saying so", sh("true").status)
	_, err := listen(t.Context(), time.Minute, filepath.Join(t.TempDir(), "nothing"))
	require.ErrorContains(t, err, "nothing")
}

func TestPairsOfAnAnswerAreNamesOrNumbers(t *testing.T) {
	t.Parallel()
	got, err := namesOf([]byte(`["x1_2"]`), nil)
	require.NoError(t, err)
	require.Equal(t, []string{"x1_2"}, got)
	got, err = namesOf([]byte(`[1,0]`), []string{"x0_0", "x5_6"})
	require.NoError(t, err)
	require.Equal(t, []string{"x5_6", "x0_0"}, got)
	_, err = namesOf([]byte(`[2]`), []string{"x0_0"})
	require.ErrorContains(t, err, "found column 2 in an answer; expected 0 to 0")
	_, err = namesOf([]byte(`["x"]`), []string{"x0_0"})
	require.Error(t, err)
}

func TestUnknownSolversAreRefused(t *testing.T) {
	t.Parallel()
	err := run(t.Context(), []string{"-peers", "cplex", "-keep", t.TempDir(), "-report", t.TempDir()}, io.Discard)
	require.ErrorContains(t, err, `-peers: found "cplex"; expected some of payback,`)
	require.True(t, strings.HasPrefix(err.Error(), "-peers"))
}
