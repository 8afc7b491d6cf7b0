package feed

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/scheduler"
)

// Forecaster answers how likely rain is.
type Forecaster interface {
	// Rain gives the days of a span that it knows, in order.
	Rain(ctx context.Context, at geo.Point, from, to model.Date, zone string) ([]DayOfRain, error)
	// Source names the service, as weather.csv has it.
	Source() string
}

// DayOfRain is the chance of rain on a day.
type DayOfRain struct {
	Date     model.Date
	Permille int32
}

// Area is a weather area and the place that speaks for it.
type Area struct {
	Name string
	At   geo.Point
}

// perDegreeOfArea rounds the middle of an area to about a kilometre.
const perDegreeOfArea = 100

// Areas lists the weather areas of a region's projects, by name, each with the middle of its sites. Those without a site of a
// known position are listed apart.
func Areas(f *model.Facts) (known []Area, nowhere []string) {
	sites := map[string][]geo.Point{} // looked up, and sorted before it reaches anything
	for i := range f.Projects {
		p := &f.Projects[i]
		name := p.WeatherArea
		if j := slices.IndexFunc(f.Teams, func(t model.Team) bool { return t.Code == p.Team }); name == "" && j >= 0 {
			name = f.Teams[j].WeatherArea
		}
		if name == "" {
			continue
		}
		if sites[name] == nil {
			sites[name] = []geo.Point{}
		}
		if p.Site.Known() {
			sites[name] = append(sites[name], p.Site)
		}
	}
	for name, points := range sites {
		if len(points) == 0 {
			nowhere = append(nowhere, name)
			continue
		}
		known = append(known, Area{name, middle(points)})
	}
	slices.Sort(nowhere)
	slices.SortFunc(known, func(a, b Area) int { return cmp.Compare(a.Name, b.Name) })
	return known, nowhere
}

func middle(points []geo.Point) (m geo.Point) {
	for _, p := range points {
		m.Latitude += p.Latitude / float64(len(points))
		m.Longitude += p.Longitude / float64(len(points))
	}
	round := func(x float64) float64 { return math.Round(x*perDegreeOfArea) / perDegreeOfArea }
	return geo.Point{Latitude: round(m.Latitude), Longitude: round(m.Longitude)}
}

// Weather asks for the chance of rain in each area on the days from one to another. Areas for which there is no answer are told in
// findings. Services do not say when they worked a forecast out, so it counts as issued when it was asked for.
func Weather(ctx context.Context, f Forecaster, areas []Area, from, to model.Date, zone string, now time.Time) ([]model.Outlook, []scheduler.Finding, error) {
	var out []model.Outlook
	var found []scheduler.Finding
	issued := now.UTC().Format(time.RFC3339)
	for _, a := range areas {
		days, err := f.Rain(ctx, a.At, from, to, zone)
		switch {
		case ctx.Err() != nil:
			return out, found, ctx.Err()
		case err != nil:
			found = append(found, noForecast(a.Name, err.Error()))
			continue
		case len(days) == 0:
			found = append(found, noForecast(a.Name, "the service knows none"))
		}
		for _, d := range days {
			out = append(out, model.Outlook{WeatherArea: a.Name, Date: d.Date, RainPermille: d.Permille, IssuedAt: issued, Source: f.Source()})
		}
	}
	return out, found, nil
}

func noForecast(area, why string) scheduler.Finding {
	return scheduler.Finding{Kind: scheduler.FindingNoForecast, Subject: area, Text: fmt.Sprintf("No forecast for weather area %s: %s.", area, why)}
}
