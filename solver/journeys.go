package solver

import (
	"math"
	"slices"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

// journeys are the travel times a week can need, in dense tables. Minutes never exceed [geo.Unreachable].
type journeys struct {
	projects int
	stops    int

	own     []int16 // person x project: out by their own means
	ownBack []int16
	rides   []bool  // person x project: rides a minibus there
	rideOut []int16 // person x project: way to the best stop and straight on by minibus; only where they ride, and to wet sites if they ride anywhere
	rideBk  []int16
	near    [][]nearStop // by person: the stops worth walking to, nearest first; at most nearStops of them
	supOut  []int16      // supervisor x project: by car from home

	// Nodes are stops, then projects, then depots.
	nodes   int
	driven  []int16 // node x node: minutes by car
	least   []int16 // by project: the shortest drive between it and any stop, either way
	fromAny []int16 // project x stop: the drive from the stop, side by side for all stops
	metresD []int32 // node x node: metres by road
}

// nearStop is a stop a person can reach by their own means.
type nearStop struct {
	stop      int16
	out, back int16
}

// nearStops bounds how many stops are considered for one person.
const nearStops = 12

func newJourneys(sn *model.Snapshot) journeys {
	var (
		j      = journeys{projects: len(sn.Projects), stops: len(sn.Stops)}
		n, np  = len(sn.People), len(sn.Projects)
		travel = sn.Travel
		places = make([]geo.Spot, 0, len(sn.Stops)+np+len(sn.Minibuses))
	)
	if travel == nil {
		travel = &geo.Matrix{}
	}
	for i := range sn.Stops {
		places = append(places, geo.NewSpot(sn.Stops[i].Place()))
	}
	for i := range sn.Projects {
		places = append(places, geo.NewSpot(sn.Projects[i].At()))
	}
	for i := range sn.Minibuses {
		places = append(places, geo.NewSpot(sn.Minibuses[i].At()))
	}
	j.nodes = len(places)
	j.driven, j.metresD = make([]int16, j.nodes*j.nodes), make([]int32, j.nodes*j.nodes)
	parallel(j.nodes, func(from int) {
		for to := range places {
			if from == to {
				continue
			}
			j.driven[from*j.nodes+to] = minutes16(travel.MinutesOf(geo.Car, &places[from], &places[to]))
			j.metresD[from*j.nodes+to] = travel.RoadMetresOf(&places[from], &places[to])
		}
	})
	j.least, j.fromAny = make([]int16, np), make([]int16, np*j.stops)
	for k := range j.least {
		j.least[k] = geo.Unreachable
		for s := range j.stops {
			from := j.driven[s*j.nodes+j.stops+k]
			j.fromAny[k*j.stops+s] = from
			j.least[k] = min(j.least[k], from, j.driven[(j.stops+k)*j.nodes+s])
		}
	}
	j.own, j.ownBack, j.rides = make([]int16, n*np), make([]int16, n*np), make([]bool, n*np)
	j.rideOut, j.rideBk, j.near = make([]int16, n*np), make([]int16, n*np), make([][]nearStop, n)
	parallel(n, func(i int) { j.fillPerson(sn, travel, i, places) })
	j.supOut = make([]int16, len(sn.Supervisors)*np)
	parallel(len(sn.Supervisors), func(i int) {
		home := geo.NewSpot(sn.Supervisors[i].At())
		for k := range np {
			j.supOut[i*np+k] = minutes16(travel.MinutesOf(geo.Car, &home, &places[j.stops+k]))
		}
	})
	return j
}

// fillPerson works out one person's rows.
func (j *journeys) fillPerson(sn *model.Snapshot, travel *geo.Matrix, i int, places []geo.Spot) {
	var (
		p      = &sn.People[i]
		home   = geo.NewSpot(p.At())
		anyone = false
	)
	for k := range j.projects {
		at := i*j.projects + k
		site := &places[j.stops+k]
		j.own[at] = minutes16(travel.MinutesOf(p.Mode, &home, site))
		if len(travel.Legs) == 0 {
			j.ownBack[at] = j.own[at]
		} else {
			j.ownBack[at] = minutes16(travel.MinutesOf(p.Mode, site, &home))
		}
		j.rides[at] = sn.Rides(p, &sn.Projects[k], int32(j.own[at]))
		anyone = anyone || j.rides[at]
	}
	if !anyone {
		return
	}
	ways := j.waysToStops(travel, p.Mode, &home, places)
	for k := range j.projects {
		at := i*j.projects + k
		if host := &sn.Projects[k]; !j.rides[at] && (host.Exposure != model.Indoor || host.WetPlaces == 0) {
			continue
		}
		out, back, least := int32(geo.Unreachable), int32(geo.Unreachable), int32(j.least[k])
		from, to := j.fromAny[k*j.stops:(k+1)*j.stops], j.driven[(j.stops+k)*j.nodes:(j.stops+k+1)*j.nodes]
		for _, w := range ways {
			if int32(w.out)+least >= out && int32(w.back)+least >= back && len(travel.Legs) == 0 {
				break // no later stop can be better: ways are sorted
			}
			out = min(out, int32(w.out)+int32(from[w.stop]))
			back = min(back, int32(w.back)+int32(to[w.stop]))
		}
		j.rideOut[at], j.rideBk[at] = minutes16(out), minutes16(back)
	}
	j.near[i] = slices.Clone(ways[:min(nearStops, len(ways))])
}

// waysToStops lists the ways from home to all stops and back, the shortest first.
func (j *journeys) waysToStops(travel *geo.Matrix, mode geo.Mode, home *geo.Spot, places []geo.Spot) []nearStop {
	order := make([]uint32, j.stops) // minutes and stop in one number, because numbers sort fastest
	for s := range order {
		order[s] = uint32(minutes16(travel.MinutesOf(mode, home, &places[s])))<<16 | uint32(s)
	}
	slices.Sort(order)
	ways := make([]nearStop, j.stops)
	for i, x := range order {
		stop, out := int16(x&math.MaxUint16), int16(x>>16)
		ways[i] = nearStop{stop, out, out}
		if len(travel.Legs) > 0 {
			ways[i].back = minutes16(travel.MinutesOf(mode, &places[stop], home))
		}
	}
	return ways
}

func minutes16(m int32) int16 { return int16(min(max(m, 0), geo.Unreachable)) }

// Own gives a person's minutes to a project by their own means.
func (j *journeys) Own(a ActorIx, project int32) int32 {
	return int32(j.own[int(a)*j.projects+int(project)])
}

// OwnBack gives a person's minutes home from a project by their own means.
func (j *journeys) OwnBack(a ActorIx, project int32) int32 {
	return int32(j.ownBack[int(a)*j.projects+int(project)])
}

// Rides reports whether a person rides a minibus to a project.
func (j *journeys) Rides(a ActorIx, project int32) bool {
	return j.rides[int(a)*j.projects+int(project)]
}

// RideOut gives the shortest possible way to a project by some stop and a minibus that drives straight from it.
func (j *journeys) RideOut(a ActorIx, project int32) int32 {
	return int32(j.rideOut[int(a)*j.projects+int(project)])
}

// RideBack gives the shortest possible way home likewise.
func (j *journeys) RideBack(a ActorIx, project int32) int32 {
	return int32(j.rideBk[int(a)*j.projects+int(project)])
}

// CarMinutes gives the drive between two projects.
func (j *journeys) CarMinutes(from, to int32) int32 {
	return int32(j.driven[(j.stops+int(from))*j.nodes+j.stops+int(to)])
}

// ModeMinutes gives the journey between two projects by a mode.
func (p *Problem) ModeMinutes(mode geo.Mode, from, to int32) int32 {
	if from == to {
		return 0
	}
	return p.Snapshot.Travel.Minutes(mode, p.ProjectAt(from).At(), p.ProjectAt(to).At())
}

// SupervisorOut gives a supervisor's drive from home to a project; [geo.Unreachable] where the home is not known.
func (p *Problem) SupervisorOut(a ActorIx, project int32) int32 {
	return int32(p.supOut[int(a-p.first[Supervisors])*p.projects+int(project)])
}

// depot gives a minibus's node.
func (p *Problem) depot(a ActorIx) int { return p.stops + p.projects + int(a-p.first[Minibuses]) }

// site gives a session's node.
func (p *Problem) site(t SessionIx) int { return p.stops + int(p.project[t]) }

// drive gives the minutes by car between two nodes.
func (p *Problem) drive(from, to int) int32 { return int32(p.driven[from*p.nodes+to]) }

// metres gives the road between two nodes.
func (p *Problem) metres(from, to int) int32 { return p.metresD[from*p.nodes+to] }

// DepotMetres gives the road from a minibus's depot to a project and back.
func (p *Problem) DepotMetres(a ActorIx, project int32) int32 {
	d, s := p.depot(a), p.stops+int(project)
	return p.metres(d, s) + p.metres(s, d)
}
