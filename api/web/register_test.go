package web_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/web"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

// reasonWords are words that no register may hold: it is left lying about.
var reasonWords = []string{"offen", "risk-", "risk level", "high risk", "women", "woman", "female", "male ", "prayer", "faith", "muslim", "religio",
	"epilep", "pregnan", "allerg", "health", "disab", "keep apart", "keep-apart", "victim", "gang", "chance", "likely", "probab"}

func TestARegisterTellsWhatToDoAndNeverWhy(t *testing.T) {
	t.Parallel()
	w := typical(t)
	sn := *w.Snapshot
	sn.People, sn.Projects = slices.Clone(sn.People), slices.Clone(sn.Projects)
	for i := range sn.Projects { // whose names are their own affair
		sn.Projects[i].Name, sn.Projects[i].Beneficiary = "Place", "Charity"
	}
	for i := range sn.People {
		sn.People[i].Health = model.Health(1<<8 - 1)
		sn.People[i].Flags = 1<<10 - 1
		sn.People[i].Prayer = model.Prayer(2)
		sn.People[i].Sex = model.Female
	}
	w = &web.Week{Snapshot: &sn, Roster: w.Roster, Version: 3, State: "Published."}
	var b bytes.Buffer
	require.NoError(t, web.WriteRegisters(&b, w, constraints.All))
	page := b.String()
	_, page, _ = strings.Cut(page, "</style>")
	for _, says := range []string{
		"Keep the wheelchair place", "Use the step-free way", "keep two seats and two places", "Light tasks only", "Ask the duty manager before giving out materials",
		"nobody starts without another of them", "Not every supervisor may take this group over", "Version 3", "Left after today",
	} {
		require.Contains(t, page, says)
	}
	low := strings.ToLower(page)
	for _, never := range reasonWords {
		if i := strings.Index(low, never); i >= 0 {
			t.Errorf("found %q in ...%s...", never, low[max(0, i-80):min(len(low), i+80)])
		}
	}
	sessions := 0
	for _, k := range w.Roster.Sessions() {
		all := w.Roster.In(k)
		if len(all) == 0 {
			continue
		}
		sessions++
		var one bytes.Buffer
		require.NoError(t, web.WriteRegisters(&one, w, constraints.All, k))
		require.Equal(t, 1, strings.Count(one.String(), "<article>"))
		for _, a := range all {
			require.Equal(t, 1, strings.Count(one.String(), `<th scope="row">`+string(a.CRN)), "everybody is on it once")
		}
	}
	require.Equal(t, sessions, strings.Count(page, "<article>"))
	require.NotContains(t, page, "http", "it needs nothing else")
}

func TestOneManAmongMenAsksForNothing(t *testing.T) {
	t.Parallel()
	w := typical(t)
	sn := *w.Snapshot
	sn.People = slices.Clone(sn.People)
	for i := range sn.People {
		p := &sn.People[i]
		p.Sex, p.Health, p.Flags, p.Risk = model.Male, 0, 0, model.LowRisk
	}
	var b bytes.Buffer
	require.NoError(t, web.WriteRegisters(&b, &web.Week{Snapshot: &sn, Roster: w.Roster}, constraints.All))
	require.NotContains(t, b.String(), "without another of them")
	require.NotContains(t, b.String(), "take this group over")
	require.NotContains(t, b.String(), "Light tasks")
}

func TestARegisterIsServedForPrinting(t *testing.T) {
	t.Parallel()
	w := typical(t)
	k := w.Roster.Appointments[0].Session
	page := ask(source{week: w}, "GET", pathOf(k))
	require.Contains(t, page.Body.String(), pathOf(k)+"/register")
	got := ask(source{week: w}, "GET", pathOf(k)+"/register")
	require.Equal(t, 200, got.Code)
	require.Contains(t, got.Body.String(), `<link rel="stylesheet" href="/register.css">`)
	require.Contains(t, got.Body.String(), string(w.Roster.Appointments[0].CRN))
	require.NotContains(t, got.Body.String(), "<style")
	require.Equal(t, "text/css; charset=utf-8", ask(source{week: w}, "GET", "/register.css").Header().Get("Content-Type"))
	require.Equal(t, 404, ask(source{week: w}, "GET", "/sessions/C00102/2026-11-30/0901/register").Code)
	require.Equal(t, 404, ask(source{week: w}, "GET", "/sessions/C00102/2026-11-30/9am/register").Code)
}
