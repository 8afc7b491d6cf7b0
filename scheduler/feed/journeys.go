package feed

import (
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/model/policy"
)

// Journey is a way that a week's plan may look at.
type Journey struct {
	From, To geo.Place
	Mode     geo.Mode
}

// farther is how many times the travel limit a way may be estimated to take before it is not worth asking for: no road makes
// it short enough to be used.
const farther = 2

// Journeys lists the ways that plans of a region look at, each once: everybody who has work to do, by their own means, to
// every site and stop; supervisors from home to every site; and minibuses and cars between depots, stops and sites, both
// ways. Left out are ways with an unknown end, and those far beyond any travel limit.
func Journeys(f *model.Facts, p *policy.Profile, on model.Date) []Journey {
	var (
		book          = p.On(on.String())
		pace          = model.Pace(book)
		most          = farther * max(book.TravelMaxMinutes, book.RemoteMaxMinutes)
		out           []Journey
		sites, around []geo.Place
	)
	add := func(m geo.Mode, from, to geo.Place) {
		if from.At.Known() && to.At.Known() && from.Code != to.Code && pace.Minutes(m, from.At, to.At) <= most {
			out = append(out, Journey{from, to, m})
		}
	}
	for i := range f.Projects {
		sites = append(sites, f.Projects[i].At())
	}
	for i := range f.Stops {
		around = append(around, f.Stops[i].Place())
	}
	for i := range f.People {
		who := &f.People[i]
		if !slices.ContainsFunc(who.Requirements, func(r model.Requirement) bool { return r.Status == model.Active && r.Remaining() > 0 }) {
			continue
		}
		for _, to := range slices.Concat(sites, around) {
			add(who.Mode, who.At(), to)
		}
	}
	for i := range f.Supervisors {
		for _, to := range sites {
			add(geo.Car, f.Supervisors[i].At(), to)
		}
	}
	around = append(around, sites...)
	for i := range f.Minibuses {
		around = append(around, f.Minibuses[i].At())
	}
	for _, from := range around {
		for _, to := range around {
			add(geo.Car, from, to)
		}
	}
	return out
}
