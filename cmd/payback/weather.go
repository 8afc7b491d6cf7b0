package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler/feed"
)

// weatherCommand is about how likely rain is.
type weatherCommand struct {
	Fetch weatherFetch `cmd:"" help:"Ask a forecast service how likely rain is."`
}

// weatherFetch asks for the chance of rain in each weather area.
type weatherFetch struct {
	feedFlags
	OpenMeteo string `name:"open-meteo" placeholder:"URL" help:"A forecast service of Open-Meteo, as in https://api.open-meteo.com, whose free use is for non-commercial purposes. The middle of each weather area's sites goes there."`
	Days      int    `default:"14" placeholder:"14" help:"How many days are asked for, from today: 1 to 16."`
}

// forecastsFetched is the answer of weather fetch.
type forecastsFetched struct {
	Areas []string `json:"weather_areas"`
	Days  int      `json:"forecasts"` // one for each area and day
	Into  string   `json:"into"`      // empty: nothing was written
}

// Run asks and writes.
func (c *weatherFetch) Run(ctx context.Context, m *Main) (err error) {
	if c.OpenMeteo == "" {
		return model.Errorf(model.CodeUsage, "Which forecast service? Give its address, as in --open-meteo https://api.open-meteo.com.")
	}
	if err := within("--days", c.Days, 1, 16); err != nil {
		return err
	}
	service, err := feed.NewOpenMeteo(c.OpenMeteo)
	if err != nil {
		return err
	}
	p, err := c.open(ctx, m)
	if err != nil {
		return err
	}
	defer func() { err = p.close(ctx, err) }()
	areas, nowhere := feed.Areas(p.facts)
	for _, name := range nowhere {
		m.take(fmt.Sprintf("No forecast for weather area %s: none of its projects has a position.", name))
	}
	x := forecastsFetched{Areas: orEmpty(convert(areas, func(a feed.Area) string { return a.Name }))}
	if c.DryRun {
		return writeOne(m, x, func(x forecastsFetched) error {
			_, err := fmt.Fprintf(m.Stdout, "%s would be asked for. Nothing was asked or written.\n", count(len(x.Areas), "weather area"))
			return err
		})
	}
	m.warnOpen(service.Open())
	m.progress.step("Asking", 0, 0)
	outlooks, found, err := feed.Weather(ctx, service, areas, p.today, p.today+model.Date(c.Days-1), p.profile.Zone, m.Now())
	m.progress.stop()
	for _, f := range found {
		m.take(f.Text)
	}
	if err != nil {
		return err
	}
	if x.Days = len(outlooks); x.Days == 0 {
		return model.Errorf(model.CodeUnavailable, "Nothing was written, because there is no forecast.")
	}
	if x.Into, err = p.keep(ctx, m, &model.Facts{Outlooks: p.withOutlooks(outlooks)}, "forecasts from a weather service"); err != nil {
		return err
	}
	return writeOne(m, x, func(x forecastsFetched) error {
		_, err := fmt.Fprintf(m.Stdout, "%s for %s written into %s.\nWeather data by %s, CC BY 4.0: https://open-meteo.com/\n",
			count(x.Days, "forecast"), count(len(x.Areas), "weather area"), x.Into, service.Source())
		return err
	})
}

// withOutlooks gives new forecasts, and where a file is written anew those that it has of other days and areas.
func (p *feedPlace) withOutlooks(fresh []model.Outlook) []model.Outlook {
	if p.desk != nil {
		return fresh
	}
	same := func(a, b model.Outlook) bool { return a.WeatherArea == b.WeatherArea && a.Date == b.Date }
	out := slices.Clone(fresh)
	for _, o := range p.facts.Outlooks {
		if !slices.ContainsFunc(fresh, func(n model.Outlook) bool { return same(o, n) }) {
			out = append(out, o)
		}
	}
	return out
}
