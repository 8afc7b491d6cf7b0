package api_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api"
	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// TestARepairThatIsKeptTwiceIsKeptOnce repeats a request an hour later, when the options would be others.
func TestARepairThatIsKeptTwiceIsKeptOnce(t *testing.T) {
	t.Parallel()
	searches(t)
	office := newOffice(t)
	at := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	office.Now = func() time.Time { return at }
	c := wires()[0].clients(t, served(t, office, api.Options{}))
	imports(t, c)
	id := plans(t, c)
	edits(t, c, id)
	publishes(t, c, id)
	region := instance.Region
	who := model.Principal{Name: "someone", Roles: model.Roles(), Regions: []string{model.AllRegions}}
	v, err := office.Week(t.Context(), who, region, week, 0)
	require.NoError(t, err)
	require.NotEmpty(t, v.Roster.Appointments)
	a := v.Roster.Appointments[len(v.Roster.Appointments)-1]
	q := scheduler.RepairRequest{Week: week, Budget: -1, Seed: 1, Happened: []scheduler.Happening{{Kind: scheduler.PersonOff, CRN: a.CRN, From: a.Session.Date}}}
	x, err := office.Repair(t.Context(), who, region, q)
	require.NoError(t, err)
	require.NotEmpty(t, x.Options)
	seen, err := scheduler.OptionDigest(x.Options[0].Roster)
	require.NoError(t, err)
	made, err := office.KeepRepair(t.Context(), who, region, q, 0, seen, scheduler.Command{Key: "k1"})
	require.NoError(t, err)
	at = at.Add(time.Hour)
	again, err := office.KeepRepair(t.Context(), who, region, q, 0, seen, scheduler.Command{Key: "k1"})
	require.NoError(t, err)
	require.Equal(t, made.ID, again.ID)
	_, err = office.KeepRepair(t.Context(), who, region, q, 0, model.Digest{1}, scheduler.Command{Key: "k2"})
	require.ErrorContains(t, err, "Ask again")
	_, err = office.KeepRepair(t.Context(), who, region, q, 7, model.Digest{}, scheduler.Command{Key: "k3"})
	require.ErrorContains(t, err, "found option 8")
}
