package instance

import "github.com/communitypayback/payback/model"

// drawRequirements gives a person one requirement, and a few a second, younger one.
func (m *maker) drawRequirements(d dice, s *someone) {
	event := int32(d.of([]int{700, 200, 100}) + 1)
	r := m.requirement(d, event)
	s.Requirements = append(s.Requirements, r)
	s.budget = int(r.Completed - r.ETEDone)
	if d.chance(30) {
		second := m.requirement(d, event+1)
		second.Required = int32(d.between(4, 8) * 600)
		second.Completed, second.ETEDone, second.Adjustment = 0, 0, 0
		second.Status, second.Sentenced = model.Active, max(r.Sentenced, m.monday-model.Date(d.between(20, 200)))
		second.Inducted = r.Inducted
		if second.Inducted != 0 {
			second.Inducted = max(second.Inducted, second.Sentenced+3)
		}
		second.Target = second.Sentenced.AddMonths(monthsToTarget)
		second.HardEnd = 0
		s.Requirements = append(s.Requirements, second)
	}
	for i := range s.Requirements {
		m.addReviews(d, s, &s.Requirements[i])
	}
}

func (m *maker) requirement(d dice, event int32) model.Requirement {
	r := model.Requirement{Event: event}
	r.Order = drawOrder(d)
	r.Status = []model.Status{model.Active, model.Suspended, model.AwaitingAssessment, model.Breach, model.Complete}[d.of(statuses)]
	r.Required = drawMinutes(d)
	late := pastTarget
	if m.is(Stressed) {
		late = pastStressed
	}
	past := d.chance(late)
	fresh := d.chance(notStarted - neverCame)
	switch r.Status {
	case model.AwaitingAssessment:
		past, fresh = false, true
	case model.Complete:
		fresh = false
	}
	share := d.from(&shareRemaining)
	switch {
	case r.Status == model.Complete:
		r.Completed = r.Required
	case !fresh:
		// Whole half hours, at least one, never all.
		r.Completed = min(max(r.Required*int32(10000-share)/10000/30*30, 30), r.Required-30)
	}
	m.drawDates(d, &r, past, fresh)
	if r.Completed > 600 && d.chance(150) {
		r.ETEDone = min(r.Completed/2, r.Required*int32(d.between(2, 25))/100) / 30 * 30
	}
	if d.chance(80) {
		r.Adjustment = int32(pick(d, []int{-120, -60, -30, 30, 60, 120, 420}))
		r.Adjustment = max(r.Adjustment, r.Completed-r.Required)
	}
	return r
}

// drawOrder draws the kind of an order.
func drawOrder(d dice) model.OrderType {
	return []model.OrderType{model.CommunityOrder, model.SuspendedSentenceOrder, model.OtherOrder}[d.of(commonOrder)]
}

// drawMinutes draws how long an order is.
func drawMinutes(d dice) int32 {
	band := d.of(orderBands)
	tens := d.between(hourBands[band][0]/10, hourBands[band][1]/10)
	if band == len(hourBands)-1 {
		for range bandTopShapesIn - 1 {
			tens = min(tens, d.between(hourBands[band][0]/10, hourBands[band][1]/10))
		}
	}
	return int32(tens) * 600
}

// drawDates sets the sentence so that the work done fits between it and the week, and what follows from it.
func (m *maker) drawDates(d dice, r *model.Requirement, past, fresh bool) {
	var ago int
	switch {
	case past:
		ago = d.between(367, 620)
	case fresh:
		ago = d.between(1, 45)
	default:
		const pace = 840 // minutes a week at the fastest
		ago = min(363, max(d.between(28, 363), 21+int(r.Completed)*7/pace))
	}
	r.Sentenced = m.monday - model.Date(ago)
	r.Target = r.Sentenced.AddMonths(monthsToTarget)
	if !past && !fresh && d.chance(40) { // extended: sentenced more than a year ago, target still ahead
		r.Sentenced -= 200
		r.Target = m.monday + model.Date(d.between(20, 150))
	}
	if !fresh || r.Status != model.AwaitingAssessment && ago > 3 && d.chance(500) {
		r.Inducted = min(r.Sentenced+model.Date(d.between(2, 14)), m.monday-1)
	}
	if d.chance(hardEnds) {
		for months := pick(d, hardEndMonths); r.HardEnd < m.monday+7; months += 6 {
			r.HardEnd = max(r.Target, r.Sentenced.AddMonths(months))
		}
	}
}

func (m *maker) addReviews(d dice, s *someone, r *model.Requirement) {
	for _, review := range []struct {
		kind   string
		months int
	}{{"nine_month", 9}, {"six_month", 6}} {
		on := r.Sentenced.AddMonths(review.months) + model.Date(d.between(0, 14))
		if on < m.monday && d.chance(700) {
			m.facts.Reviews = append(m.facts.Reviews, model.Review{CRN: s.CRN, Event: r.Event, Kind: review.kind, DoneOn: on})
		}
	}
}
