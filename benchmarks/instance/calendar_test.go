package instance_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
)

func TestBankHolidaysFallOnTheirPublishedDates(t *testing.T) {
	t.Parallel()
	f := made(t, 1, 1, instance.Normal)
	got := map[string]string{}
	for _, h := range f.Holidays {
		got[h.Date.String()] = h.Name
	}
	for date, name := range map[string]string{ // gov.uk/bank-holidays
		"2026-01-01": "New Year's Day", "2026-04-03": "Good Friday", "2026-04-06": "Easter Monday", "2026-05-04": "Early May bank holiday",
		"2026-05-25": "Spring bank holiday", "2026-08-31": "Summer bank holiday", "2026-12-25": "Christmas Day", "2026-12-28": "Boxing Day",
		"2027-12-27": "Christmas Day", "2027-12-28": "Boxing Day", "2027-03-26": "Good Friday",
	} {
		require.Equal(t, name, got[date], date)
	}
}

func TestHistoryKeepsBritishTime(t *testing.T) {
	t.Parallel()
	london, err := time.LoadLocation("Europe/London")
	require.NoError(t, err)
	for _, w := range []model.Week{{Year: 2026, Number: 15}, {Year: 2026, Number: 46}, {Year: 2027, Number: 1}} { // clock changes lie in the six weeks before
		f, err := instance.Make(instance.Spec{People: 60, Seed: 2, Week: w})
		require.NoError(t, err)
		require.NotEmpty(t, f.History)
		for _, a := range f.History {
			at := time.Unix(int64(a.Span.Start)*60, 0).In(london)
			require.Equal(t, a.Session.Date.String()+" "+a.Session.Start.String(), at.Format("2006-01-02 15:04"))
		}
	}
}
