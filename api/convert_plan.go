package api

import (
	"time"

	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/scheduler"
)

var planStates = map[scheduler.DraftState]paybackv1.PlanState{
	scheduler.Queued:  paybackv1.PlanState_PLAN_STATE_QUEUED,
	scheduler.Running: paybackv1.PlanState_PLAN_STATE_RUNNING,
	scheduler.Ready:   paybackv1.PlanState_PLAN_STATE_SUCCEEDED,
	scheduler.Stopped: paybackv1.PlanState_PLAN_STATE_STOPPED,
	scheduler.Failed:  paybackv1.PlanState_PLAN_STATE_FAILED,
}

func planMessage(region string, d *scheduler.Draft) *paybackv1.Plan {
	m := &paybackv1.Plan{
		PlanId: d.ID, Version: count(d.Version), Region: region, Week: d.Week.String(), State: planStates[d.State], Failure: d.Failure,
		Usable: d.Usable(), BaseVersion: count(d.Base), DataVersion: count(d.Facts), InputDigest: digestText(d.Snapshot), Policy: d.Policy,
		AsOf: instantMoment(d.AsOf), Seed: d.Seed, TimeLimitSeconds: count(int64(d.Limit / time.Second)), RoundsDone: count(d.Rounds),
		RoundsPlanned: count(d.Planned), MovesPriced: d.Deltas, EndedBecause: d.Why, Baseline: count(d.Baseline), Edits: count(d.Edits),
		ChangedBy: d.Who, ChangedAt: moment(d.At), Deadline: moment(d.Deadline),
		PriceEffects: effectMessages(d.Effects),
	}
	if d.Usable() {
		m.Summary, m.Bound = summaryMessage(&d.Summary), boundMessage(d.Bound, d.Summary.Value)
	}
	for _, w := range d.Waivers {
		m.Waivers = append(m.Waivers, &paybackv1.Waiver{Rule: w.Rule, Subject: w.Subject, Session: w.Session, Why: w.Why, Who: w.Who, Until: w.Until.String()})
	}
	for _, r := range d.Releases {
		m.Releases = append(m.Releases, &paybackv1.Release{Item: r.Item, Why: r.Why, Who: r.Who})
	}
	return m
}

func summaryMessage(s *scheduler.Summary) *paybackv1.PlanSummary {
	return &paybackv1.PlanSummary{
		WorkablePeople: count(s.Workable), People: count(s.People), Appointments: count(s.PersonDays), Sessions: count(s.Sessions),
		Duties: count(s.Duties), Trips: count(s.Trips), Places: count(s.Places), PlacesUsed: count(s.Used), MinutesOffered: count(s.Offered),
		MinutesExpected: count(s.Expected), OnTimeMillipoints: s.OnTime, MustFix: count(s.Broken), ValueMillipoints: s.Value,
		MinibusMetres: s.Metres, MinibusCo2EGrams: s.CO2eGrams,
		TurnedAwayPermille: s.TurnedAway, TurnedAwayTogetherPermille: s.Together,
	}
}

func unplacedMessages(all []scheduler.Unplaced) []*paybackv1.Unplaced {
	var out []*paybackv1.Unplaced
	for _, u := range all {
		out = append(out, &paybackv1.Unplaced{Crn: string(u.CRN), EventNumber: u.Event, MinutesNeeded: u.Needed, MinutesPlaced: u.Placed,
			MainObstacle: u.MainObstacle, NearestMiss: u.NearestMiss})
	}
	return out
}

func versionMessage(v *scheduler.RosterVersion) *paybackv1.RosterVersion {
	return &paybackv1.RosterVersion{
		Week: v.Week.String(), Version: count(v.Version), Digest: digestText(v.Content), DataVersion: count(v.Facts),
		InputDigest: digestText(v.Snapshot), PublishedAt: moment(v.At), PublishedBy: v.Who,
	}
}

func eventMessage(e *scheduler.RunEvent) *paybackv1.WatchPlanResponse {
	return &paybackv1.WatchPlanResponse{
		Sequence: count(e.Sequence), State: planStates[e.State], Phase: e.Phase, ElapsedMilliseconds: count(e.Elapsed.Milliseconds()),
		RoundsDone: count(e.Rounds), RoundsPlanned: count(e.Planned), Placed: count(e.Placed), OpenSessions: count(e.Open),
		MustFix: count(e.MustFix), ValueMillipoints: e.Value, Last: e.Last,
	}
}

var parts = map[scheduler.Part]paybackv1.Part{
	scheduler.OfPerson:     paybackv1.Part_PART_PERSON,
	scheduler.OfSupervisor: paybackv1.Part_PART_SUPERVISOR,
	scheduler.OfMinibus:    paybackv1.Part_PART_MINIBUS,
}

var changeKinds = map[scheduler.DifferenceKind]paybackv1.ChangeKind{
	scheduler.Added:    paybackv1.ChangeKind_CHANGE_KIND_ADDED,
	scheduler.Moved:    paybackv1.ChangeKind_CHANGE_KIND_MOVED,
	scheduler.Removed:  paybackv1.ChangeKind_CHANGE_KIND_REMOVED,
	scheduler.Retimed:  paybackv1.ChangeKind_CHANGE_KIND_RETIMED,
	scheduler.Replaced: paybackv1.ChangeKind_CHANGE_KIND_REPLACED,
}

// changeMessage tells a difference without its appointments.
func changeMessage(d *scheduler.Difference) *paybackv1.PlanChange {
	return &paybackv1.PlanChange{
		Part: parts[d.Part], Kind: changeKinds[d.Kind], Subject: d.Subject, EventNumber: d.Event,
		Session: sessionText(d.Now), SessionBefore: sessionText(d.Was), ReplacedBy: d.Instead,
	}
}

// change tells a difference with its appointments.
func (w wall) change(d *scheduler.Difference) *paybackv1.PlanChange {
	m := changeMessage(d)
	if d.After != nil {
		m.Appointment = w.appointment(d.After)
	}
	if d.Before != nil {
		m.AppointmentBefore = w.appointment(d.Before)
	}
	return m
}

func kindMessages(all []scheduler.KindChange) []*paybackv1.KindChange {
	var out []*paybackv1.KindChange
	for _, k := range all {
		out = append(out, &paybackv1.KindChange{Kind: k.Kind, Added: count(k.New), Changed: count(k.Changed), Same: count(k.Same), Removed: count(k.Removed)})
	}
	return out
}
