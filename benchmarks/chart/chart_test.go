package chart_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/benchmarks/chart"
)

func TestAFrameIsWholeAndItsLinesEndAtTheField(t *testing.T) {
	t.Parallel()
	f := chart.Frame{Wide: 200, High: 100, Left: 30, Right: 10, Top: 20, Bottom: 20, Font: 11}
	wide, high := f.Field()
	require.Equal(t, []float64{160, 60}, []float64{wide, high})
	var b bytes.Buffer
	f.Begin(&b, "for whoever cannot see it", "the heading")
	f.Down(&b, 30, "0")
	f.Across(&b, 80, "nothing")
	f.Border(&b, "what is drawn")
	f.End(&b)
	for d := xml.NewDecoder(bytes.NewReader(b.Bytes())); ; {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		require.NoError(t, err)
	}
	for _, has := range []string{"<title>for whoever cannot see it</title>", ">the heading<", `d="M30.0 20 v60"`, `d="M30 80.0 h160"`, ">what is drawn<"} {
		require.Contains(t, b.String(), has)
	}
}

func TestStepsAreRoundAndFit(t *testing.T) {
	t.Parallel()
	require.InDelta(t, 200, chart.Step(900, 6), 1e-9)
	rapid.Check(t, func(t *rapid.T) {
		span, most := rapid.Float64Range(1e-3, 1e6).Draw(t, "span"), rapid.IntRange(1, 12).Draw(t, "most")
		step := chart.Step(span, most)
		if span/step > float64(most)*(1+1e-9) {
			t.Fatalf("%g steps of %g in %g", span/step, step, span)
		}
		if span/step < float64(most)/2.51 {
			t.Fatalf("steps of %g are larger than they need be for %g", step, span)
		}
		lead := step / math.Pow(10, math.Floor(math.Log10(step)+1e-9))
		if d := min(math.Abs(lead-1), math.Abs(lead-2), math.Abs(lead-5)); d > 1e-6 {
			t.Fatalf("found a step of %g", step)
		}
	})
}
