package exchange

import (
	"fmt"
	"strconv"

	"github.com/communitypayback/payback/model/policy"
)

// checkOrder holds the length of a court order to the jurisdiction and gives it its target date.
func checkOrder(o policy.Orders, p *personRow) []cellFault {
	n := &p.need
	if n.Target == 0 {
		n.Target = n.Sentenced.AddMonths(int(o.MonthsFor(n.Required)))
		if o.ByCourt && n.HardEnd != 0 {
			n.Target = n.HardEnd
		}
	}
	n.Target = max(n.Target, p.extended)
	p.extended = 0

	least, most := o.Shortest/60, o.Longest/60
	next := ""
	switch {
	case n.Required >= o.Shortest && n.Required <= o.Longest:
		return nil
	case n.Required >= least && n.Required <= most: // surely hours
		next = fmt.Sprintf("did you mean %d?", n.Required*60)
	case n.Required > o.Longest && n.Required%60 == 0 && n.Required/60 >= o.Shortest && n.Required/60 <= o.Longest: // surely seconds
		next = fmt.Sprintf("did you mean %d?", n.Required/60)
	}
	return []cellFault{{
		column: "required_minutes", found: strconv.Itoa(int(n.Required)),
		fault: fault{fmt.Sprintf("outside %d to %d hours", least, most),
			fmt.Sprintf("minutes; a court order is %d to %d hours, that is %d to %d minutes", least, most, o.Shortest, o.Longest), next},
	}}
}
