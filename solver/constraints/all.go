package constraints

import "github.com/communitypayback/payback/solver"

// All is the catalogue in its order: what must hold first, then what is priced. It is never changed.
var All = []*solver.Constraint{
	Availability,
	OnePlace,
	WeeklyHours,
	ETELimit,
	OrderDates,
	RiskOfHarm,
	RiskToChildren,
	RiskSexual,
	RiskFlags,
	ExclusionZone,
	KeepApart,
	NotTheOnlyWoman,
	SupervisorGender,
	Supervision,
	SupervisorDuty,
	Minibus,
	WetPlan,
	Places,
	Riders,
	GroupMinimum,
	TravelLimit,
	Health,
	ProjectTerms,
	PrayerBreaks,
	IndividualPlacement,
	KeepFixed,

	Urgency,
	Attendance,
	Change,
	Travel,
	Opening,
	Rain,
	FemaleSupervisor,
	Continuity,
	Weekends,
	Coordinators,
}
