package model_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
)

func TestRemainingMinutes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		r    model.Requirement
		want int32
	}{
		{"nothing done", model.Requirement{Required: 6000}, 6000},
		{"some done", model.Requirement{Required: 6000, Completed: 1000}, 5000},
		{"a positive adjustment adds", model.Requirement{Required: 6000, Adjustment: 60}, 6060},
		{"a negative adjustment takes away", model.Requirement{Required: 6000, Adjustment: -60}, 5940},
		{"what is promised elsewhere is not placed twice", model.Requirement{Required: 6000, Promised: 420}, 5580},
		{"hours of education are in completed already", model.Requirement{Required: 6000, Completed: 1000, ETEDone: 400}, 5000},
		{"more than enough leaves nothing", model.Requirement{Required: 600, Completed: 1000}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, c.r.Remaining())
		})
	}
}

func TestTheCurrentRequirementIsTheMostUrgentThatCanBeWorked(t *testing.T) {
	t.Parallel()
	open := func(event int32, with func(*model.Requirement)) model.Requirement {
		r := model.Requirement{Event: event, Status: model.Active, Sentenced: monday - 50, Target: monday + 100, Required: 600}
		if with != nil {
			with(&r)
		}
		return r
	}
	for _, c := range []struct {
		name string
		all  []model.Requirement
		want int32 // 0: none
	}{
		{"the only one", []model.Requirement{open(1, nil)}, 1},
		{"the earliest target", []model.Requirement{open(1, nil), open(2, func(r *model.Requirement) { r.Target-- })}, 2},
		{"of equal targets the lowest event", []model.Requirement{open(1, nil), open(2, nil)}, 1},
		{"not one that is suspended", []model.Requirement{open(1, func(r *model.Requirement) { r.Status = model.Suspended }), open(2, nil)}, 2},
		{"not one in breach", []model.Requirement{open(1, func(r *model.Requirement) { r.Status = model.Breach })}, 0},
		{"not one that awaits assessment", []model.Requirement{open(1, func(r *model.Requirement) { r.Status = model.AwaitingAssessment })}, 0},
		{"not one that is worked off", []model.Requirement{open(1, func(r *model.Requirement) { r.Completed = 600 }), open(2, nil)}, 2},
		{"not one that ended on Sunday", []model.Requirement{open(1, func(r *model.Requirement) { r.HardEnd = monday - 1 })}, 0},
		{"one that ends on Monday", []model.Requirement{open(1, func(r *model.Requirement) { r.HardEnd = monday })}, 1},
		{"one sentenced on the Sunday", []model.Requirement{open(1, func(r *model.Requirement) { r.Sentenced = monday + 6 })}, 1},
		{"not one sentenced after the week", []model.Requirement{open(1, func(r *model.Requirement) { r.Sentenced = monday + 7 })}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := model.Person{Requirements: c.all}
			got := p.Current(w49)
			if c.want == 0 {
				require.Nil(t, got)
				return
			}
			require.NotNil(t, got)
			require.Equal(t, c.want, got.Event)
			require.Same(t, p.Requirement(c.want), got)
		})
	}
	require.Nil(t, (&model.Person{}).Requirement(1))
}

func TestWhatAPersonNeeds(t *testing.T) {
	t.Parallel()
	require.EqualValues(t, 1, (&model.Person{Health: model.Wheelchair}).Needs())
	require.EqualValues(t, 2, (&model.Person{Health: model.SupportWorker | model.Allergy}).Needs())
	for _, c := range []struct {
		person        model.Person
		trained, hand bool
	}{
		{model.Person{Sex: model.Male, Risk: model.MediumRisk}, false, false},
		{model.Person{Sex: model.Female, Risk: model.HighRisk}, true, false},
		{model.Person{Sex: model.Male, Risk: model.VeryHighRisk}, true, true},
		{model.Person{Sex: model.Male, Flags: model.RestrictedPlacement}, true, false},
		{model.Person{Sex: model.SexOther}, false, true},
	} {
		require.Equal(t, c.trained, c.person.NeedsTrainedSupervisor())
		require.Equal(t, c.hand, c.person.PlacedByHand())
	}
}

func TestLimitsOnlyLowerThePolicys(t *testing.T) {
	t.Parallel()
	sn := smallWeek()
	for given, want := range map[int32]int32{0: 90, 60: 60, 90: 90, 120: 90, math.MaxInt32: 90} {
		require.Equal(t, want, sn.TravelLimit(&model.Person{MaxTravelMinutes: given}))
	}
	for given, want := range map[int32]int32{0: 1680, 420: 420, 1680: 1680, 3000: 1680} {
		require.Equal(t, want, sn.WeekLimit(&model.Person{MaxWeekMinutes: given}))
	}
}

func TestWhoRides(t *testing.T) {
	t.Parallel()
	sn, p := smallWeek(), &model.Person{MaxTravelMinutes: 60}
	for _, c := range []struct {
		by   model.Transport
		own  int32
		want bool
	}{
		{model.ByMinibus, 0, true}, {model.ByMinibus, 500, true}, {model.ByThemselves, 500, false},
		{model.Either, 60, false}, {model.Either, 61, true},
	} {
		require.Equal(t, c.want, sn.Rides(p, &model.Project{Transport: c.by}, c.own), "%v, %d minutes", c.by, c.own)
	}
}

func TestLookingThingsUp(t *testing.T) {
	t.Parallel()
	sn := smallWeek()
	require.Same(t, &sn.People[1], sn.Person("X000002"))
	require.Nil(t, sn.Person("X000003"))
	require.Same(t, &sn.Projects[0], sn.Project("CT01"))
	require.Nil(t, sn.Project("CT00"))
	require.Same(t, &sn.Supervisors[1], sn.Supervisor("S2"))
	require.Nil(t, sn.Supervisor("S"))
	require.Same(t, &sn.Minibuses[1], sn.Minibus("B2"))
	require.Nil(t, sn.Minibus("B3"))
	require.Same(t, &sn.Stops[0], sn.Stop("P1"))
	require.Nil(t, sn.Stop(""))
	require.Same(t, &sn.Teams[0], sn.Team("T1"))
	require.Nil(t, sn.Team("T2"))
	require.Same(t, &sn.Sessions[1], sn.Session(tueKey))
	require.Nil(t, sn.Session(model.SessionKey{Project: "CT02", Date: monday, Start: 540}))
}

func TestKeepApartHoldsBothWays(t *testing.T) {
	t.Parallel()
	sn := smallWeek()
	sn.KeepApart = []model.Pair{{A: "X000001", B: "X000002"}, {A: "X000001", B: "X000003"}, {A: "X000002", B: "X000003"}}
	require.Equal(t, []model.CRN{"X000002", "X000003"}, sn.ApartFrom("X000001"))
	require.Equal(t, []model.CRN{"X000001", "X000003"}, sn.ApartFrom("X000002"))
	require.Equal(t, []model.CRN{"X000001", "X000002"}, sn.ApartFrom("X000003"))
	require.Empty(t, sn.ApartFrom("X000004"))
}

func TestWhatIsFrozenOrPinnedIsFixed(t *testing.T) {
	t.Parallel()
	sn := smallWeek()
	sn.FrozenUntil = 100
	require.True(t, sn.Fixed(&model.Appointment{Span: model.Span{Start: 99, End: 200}}))
	require.False(t, sn.Fixed(&model.Appointment{Span: model.Span{Start: 100, End: 200}}))
	require.True(t, sn.Fixed(&model.Appointment{Pinned: true, Span: model.Span{Start: 100, End: 200}}))
}
