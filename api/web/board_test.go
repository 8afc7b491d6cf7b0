package web_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/web"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestEveryDutyIsInTheTableOfItsSupervisor(t *testing.T) {
	t.Parallel()
	w := typical(t)
	b := web.NewBoard(w, constraints.All, web.Filter{})
	require.Equal(t, "Roster for week starting 30 November 2026", b.Title)
	require.Empty(t, b.Attention)
	cards, rows := 0, 0
	for _, team := range b.Teams {
		for _, r := range team.Rows {
			require.Len(t, r.Cells, 7)
			for _, c := range r.Cells {
				if r.Name != "Nobody leads" {
					cards += len(c.Cards)
				}
			}
			if r.Name != "Nobody leads" {
				rows++
			}
		}
	}
	require.Equal(t, len(w.Roster.Duties), cards)
	require.Equal(t, len(w.Snapshot.Supervisors), rows)
}

func TestTheListHoldsEverySessionOnce(t *testing.T) {
	t.Parallel()
	w := typical(t)
	seen := map[string]bool{}
	for _, d := range web.NewBoard(w, constraints.All, web.Filter{List: true}).List {
		for _, c := range d.Cards {
			require.False(t, seen[c.ID])
			seen[c.ID] = true
		}
	}
	require.Len(t, seen, len(w.Roster.Sessions()))
}

func TestASessionWithoutASupervisorNeedsAttention(t *testing.T) {
	t.Parallel()
	w, k := unled(t)
	b := web.NewBoard(w, constraints.All, web.Filter{Only: true, Day: k.Date, List: true})
	require.NotEmpty(t, b.Attention)
	require.Len(t, b.List, 1)
	var tags []string
	for _, c := range b.List[0].Cards {
		tags = append(tags, c.Tag)
	}
	require.Contains(t, tags, "No supervisor")
}

func TestAnUnknownRuleIsNotPlayedDown(t *testing.T) {
	t.Parallel()
	w, _ := unled(t)
	require.Len(t, web.NewBoard(w, nil, web.Filter{}).Attention, len(w.Violations))
}

func TestAnEmptyRosterIsShownAsFreeSupervisors(t *testing.T) {
	t.Parallel()
	w := *typical(t)
	w.Roster, w.Violations = &model.Roster{Region: w.Snapshot.Region, Week: week}, nil
	b := web.NewBoard(&w, constraints.All, web.Filter{})
	require.Equal(t, "Showing 0 sessions of 0.", b.Shown)
	require.Equal(t, "nothing is offered yet", b.Figures[2].Note)
}
