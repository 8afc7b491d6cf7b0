package model

import (
	"github.com/communitypayback/payback/model/policy"
	"github.com/communitypayback/payback/model/prayer"
)

// PrayerOptions gives the conventions of a policy by which times of prayer are told.
func PrayerOptions(b *policy.Book) prayer.Options {
	return prayer.Options{
		Method:       prayer.Method(b.PrayerMethod),
		Angles:       prayer.Angles{FajrTenths: b.PrayerFajrTenths, IshaTenths: b.PrayerIshaTenths, IshaMinutes: b.PrayerIshaMinutes},
		Asr:          prayer.Shadow(b.PrayerAsr),
		HighLatitude: prayer.HighLatitude(b.PrayerHighLatitude),
	}
}

// PrayerDay gives a date of the calendar as times of prayer are asked for.
func (c Calendar) PrayerDay(d Date) prayer.Day {
	const midday = 720
	y, m, day := d.Civil()
	return prayer.Day{Year: y, Month: m, Day: day, OffsetMinutes: int32(Instant(d)*1440 + midday - c.Instant(d, midday))}
}

// prayerPolicy checks the conventions of prayer and the figures of breaks.
func (f *faults) prayerPolicy(b *policy.Book) {
	for _, x := range []struct {
		clause string
		value  int32
		least  int32
		most   int32
	}{
		{"method", b.PrayerMethod, 0, int32(prayer.Methods) - 1},
		{"asr", b.PrayerAsr, 0, int32(prayer.Shadows) - 1},
		{"high-latitude", b.PrayerHighLatitude, 0, int32(prayer.HighLatitudes) - 1},
		{"outside", b.PrayerOutsideMinutes, 0, 1440},
		{"overlap", b.PrayerOverlapMinutes, 1, 60},
		{"margin", b.PrayerMarginMinutes, 0, 30},
		{"short", b.BreakShortMinutes, 1, 60},
		{"lunch", b.BreakLunchMinutes, 1, 120},
		{"lunch-shift", b.BreakLunchShift, 0, 1440},
		{"work", b.BreakWorkMinutes, 60, 1440},
	} {
		f.checkf(x.value >= x.least && x.value <= x.most, "policy prayer-breaks.%s: found %d; expected %d to %d", x.clause, x.value, x.least, x.most)
	}
	if prayer.Method(b.PrayerMethod) == prayer.Custom {
		if err := PrayerOptions(b).Validate(); err != nil {
			f.checkf(false, "policy prayer-breaks: %v", err)
		}
	}
}
