package feed

import (
	"context"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

// OSRM asks table services of the Open Source Routing Machine, one for each mode it was given. Such a service knows the roads
// and nothing of timetables, so there is none for buses.
type OSRM struct {
	clients [geo.Modes]*Client
}

// profiles are the words for the modes in a service's addresses. Most services know one profile and take any word.
var profiles = [geo.Modes]string{geo.Walk: "foot", geo.Bus: "", geo.Car: "driving"}

// NewOSRM gives a provider that asks the service at one address for ways by car, and that at another for ways on foot. Either
// may be empty.
func NewOSRM(car, walk string) (*OSRM, error) {
	o := &OSRM{}
	for _, a := range []struct {
		mode    geo.Mode
		address string
	}{{geo.Car, car}, {geo.Walk, walk}} {
		if a.address == "" {
			continue
		}
		c, err := NewClient(a.address)
		if err != nil {
			return nil, err
		}
		o.clients[a.mode] = c
	}
	return o, nil
}

// Open reports whether what is asked can be read on the way.
func (o *OSRM) Open() bool {
	for _, c := range o.clients {
		if c != nil && c.Open() {
			return true
		}
	}
	return false
}

// Knows reports whether there is a service for a mode.
func (o *OSRM) Knows(m geo.Mode) bool { return m < geo.Modes && o.clients[m] != nil }

// table is the answer of a table service. What has no answer is null.
type table struct {
	Code      string       `json:"code"`
	Message   string       `json:"message"`
	Durations [][]*float64 `json:"durations"` // seconds
	Distances [][]*float64 `json:"distances"` // metres; services of an older kind have none
}

// reason gives the service's own code, which is a word of a closed list; its message may repeat what was asked.
func (t *table) reason() string {
	if len(t.Code) > 40 || strings.ContainsFunc(t.Code, func(r rune) bool { return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') }) {
		return ""
	}
	return t.Code
}

// Table asks for the ways from each origin to each destination.
func (o *OSRM) Table(ctx context.Context, m geo.Mode, from, to []geo.Point) ([][]Way, error) {
	if !o.Knows(m) {
		return nil, model.Errorf(model.CodeUsage, "no routing service was named for ways by %v", m)
	}
	c := o.clients[m]
	var t table
	path, query := tablePath(profiles[m], from, to)
	if err := c.get(ctx, path, query, &t); err != nil {
		return nil, err
	}
	if t.Code != "Ok" {
		return nil, c.fault("answers without a table: "+t.reason(), nil)
	}
	if !shaped(t.Durations, len(from), len(to)) || t.Distances != nil && !shaped(t.Distances, len(from), len(to)) {
		return nil, c.fault("answers with a table of another size than was asked for", nil)
	}
	out := make([][]Way, len(from))
	for i := range from {
		out[i] = make([]Way, len(to))
		for j := range to {
			var metres *float64
			if t.Distances != nil {
				metres = t.Distances[i][j]
			}
			out[i][j] = wayOf(t.Durations[i][j], metres)
		}
	}
	return out, nil
}

// tablePath gives the address of a table, below that of the service: longitude comes first.
func tablePath(profile string, from, to []geo.Point) (string, url.Values) {
	var at, sources, destinations []string
	for _, list := range []struct {
		points []geo.Point
		index  *[]string
	}{{from, &sources}, {to, &destinations}} {
		for _, p := range list.points {
			*list.index = append(*list.index, strconv.Itoa(len(at)))
			at = append(at, fmt.Sprintf("%.3f,%.3f", p.Longitude, p.Latitude))
		}
	}
	return "/table/v1/" + profile + "/" + strings.Join(at, ";"), url.Values{
		"annotations": {"duration,distance"}, "sources": {strings.Join(sources, ";")}, "destinations": {strings.Join(destinations, ";")},
	}
}

func shaped(t [][]*float64, rows, columns int) bool {
	if len(t) != rows {
		return false
	}
	for _, r := range t {
		if len(r) != columns {
			return false
		}
	}
	return true
}

// The longest way that is believed; it is what travel.csv can hold.
const (
	maxMinutes = geo.Unreachable
	maxMetres  = 2_000_000
)

// wayOf gives a way in whole minutes and metres, rounded up; an unlikely one counts as no answer.
func wayOf(seconds, metres *float64) Way {
	if seconds == nil || *seconds < 0 || *seconds > maxMinutes*60 {
		return Way{}
	}
	w := Way{Known: true, Minutes: int32(math.Ceil(*seconds / 60))}
	if metres != nil && *metres > 0 && *metres <= maxMetres {
		w.Metres = int32(math.Ceil(*metres))
	}
	return w
}
