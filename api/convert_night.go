package api

import (
	"strings"
	"time"

	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

func nightMessage(n *scheduler.Night) *paybackv1.Night {
	m := &paybackv1.Night{
		Night: n.Name, Date: dateText(n.Date), State: string(n.State), Headline: n.Headline(), NeedsAttention: n.Bad(), Failure: n.Failure,
		Attempts: count(n.Attempts), AskedBy: n.Who, BeganAt: moment(n.Began), EndedAt: moment(n.Ended), DataVersion: count(n.Facts),
		DataVersionBefore: count(n.Before), FactsChanged: kindMessages(n.Changes),
	}
	for _, f := range n.Files {
		m.Files = append(m.Files, &paybackv1.NightFile{Name: f.Name, DataVersion: count(f.Version), RowsChanged: count(f.Rows), Problem: f.Problem})
	}
	for i := range n.Rosters {
		r := &n.Rosters[i]
		m.InForce = append(m.InForce, &paybackv1.NightRoster{Week: r.Week.String(), Version: count(r.Version), MustFix: caseMessages(r.Broken),
			NewCases: count(r.New), Appointments: count(r.Appointments)})
	}
	for i := range n.Weeks {
		m.Weeks = append(m.Weeks, nightWeekMessage(&n.Weeks[i]))
	}
	return m
}

func nightWeekMessage(w *scheduler.NightWeek) *paybackv1.NightWeek {
	m := &paybackv1.NightWeek{
		Week: w.Week.String(), PlanId: w.Draft, State: string(w.State), Failure: w.Failure, People: count(w.Placed), WorkablePeople: count(w.Workable),
		MustFix: count(w.Broken), ValueMillipoints: w.Value, BaseVersion: count(w.Base), Changes: count(w.Changes), PeopleToTell: count(w.Tell),
		FrozenChanges: count(w.Frozen), PublishedVersion: count(w.Published), Withheld: w.Withheld, Prices: shadowMessages(w.Prices), Lacking: w.Lacking,
	}
	if w.Gap >= 0 {
		m.GapHundredthsPercent = &w.Gap
	}
	return m
}

// runMessage tells a run.
func runMessage(x *scheduler.Run) *paybackv1.Run {
	m := &paybackv1.Run{
		Run: x.Name, State: string(x.State), Night: strings.TrimPrefix(x.Work.Night, "night/"), AskedBy: x.Who, AskedAt: moment(x.Asked), ChangedAt: moment(x.At),
		Attempts: count(x.Attempts), Failure: x.Failure, Errors: x.Errors, InputDigest: digestText(x.Work.Snapshot), StartDigest: digestText(x.Work.Start),
		FewPricesDigest: digestText(x.Work.Warm), Policy: x.Work.Policy, Seed: x.Work.Seed, RoundsPlanned: count(x.Work.Rounds), RoundsDone: count(x.Done.Rounds),
		TimeLimitSeconds: count(int64(x.Work.Limit / time.Second)), MovesPriced: x.Done.Deltas, TookMilliseconds: x.Done.Took.Milliseconds(),
		People: count(x.Done.Placed), MustFix: count(x.Done.Broken), ValueMillipoints: x.Done.Value, ResultDigest: digestText(x.Done.Roster),
	}
	if x.Work.Week != (model.Week{}) {
		m.Week = x.Work.Week.String()
	}
	if x.State == scheduler.RunMade {
		m.RoundsPlanned, m.Cut = count(x.Done.Planned), x.Done.Cut.String()
	}
	return m
}
