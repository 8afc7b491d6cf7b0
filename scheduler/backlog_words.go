package scheduler

import (
	"fmt"

	"github.com/communitypayback/payback/model"
)

// why says in a sentence what makes something due, where the kind does not.
func (t *foreteller) why(d Due, q *model.Requirement, x *BacklogPerson) string {
	absences := t.clocks.absences[order{x.CRN, q.Event}]
	switch d.Kind {
	case DueEvidence:
		return fmt.Sprintf("%s, the last on %s; this one counts unless it is explained by then.", count(int32(len(absences)), "unacceptable absence"), day(absences[len(absences)-1]))
	case DueBreach:
		return fmt.Sprintf("%s since %s; %d are a breach.", count(int32(len(absences)), "unacceptable absence"), day(absences[0]), t.Policy.BreachAbsences)
	case DueExtension:
		return extensionWords(q, x)
	case DueSixMonth, DueNineMonth:
		if x.Band == BandUnlikely || x.Band == BandPast {
			return "They are unlikely to finish by the target date, " + day(q.Target) + "."
		}
	case DueInduction, DueFirstSession: // the kind says it
	}
	return ""
}

// extensionWords says why the court is to be asked for more time, and how much it can give.
func extensionWords(q *model.Requirement, x *BacklogPerson) string {
	s := fmt.Sprintf("%s are left on %s, the target date", hours(x.Left), day(q.Target))
	switch {
	case x.PastTarget:
		s = fmt.Sprintf("%s are left, and the target date, %s, is past", hours(x.Left), day(q.Target))
	case x.ByTarget >= 0:
		s = fmt.Sprintf("%s are left, and the chance to finish by the target date, %s, is %s", hours(x.Left), day(q.Target), percent(x.ByTarget))
	}
	switch {
	case q.HardEnd == 0:
		return s + "."
	case q.HardEnd <= q.Target && q.Order == model.SuspendedSentenceOrder:
		return s + "; the suspended sentence ends then too, and no extension can pass it."
	case q.Order == model.SuspendedSentenceOrder:
		return fmt.Sprintf("%s; no extension can pass the end of the suspended sentence, %s.", s, day(q.HardEnd))
	default:
		return fmt.Sprintf("%s; the order ends on %s.", s, day(q.HardEnd))
	}
}
