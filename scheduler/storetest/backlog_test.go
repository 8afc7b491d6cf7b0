package storetest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

func TestABacklogIsNotedNightByNight(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	none, err := d.s.BacklogSeries(ctx, d.who, d.region)
	require.NoError(t, err)
	require.Empty(t, none)
	b, err := d.s.Backlog(ctx, d.who, d.region)
	require.NoError(t, err)
	day, err := d.s.KeepBacklog(ctx, d.who, d.region, scheduler.Command{Key: "first night"})
	require.NoError(t, err)
	require.Equal(t, b.AsOf, day.AsOf)
	require.Equal(t, b.Counts, day.Counts)
	require.Positive(t, day.LeftMinutes)
	again, err := d.s.KeepBacklog(ctx, d.who, d.region, scheduler.Command{Key: "first night"})
	require.NoError(t, err)
	require.Equal(t, day, again)
	_, err = d.s.KeepBacklog(ctx, d.who, d.region, scheduler.Command{Key: "the same day again"})
	require.NoError(t, err)
	all, err := d.s.BacklogSeries(ctx, d.who, d.region)
	require.NoError(t, err)
	require.Equal(t, []scheduler.BacklogDay{day}, all, "a day is told once")
	_, _, err = d.s.VerifyAudit(ctx, d.who, d.region)
	require.NoError(t, err)

	reader := model.Principal{Name: "a reader", Roles: []model.Role{model.Viewer}, Regions: []string{d.region}}
	_, err = d.s.KeepBacklog(ctx, reader, d.region, scheduler.Command{Key: "may not"})
	requireCode(t, model.CodeForbidden, err)
	_, err = d.s.BacklogSeries(ctx, reader, d.region)
	require.NoError(t, err)
}
