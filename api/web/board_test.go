package web_test

import (
	"slices"
	"strings"
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
	cards, rows := 0, 0
	for _, team := range b.Tables {
		require.Len(t, team.Reserves, 7)
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

// links gives the addresses of all cards of a board, in order, and how often each stands there.
func links(b *web.Board) map[string]int {
	seen := map[string]int{}
	for _, d := range b.List {
		for _, c := range d.Cards {
			seen[c.URL]++
		}
	}
	for _, table := range b.Tables {
		for _, r := range table.Rows {
			for _, cell := range r.Cells {
				for _, c := range cell.Cards {
					seen[c.URL]++
				}
			}
		}
	}
	return seen
}

func TestEveryViewHoldsWhatItIsOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		week *web.Week
	}{{"a small region", typical(t)}, {"a large region", heavy(t)}, {"a broken week", broken(t)}} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			all := len(c.week.Roster.Sessions())
			list := links(web.NewBoard(c.week, constraints.All, web.Filter{View: web.ListView}))
			require.Len(t, list, all)
			for at, n := range list {
				require.Equal(t, 1, n, at)
			}
			require.Len(t, links(web.NewBoard(c.week, constraints.All, web.Filter{})), all)
			project := links(web.NewBoard(c.week, constraints.All, web.Filter{View: web.ProjectView}))
			require.Equal(t, list, project)
			trips := 0
			for _, n := range links(web.NewBoard(c.week, constraints.All, web.Filter{View: web.MinibusView})) {
				trips += n
			}
			require.Equal(t, len(c.week.Roster.Trips), trips)
		})
	}
}

func TestFiltersPartTheWeek(t *testing.T) {
	t.Parallel()
	w := heavy(t)
	count := func(f web.Filter) int {
		f.View = web.ListView
		n := len(links(web.NewBoard(w, constraints.All, f)))
		f.View = web.BoardView
		require.Len(t, links(web.NewBoard(w, constraints.All, f)), n, "the board shows what the list shows: %+v", f)
		return n
	}
	all, byTeam, byArea, byDay := len(w.Roster.Sessions()), 0, 0, 0
	for i := range w.Snapshot.Teams {
		byTeam += count(web.Filter{Team: w.Snapshot.Teams[i].Code})
		byArea += count(web.Filter{Area: w.Snapshot.Teams[i].Area})
	}
	for d := week.Monday(); week.Holds(d); d++ {
		byDay += count(web.Filter{Day: d})
	}
	require.Equal(t, []int{all, all, all}, []int{byTeam, byArea, byDay})
	require.Equal(t, all, count(web.Filter{Day: week.Monday() + 7}), "a day of another week narrows nothing")
	none := web.NewBoard(w, constraints.All, web.Filter{Area: "Kestbrook", Team: w.Snapshot.Teams[0].Code, Only: true})
	require.Equal(t, "No sessions match: needs attention, area Kestbrook, team Juniperbarrow unit. The week has 280.", none.Shown)
	require.Equal(t, "/weeks/2026-W49", none.Without)
	require.Empty(t, none.Tables)
}

func TestASessionWithoutASupervisorNeedsAttention(t *testing.T) {
	t.Parallel()
	w, k := unled(t)
	b := web.NewBoard(w, constraints.All, web.Filter{Only: true, Day: k.Date, View: web.ListView})
	require.Equal(t, "No supervisor", b.Attention[0].Reasons[0].Title)
	require.True(t, b.Attention[0].Must)
	require.Len(t, b.List, 1)
	var tags []string
	for _, c := range b.List[0].Cards {
		tags = append(tags, c.Tag)
	}
	require.Contains(t, tags, "No supervisor")
	w.Violations = nil
	b = web.NewBoard(w, constraints.All, web.Filter{})
	require.Equal(t, "No supervisor", b.Attention[0].Reasons[0].Title, "also where no rule says so")
	require.False(t, b.Attention[0].Must)
}

