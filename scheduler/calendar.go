package scheduler

import (
	"time"
	_ "time/tzdata" // so that the program knows the clock changes on any machine

	"github.com/communitypayback/payback/model"
)

// marginDays is how far a calendar reaches beyond the dates asked for: standing slots, spells and adjacent weeks lie well
// within it.
const marginDays = 400

// NewCalendar gives the calendar of an IANA time zone for the dates from one to another and 400 days either side. An
// unknown zone, or dates the wrong way round, give a [model.Error].
func NewCalendar(zone string, from, to model.Date) (model.Calendar, error) {
	place, err := time.LoadLocation(zone)
	if err != nil || zone == "" || zone == "Local" {
		return model.Calendar{}, &model.Error{Code: model.CodeInvalid, Err: err, Message: "found time zone \"" + zone +
			"\"; expected the name of an IANA time zone such as Europe/London; correct it in the policy profile"}
	}
	if to < from {
		return model.Calendar{}, model.Errorf(model.CodeInvalid,
			"found a calendar from %v to %v; expected the first date not after the last", from, to)
	}
	c := model.Calendar{Zone: zone}
	last := time.Unix(int64(to+marginDays)*86400, 0)
	for at := time.Unix(int64(from-marginDays)*86400, 0).In(place); ; {
		_, seconds := at.Zone()
		if n := len(c.Offsets); n == 0 || c.Offsets[n-1].Minutes != int32(seconds/60) {
			c.Offsets = append(c.Offsets, model.Offset{From: model.Instant(at.Unix() / 60), Minutes: int32(seconds / 60)})
		}
		_, end := at.ZoneBounds()
		if end.IsZero() || end.After(last) {
			return c, nil
		}
		if !end.After(at) {
			// Past the table of a zone, which ends in 2037, the bounds of some instants are empty.
			end = at.AddDate(0, 0, 1)
		}
		at = end
	}
}
