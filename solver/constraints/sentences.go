package constraints

import (
	"fmt"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
)

// What the sentences of several rules share.

// when says a session as people read it.
func when(k model.SessionKey) string {
	return fmt.Sprintf("%s on %s at %s", k.Project, k.Date, k.Start)
}

// who says whom a case is about.
func who(v solver.Violation) string {
	var names []string
	for _, c := range v.People {
		names = append(names, string(c))
	}
	for _, c := range v.Supervisors {
		names = append(names, "supervisor "+string(c))
	}
	for _, c := range v.Minibuses {
		names = append(names, "minibus "+string(c))
	}
	return join(names)
}

// whither says which sessions a case is about.
func whither(v solver.Violation) string {
	var names []string
	for _, k := range v.Sessions {
		names = append(names, when(k))
	}
	return join(names)
}

// join lists a few things and counts the rest.
func join(names []string) string {
	const said = 4
	switch n := len(names); {
	case n == 0:
		return "nobody"
	case n == 1:
		return names[0]
	case n > said:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:said], ", "), n-said)
	default:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
}

// count says a number of things.
func count(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// percent says a chance in parts of model.Sure, rounded up to a tenth.
func percent(part int64) string {
	return permille((part*1000 + model.Sure - 1) / model.Sure)
}

// permille says a chance that policy gives.
func permille(tenths int64) string {
	return fmt.Sprintf("%d.%d %%", tenths/10, tenths%10)
}

// points says a price in points: minutes of on-time work.
func points(millipoints int64) string {
	sign := ""
	if millipoints < 0 {
		sign, millipoints = "-", -millipoints
	}
	return fmt.Sprintf("%s%d.%d points", sign, millipoints/1000, millipoints%1000/100)
}
