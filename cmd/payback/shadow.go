package main

import (
	"context"
	"fmt"
	"runtime"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// pricesCommand tells shadow prices.
type pricesCommand struct {
	askFlags
	Steps int  `default:"100" placeholder:"100" help:"How far the bound is lowered first: more steps take longer and give better prices."`
	All   bool `help:"Also list what would add nothing."`
}

// shadowPrice is one line of what is told.
type shadowPrice struct {
	Date     string `json:"date"`
	Area     string `json:"area"`
	Resource string `json:"one_more"`
	Sessions int    `json:"sessions"`
	Worth    int64  `json:"worth_minutes"`
	AtMost   *int64 `json:"at_most_minutes"` // null: not known
}

func shadowLine(p scheduler.ShadowPrice) shadowPrice {
	l := shadowPrice{Date: p.Date.String(), Area: p.Area, Resource: string(p.Resource), Sessions: p.Sessions, Worth: p.Worth}
	if p.AtMost >= 0 {
		l.AtMost = &p.AtMost
	}
	return l
}

// mostPriceSteps is how many steps can be asked for.
const mostPriceSteps = 10_000

// Run tells them.
func (c *pricesCommand) Run(ctx context.Context, m *Main) error {
	if c.Steps < 1 || c.Steps > mostPriceSteps {
		return model.Errorf(model.CodeUsage, "--steps: found %d; expected 1 to %d.", c.Steps, mostPriceSteps)
	}
	return c.ask(ctx, m, "", func(x *asked) error {
		m.progress.step("Finding prices", 0, 0)
		found, err := x.ShadowPrices(ctx, c.Steps, runtime.GOMAXPROCS(0))
		m.progress.stop()
		if err != nil {
			return err
		}
		var lines []shadowPrice
		for i := range found.Prices {
			p := &found.Prices[i]
			if p.Worth == 0 && !c.All {
				continue
			}
			lines = append(lines, shadowLine(*p))
		}
		if err := writeList(m, lines, shadowColumns); err != nil {
			return err
		}
		if m.cli.Output != "table" {
			return nil
		}
		var b strings.Builder
		for _, line := range wrap(pricesText(found, len(lines)), tableWidth) {
			fmt.Fprintln(&b, line)
		}
		lacking, err := x.Lacking()
		if err != nil {
			return err
		}
		if lacking.Without > 0 {
			fmt.Fprintln(&b)
			tellLacking(&b, "", scheduler.LackingText(lacking))
		}
		_, err = fmt.Fprint(m.Stdout, b.String())
		return err
	})
}

// pricesText says what the figures mean.
func pricesText(found *scheduler.ShadowPrices, lines int) string {
	text := "Minutes of on-time work in the week that one more would add, as the bound's prices estimate it. "
	if lines == 0 {
		text = "One more of anything would add nothing, as the bound's prices estimate it. "
	}
	for i := range found.Prices {
		if found.Prices[i].AtMost < 0 {
			return text + "The roster breaks rules that it need not break, so nothing is certain. See payback check."
		}
	}
	return text + fmt.Sprintf("\"At most\" is certain: no roster of the week with one more is worth more than this roster by so much. It holds the %s minutes "+
		"by which a roster may be better as things are.", thousands((max(0, found.Bound.Most-found.Value)+999)/1000))
}

var shadowColumns = []column[shadowPrice]{
	{name: "date", cell: func(p shadowPrice) string { return p.Date }},
	{name: "area", cell: func(p shadowPrice) string { return p.Area }},
	{name: "one_more", cell: func(p shadowPrice) string { return p.Resource }},
	{name: "sessions", cell: func(p shadowPrice) string { return fmt.Sprint(p.Sessions) }, right: true},
	{name: "worth_minutes", cell: func(p shadowPrice) string { return fmt.Sprint(p.Worth) }, right: true},
	{name: "at_most_minutes", cell: func(p shadowPrice) string {
		if p.AtMost == nil {
			return ""
		}
		return fmt.Sprint(*p.AtMost)
	}, right: true},
}
