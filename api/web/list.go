package web

import (
	"strings"

	"github.com/communitypayback/payback/model"
)

// ListDay is one day of the list.
type ListDay struct {
	Title, Reserves string
	Cards           []Card
}

// list gives the sessions day by day: the view that needs no width.
func (b *boardMaker) list() []ListDay {
	byDay := map[model.Date][]Card{} // looked up only
	for _, e := range b.shown {
		c := b.cards[e]
		who := c.Supervisors
		if who == "" {
			who = strings.ToLower(unledRow)
		}
		byDay[e.key.Date] = append(byDay[e.key.Date], c.in(e.key.Date, who+", "+string(e.key.Project), e.key.Start))
	}
	var out []ListDay
	for _, d := range b.days {
		day := ListDay{Title: shortDate(d), Cards: byDay[d]}
		var free spare
		for i := range b.Snapshot.Teams {
			if c := b.Snapshot.Teams[i].Code; b.holds(c) {
				n := b.spare[onDay[model.TeamCode]{c, d}]
				free.supervisors, free.minibuses = free.supervisors+n.supervisors, free.minibuses+n.minibuses
			}
		}
		day.Reserves = "Reserves: " + strings.ToLower(free.String()) + "."
		out = append(out, day)
	}
	return out
}