func TestWhatNeedsAttentionIsSaidWorstFirst(t *testing.T) {
	t.Parallel()
	w := broken(t)
	b := web.NewBoard(w, constraints.All, web.Filter{All: true})
	require.Len(t, b.Attention, b.NeedsLook)
	titles, must := map[string]bool{}, true
	for _, a := range b.Attention {
		require.True(t, must || !a.Must, "what must be put right comes first")
		must = a.Must
		for _, r := range a.Reasons {
			titles[r.Title] = true
			require.NotRegexp(t, `\d{4}-\d\d-\d\d|\d\d:\d\d`, r.Text)
		}
	}
	for _, title := range []string{"No supervisor", "May turn people away", "Rain likely, outdoor, no indoor plan"} {
		require.True(t, titles[title], title)
	}
	short := web.NewBoard(w, constraints.All, web.Filter{Team: "N001"})
	require.Len(t, short.Attention, 5)
	require.Equal(t, "/weeks/2026-W49?attention=all&team=N001", short.AllURL)
}

func TestAnUnknownRuleIsNotPlayedDown(t *testing.T) {
	t.Parallel()
	w, _ := unled(t)
	b := web.NewBoard(w, nil, web.Filter{All: true})
	require.Regexp(t, `^\d+ must fix$`, b.Figures[4].Value)
	require.Equal(t, len(w.Violations), number(t, b.Figures[4].Value))
}

func TestAnEmptyRosterIsShownAsFreeSupervisors(t *testing.T) {
	t.Parallel()
	b := web.NewBoard(empty(t), constraints.All, web.Filter{})
	require.Equal(t, "No sessions take place this week.", b.Shown)
	require.Equal(t, "nothing is offered yet", b.Figures[2].Note)
	require.Contains(t, b.Tables[0].Rows[0].Cells, web.Cell{Note: "Free"})
	require.NotEqual(t, "None", b.Tables[0].Reserves[0])
}

func TestVehiclesAndDriversThatMayNotGoAreSaid(t *testing.T) {
	t.Parallel()
	w := broken(t)
	idle := *w
	idle.Roster = w.Roster.Clone()
	idle.Roster.Trips = slices.DeleteFunc(idle.Roster.Trips, func(x model.Trip) bool { return x.Minibus == w.Snapshot.Minibuses[0].Registration })
	table := web.NewBoard(&idle, constraints.All, web.Filter{View: web.MinibusView}).Tables[0]
	require.Equal(t, web.Cell{Note: "Idle"}, table.Rows[0].Cells[0])
	require.Equal(t, "Off the road until further notice", table.Rows[0].Cells[1].Note)
	require.True(t, table.Rows[0].Cells[1].Bad)
	table = web.NewBoard(w, constraints.All, web.Filter{View: web.MinibusView}).Tables[0]
	require.Equal(t, "Inspection ended 27 November 2026", table.Rows[1].Cells[0].Note)
	require.Contains(t, strings.Join(table.Notes, " "), "has no driving licence on record.")
	var tags []string
	for _, r := range table.Rows {
		for _, c := range r.Cells {
			for _, card := range c.Cards {
				tags = append(tags, card.Tag)
			}
		}
	}
	require.Contains(t, tags, "Driver's licence ended 29 November 2026")
}

func TestASessionOfAProjectThatNobodyKnowsIsShown(t *testing.T) {
	t.Parallel()
	w := *typical(t)
	w.Roster = w.Roster.Clone()
	k := model.SessionKey{Project: "GONE", Date: week.Monday(), Start: 600}
	w.Roster.Appointments = append(w.Roster.Appointments, model.Appointment{CRN: w.Snapshot.People[0].CRN, Session: k, Span: model.Span{End: 60}})
	w.Roster.Sort()
	for _, view := range []web.View{web.BoardView, web.ListView, web.ProjectView} {
		require.Equal(t, 1, links(web.NewBoard(&w, constraints.All, web.Filter{View: view}))["/sessions/GONE/2026-11-30/1000"], view)
	}
	require.NotNil(t, web.NewSession(&w, constraints.All, k, ""))
}
