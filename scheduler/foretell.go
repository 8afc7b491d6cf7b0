package scheduler

import (
	"fmt"
	"strings"
	"time"

	"github.com/communitypayback/payback/model"
)

// say puts a forecast into words.
func (x *Forecast) say(sn *model.Snapshot, q *model.Requirement) {
	left := hours(x.Left)
	switch x.State {
	case ForecastComplete:
		x.Answer = "Nothing is left to work."
		if x.Left > 0 {
			x.Answer = "The requirement is recorded as complete, with " + left + " left."
		}
	case ForecastSuspended:
		x.Answer = fmt.Sprintf("The requirement is %s, so no work is offered and no finish can be foretold; %s are left.", statusWords(q.Status), left)
	case ForecastEnded:
		x.Answer = fmt.Sprintf("The order ended on %s with %s left.", day(x.HardEnd), left)
	case ForecastNoOffers:
		x.Answer = fmt.Sprintf("No place was offered in the last %d weeks and none is planned, so no finish can be foretold; %s are left.", x.OfferWeeks, left)
	case ForecastBeyond:
		x.Answer = fmt.Sprintf("At %s places a week no finish within six years is likely; %s are left.", hundredths(x.PerWeek), left)
	case ForecastRunning:
		late := "later than six years from now"
		if x.Late != 0 {
			late = day(x.Late)
		}
		x.Answer = fmt.Sprintf("Likely to finish about %s; 8 in 10 such people finish between %s and %s.", day(x.Likely), day(x.Early), late)
	}
	x.Answer += x.ends()
	if x.State == ForecastRunning || x.State == ForecastNoOffers || x.State == ForecastBeyond {
		x.Answer += fmt.Sprintf(" Needed: %s worked a week, %s offered.", hours(x.NeededMinutes), hours(x.NeededBooked))
	}
	x.Answer += " As of " + day(x.AsOf) + "."
	x.Assumes = x.assumptions(sn, q)
}

// ends tells the chances by the days that matter.
func (x *Forecast) ends() string {
	var b strings.Builder
	switch {
	case x.State == ForecastComplete:
	case x.PastTarget:
		fmt.Fprintf(&b, " The target date, %s, is past.", day(x.Target))
	case x.ByTarget >= 0:
		fmt.Fprintf(&b, " Chance by the target date, %s: %s.", day(x.Target), percent(x.ByTarget))
	}
	if x.ByHardEnd >= 0 {
		fmt.Fprintf(&b, " Chance by the end of the order, %s: %s.", day(x.HardEnd), percent(x.ByHardEnd))
	}
	return b.String()
}

// assumptions tells what dates rest on.
func (x *Forecast) assumptions(sn *model.Snapshot, q *model.Requirement) string {
	if x.State != ForecastRunning && x.State != ForecastBeyond {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "They come to %s of what they are offered (%s recorded), as until now, and a session credits %s.", percent(x.Chance), count(x.Outcomes, "outcome"), hours(x.Session))
	fmt.Fprintf(&b, " They are offered %s places a week: %s in the last %s of their own, and %d weeks of what others were offered.",
		hundredths(x.PerWeek), count(x.Offered, "place"), count(x.OfferWeeks, "week"), sn.Policy.ForecastOfferWeight)
	if x.Planned > 0 {
		fmt.Fprintf(&b, " %s they have been told of come first.", count(x.Planned, "place"))
	}
	if q.Inducted == 0 {
		b.WriteString(" Induction is not recorded; it is taken to happen at once.")
	}
	return b.String()
}

func day(d model.Date) string {
	y, m, n := d.Civil()
	return time.Date(y, m, n, 0, 0, 0, 0, time.UTC).Format("2 January 2006")
}

func hours(minutes int32) string {
	switch h, m := minutes/60, minutes%60; {
	case m == 0:
		return fmt.Sprintf("%d h", h)
	case h == 0:
		return fmt.Sprintf("%d min", m)
	default:
		return fmt.Sprintf("%d h %d min", h, m)
	}
}

// percent never claims certainty.
func percent(permille int32) string {
	switch {
	case permille < 10:
		return "under 1 %"
	case permille > 990:
		return "over 99 %"
	default:
		return fmt.Sprintf("%d %%", (permille+5)/10)
	}
}

func hundredths(n int32) string { return fmt.Sprintf("%d.%02d", n/100, n%100) }

func count(n int32, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func statusWords(s model.Status) string {
	switch s {
	case model.Suspended:
		return "suspended"
	case model.Breach:
		return "in breach proceedings"
	case model.AwaitingAssessment:
		return "awaiting assessment"
	default:
		return "not active"
	}
}
