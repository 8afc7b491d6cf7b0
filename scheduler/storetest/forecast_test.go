package storetest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

func TestAForecastCountsOnWhatIsPublished(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	crn := plannedOnce().Appointments[0].CRN
	before, err := d.s.Forecast(ctx, d.who, d.region, model.Week{}, crn)
	require.NoError(t, err)
	r := d.published()
	after, err := d.s.Forecast(ctx, d.who, d.region, week, crn)
	require.NoError(t, err)
	require.Zero(t, before.Planned)
	told := int32(0)
	for _, a := range r.Appointments {
		if a.CRN == crn {
			told++
		}
	}
	require.Equal(t, told, after.Planned)
	require.Equal(t, before.Left, after.Left, "what is promised is still to be worked")
	require.Equal(t, scheduler.ForecastRunning, after.State)
	require.NotEmpty(t, after.Answer)
	require.Len(t, after.Reviews, 2)
	require.Len(t, after.Clocks, 2)
	_, err = d.s.Forecast(ctx, d.who, d.region, week, "Z999999")
	requireCode(t, model.CodeNotFound, err)
}
