package model_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/communitypayback/payback/model"
)

// roundTrip reads every word of a list, in any case, and writes it back; "?" ends the list.
func roundTrip[T ~uint8](t *testing.T, parse func(string) (T, error)) {
	t.Helper()
	n := 0
	for v := T(0); fmt.Sprint(v) != "?"; v++ {
		for _, s := range []string{fmt.Sprint(v), strings.ToUpper(fmt.Sprint(v)), "  " + fmt.Sprint(v) + " "} {
			got, err := parse(s)
			require.NoError(t, err)
			require.Equal(t, v, got)
		}
		n++
	}
	require.Greater(t, n, 1)
	_, err := parse("purple")
	require.ErrorContains(t, err, `found "purple"; expected one of `+fmt.Sprint(T(0)))
}

func TestWordsAreReadAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	roundTrip(t, model.ParseSex)
	roundTrip(t, model.ParsePreference)
	roundTrip(t, model.ParseLevel)
	roundTrip(t, model.ParseStatus)
	roundTrip(t, model.ParseOrderType)
	roundTrip(t, model.ParsePrayer)
	roundTrip(t, model.ParseKind)
	roundTrip(t, model.ParseExposure)
	roundTrip(t, model.ParseDemand)
	roundTrip(t, model.ParseTransport)
	roundTrip(t, model.ParseLicence)
	roundTrip(t, model.ParseGrade)
	roundTrip(t, model.ParseFrequency)
}

func TestWordsOfManyAreReadOneByOne(t *testing.T) {
	t.Parallel()
	for i := range 10 {
		f, err := model.ParseFlag(model.Flags(1 << i).String())
		require.NoError(t, err)
		require.Equal(t, model.Flags(1<<i), f)
	}
	for i := range 8 {
		h, err := model.ParseHealth(model.Health(1 << i).String())
		require.NoError(t, err)
		require.Equal(t, model.Health(1<<i), h)
	}
	for i := range 4 {
		x, err := model.ParseTraining(model.Training(1 << i).String())
		require.NoError(t, err)
		require.Equal(t, model.Training(1<<i), x)
	}
	require.Equal(t, "gang;arson", (model.Gang | model.Arson).String())
	require.Empty(t, model.Flags(0).String())
	require.True(t, (model.Gang | model.Arson).Has(model.Arson|model.Violence))
	require.False(t, model.Gang.Has(model.Arson))
	require.False(t, model.Epilepsy.Has(model.Pregnancy))
	_, err := model.ParseFlag("purple")
	require.ErrorContains(t, err, "expected one of risk_to_children")
}

func TestTheForgottenWordIsTheMostCareful(t *testing.T) {
	t.Parallel()
	var p model.Person
	require.True(t, p.PlacedByHand(), "of sex other until it is said")
	require.Equal(t, model.AwaitingAssessment, model.Requirement{}.Status)
	require.Equal(t, model.Heavy, model.Project{}.Demand)
	require.Equal(t, model.Outdoor, model.Project{}.Exposure)
	require.Equal(t, model.LowRisk, model.Project{}.Ceiling)
	require.Equal(t, model.NoLicence, model.Supervisor{}.Licence)
}

func TestNDeliusProjectTypesAreKinds(t *testing.T) {
	t.Parallel()
	for kind, codes := range map[model.Kind]string{
		model.Group: "PL NP1 NP2", model.Individual: "ICP PIP2 ES PSP WH1", model.ETE: "ET1 ET3 ET5 UP06", model.Induction: "PS PI pi",
	} {
		for code := range strings.FieldsSeq(codes) {
			got, err := model.ParseKind(code)
			require.NoError(t, err)
			require.Equal(t, kind, got, code)
		}
	}
	got, err := model.ParseKind(" np1 ")
	require.NoError(t, err)
	require.Equal(t, model.Group, got)
	_, err = model.ParseKind("XX")
	require.ErrorContains(t, err, "NDelius project type code")
}

func TestBarsSayWhy(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for b := model.Open; b <= model.Closed; b++ {
		require.NotEqual(t, "?", b.String())
		require.False(t, seen[b.String()], "two bars say %q", b)
		seen[b.String()] = true
	}
	require.Equal(t, "?", (model.Closed + 1).String())
}

func TestCRNs(t *testing.T) {
	t.Parallel()
	require.True(t, model.CRN("X000001").Valid())
	for _, c := range []model.CRN{"", "X00001", "X0000001", "x000001", "1000001", "X00000A", "ÄA00001", "X00000 "} {
		require.False(t, c.Valid(), "%q", c)
	}
}

func TestSessionKeysAreReadAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		k := model.SessionKey{
			Project: model.ProjectCode(rapid.StringMatching(`[A-Z0-9 _.-]{1,8}`).Draw(t, "project")),
			Date:    monday + model.Date(rapid.IntRange(0, 400).Draw(t, "date")), Start: model.Clock(rapid.IntRange(0, 1439).Draw(t, "start")),
		}
		back, err := model.ParseSessionKey(k.String())
		require.NoError(t, err)
		require.Equal(t, k, back)
		back, err = model.ParseSessionKey(string(k.Project) + "/" + k.Date.String())
		require.NoError(t, err)
		require.EqualValues(t, -1, back.Start)
	})
	for _, s := range []string{"", "CT01", "/2026-11-30", "CT01/2026-11-31", "CT01/2026-11-30/25:00", "CT01/2026-11-30/09:00/x"} {
		_, err := model.ParseSessionKey(s)
		require.ErrorContains(t, err, "expected", s)
	}
}

func TestSessionsAreOrderedAsPeopleReadThem(t *testing.T) {
	t.Parallel()
	earlier := []model.SessionKey{
		{Project: "Z", Date: monday, Start: 540}, {Project: "A", Date: monday, Start: 600}, {Project: "B", Date: monday, Start: 600},
		{Project: "A", Date: monday + 1, Start: 0},
	}
	for i := range earlier {
		for j := range earlier {
			require.Equal(t, i < j, earlier[i].Compare(earlier[j]) < 0)
			require.Equal(t, i == j, earlier[i].Compare(earlier[j]) == 0)
		}
	}
}

func TestAnErrorSaysItsWordsAndKeepsItsCause(t *testing.T) {
	t.Parallel()
	cause := errors.New("disk full")
	err := fmt.Errorf("save: %w", &model.Error{Code: model.CodeUnavailable, Message: "try again", Err: cause})
	var e *model.Error
	require.ErrorAs(t, err, &e)
	require.ErrorIs(t, err, cause)
	require.Equal(t, "try again", e.Error())
	require.EqualError(t, model.Errorf(model.CodeUsage, "found %d", 3), "found 3")
}
