package model

import "github.com/communitypayback/payback/model/policy"

// attendancePolicy checks what is assumed of coming to sessions and of finishing.
func (f *faults) attendancePolicy(b *policy.Book) {
	f.checkf(b.AttendanceLeast <= b.AttendanceMost && b.AttendanceMost <= 1000, "policy attendance.most: found %d after a least of %d; expected at least that and at most 1000",
		b.AttendanceMost, b.AttendanceLeast)
	for _, x := range []struct {
		clause string
		value  int32
		most   int32
		what   string
	}{
		{"urgency.attendance-weight", b.AttendanceWeight, 10_000, "0 to 10,000 outcomes"},
		{"attendance.region-weight", b.AttendanceRegionWeight, 10_000, "0 to 10,000 outcomes"},
		{"attendance.effect-weight", b.AttendanceEffectWeight, 10_000, "0 to 10,000 outcomes"},
		{"attendance.individual", b.AttendanceIndividual, 1000, "0 to 1000"},
		{"attendance.ete", b.AttendanceETE, 1000, "0 to 1000"},
		{"attendance.induction", b.AttendanceInduction, 1000, "0 to 1000"},
		{"attendance.first", b.AttendanceFirst, 1000, "0 to 1000"},
		{"attendance.monday", b.AttendanceMonday, 1000, "0 to 1000"},
		{"attendance.winter", b.AttendanceWinter, 1000, "0 to 1000"},
		{"attendance.far", b.AttendanceFar, 1000, "0 to 1000"},
		{"attendance.winter-from", b.AttendanceWinterFrom, 12, "a month, 1 to 12"},
		{"attendance.winter-to", b.AttendanceWinterTo, 12, "a month, 1 to 12"},
		{"attendance.group-tolerance", b.AttendanceGroupTolerance, 1000, "0 to 1000"},
		{"forecast.offer-weeks", b.ForecastOfferWeeks, 520, "0 to 520 weeks"},
		{"forecast.offer-weight", b.ForecastOfferWeight, 520, "0 to 520 weeks"},
		{"forecast.review-first", b.ReviewFirstMonths, 1200, "0 to 1200 months"},
		{"forecast.review-second", b.ReviewSecondMonths, 1200, "0 to 1200 months"},
		{"forecast.review-notice", b.ReviewNoticeDays, 3650, "0 to 3650 days"},
		{"forecast.induction", b.InductionWorkingDays, 1000, "0 to 1000 working days"},
		{"forecast.first-session", b.FirstSessionDays, 1000, "0 to 1000 working days"},
	} {
		f.checkf(x.value <= x.most, "policy %s: found %d; expected %s", x.clause, x.value, x.what)
	}
}

// attendance checks what freezing found in the record.
func (f *faults) attendance(a *Attendance) {
	of := named("the region")
	f.within(of, "a mean attendance in permille", a.Mean, 0, 1000)
	for _, x := range []struct {
		of    string
		value int32
	}{
		{"individual placements", a.Effects.Individual}, {"education", a.Effects.ETE}, {"induction", a.Effects.Induction}, {"a first session", a.Effects.First},
		{"Mondays", a.Effects.Monday}, {"winter", a.Effects.Winter}, {"a long way", a.Effects.Far},
	} {
		f.within(of, "an effect of "+x.of, x.value, -1000, 1000)
	}
}
