package model

import "github.com/communitypayback/payback/model/policy"

// Worth is the value of a week's work for one person (rules.md section 3) as a concave, piecewise linear function of the
// minutes booked. Slopes are millipoints a minute.
//
// With R the minutes that remain after published work, M a standard day, X the person's weekly maximum, W the whole weeks
// to the target (at least 1), a the chance of attending in permille kept in 50..950, and q = max(a, 250):
//
//	R+ = R rounded up to a multiple of M, so that the last short session keeps its worth
//	N  = min(X, 420) when past target, else min(X, ceil(1000 R / (W max(a, 400))))    the pace needed
//	P  = min(200, 1000 N / M)                                                         pressure
//	E  = 500 within 13 weeks of a hard end, else 0                                    the end of the order
//	A  = min(12000, 150 max(0, k - 6))                                                waiting, k weeks without an offer
//	s1 = floor(q (1000 + P + E + A) / 1000)    s2 = floor(q (1000 + P + E) / 1000)    s3 = floor(q 250 / 1000)
//	m  = min(booked, R+)
//	V  = s1 min(m, M) + s2 max(0, min(m, N) - M) + s3 max(0, m - max(M, N))
//
// Every constant is a value of the policy, chosen by playing regions forward (benchmarks/RESULTS-backlog.md).
type Worth struct {
	First, Pace, Beyond int64 // s1, s2, s3
	Day                 int32 // M, the end of the first tier
	Needed              int32 // N; the second tier ends at max(M, N)
	Cap                 int32 // R+; further minutes are worth nothing
}

// NewWorth works the function out for one requirement of a person in a week. A nil requirement is worth nothing.
func NewWorth(b *policy.Book, p *Person, r *Requirement, w Week, weekLimit int32) Worth {
	if r == nil {
		return Worth{Day: int32(b.WorthDayMinutes)}
	}
	var (
		m      = b.WorthDayMinutes
		left   = int64(r.Remaining())
		a      = min(max(int64(p.Attendance), int64(b.AttendanceLeast)), int64(b.AttendanceMost))
		q      = max(a, b.WorthAttendanceFloor)
		limit  = int64(weekLimit)
		monday = w.Monday()
		needed int64
	)
	if r.Target < monday {
		needed = min(limit, b.WorthLatePace)
	} else {
		weeks := max(1, int64(r.Target-monday)/7)
		per := weeks * max(a, b.WorthPaceFloor)
		needed = min(limit, (1000*left+per-1)/per)
	}
	pressure := min(b.WorthPressureMax, 1000*needed/m)
	end := int64(0)
	if r.HardEnd != 0 && int64(r.HardEnd-monday) < 7*b.WorthHardEndWeeks {
		end = b.WorthHardEnd
	}
	waiting := min(b.WorthWaitingMax, b.WorthWaitingWeek*max(0, int64(p.WeeksWaiting)-b.WorthWaitingFree))
	return Worth{
		First:  q * (b.WorthBase + pressure + end + waiting) / 1000,
		Pace:   q * (b.WorthBase + pressure + end) / 1000,
		Beyond: q * b.WorthBeyond / 1000,
		Day:    int32(m),
		Needed: int32(needed),
		Cap:    int32((left + m - 1) / m * m),
	}
}

// Of gives the value in millipoints of so many booked minutes.
func (v Worth) Of(booked int32) int64 {
	m := min(booked, v.Cap)
	return v.First*int64(min(m, v.Day)) +
		v.Pace*int64(max(0, min(m, v.Needed)-v.Day)) +
		v.Beyond*int64(max(0, m-max(v.Day, v.Needed)))
}
