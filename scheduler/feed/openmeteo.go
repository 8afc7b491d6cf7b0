package feed

import (
	"context"
	"fmt"
	"net/url"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

// OpenMeteo asks a forecast service of Open-Meteo: the hosted one, whose free use is not for every purpose, or one's own.
type OpenMeteo struct{ client *Client }

// NewOpenMeteo gives a provider that asks the service at an address.
func NewOpenMeteo(address string) (*OpenMeteo, error) {
	c, err := NewClient(address)
	if err != nil {
		return nil, err
	}
	return &OpenMeteo{client: c}, nil
}

// Open reports whether what is asked can be read on the way.
func (o *OpenMeteo) Open() bool { return o.client.Open() }

// Source names the data as their licence (CC BY 4.0) asks for.
func (o *OpenMeteo) Source() string { return "Open-Meteo.com" }

// daily is the answer of a forecast service: one entry a day in each list.
type daily struct {
	Reason string `json:"reason"`
	Daily  struct {
		Time   []string   `json:"time"`
		Chance []*float64 `json:"precipitation_probability_max"` // percent; null: not known
	} `json:"daily"`
}

// reason is not passed on: it may repeat what was asked.
func (d *daily) reason() string { return "" }

// Rain asks for the chance of rain on each day from one to another, by the clocks of a zone.
func (o *OpenMeteo) Rain(ctx context.Context, at geo.Point, from, to model.Date, zone string) ([]DayOfRain, error) {
	var d daily
	err := o.client.get(ctx, "/v1/forecast", url.Values{
		"latitude": {fmt.Sprintf("%.2f", at.Latitude)}, "longitude": {fmt.Sprintf("%.2f", at.Longitude)},
		"daily": {"precipitation_probability_max"}, "timezone": {zone}, "start_date": {from.String()}, "end_date": {to.String()},
	}, &d)
	if err != nil {
		return nil, err
	}
	if len(d.Daily.Time) != len(d.Daily.Chance) || len(d.Daily.Time) > int(to-from)+1 {
		return nil, o.client.fault("answers with other days than were asked for", nil)
	}
	var out []DayOfRain
	for i, s := range d.Daily.Time {
		day, err := model.ParseDate(s)
		if err != nil || day < from || day > to || len(out) > 0 && day <= out[len(out)-1].Date {
			return nil, o.client.fault("answers with other days than were asked for", nil)
		}
		if p := d.Daily.Chance[i]; p != nil && *p >= 0 && *p <= 100 {
			out = append(out, DayOfRain{Date: day, Permille: int32(*p*10 + 0.5)})
		}
	}
	return out, nil
}
