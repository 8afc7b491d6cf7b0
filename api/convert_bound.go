package api

import (
	"bytes"

	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/scheduler"
)

// boundMessage says how much better any roster could be than one of a value; nil: that is not known.
func boundMessage(b *scheduler.Bounded, value int64) *paybackv1.PlanBound {
	if b == nil {
		return nil
	}
	return &paybackv1.PlanBound{MostMillipoints: b.Most, GapHundredthsPercent: b.Gap(value), GapTenthPlacements: b.Placements(value), RulesLeftOut: b.LeftOut}
}

func shadowMessages(all []scheduler.ShadowPrice) []*paybackv1.ShadowPrice {
	var out []*paybackv1.ShadowPrice
	for i := range all {
		p := &all[i]
		m := &paybackv1.ShadowPrice{Date: dateText(p.Date), Area: p.Area, Resource: string(p.Resource), Sessions: count(p.Sessions), WorthMinutes: p.Worth}
		if p.AtMost >= 0 {
			m.AtMostMinutes = &p.AtMost
		}
		out = append(out, m)
	}
	return out
}

// certificateMessage tells a proof, with the file that holds it.
func certificateMessage(c *scheduler.Certified) (*paybackv1.GetCertificateResponse, error) {
	var file bytes.Buffer
	if err := c.Write(&file); err != nil {
		return nil, err
	}
	return &paybackv1.GetCertificateResponse{File: file.Bytes(), Certificate: &paybackv1.Certificate{
		Region: c.Snapshot.Region, Week: c.Snapshot.Week.String(), InputDigest: c.Input, RosterDigest: c.Roster, ValueMillipoints: c.Value,
		Bound: boundMessage(c.Bounded(), c.Value),
	}}, nil
}
