package instance

import (
	"math/rand/v2"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/forecast"
)

// Truth is how likely each person of a made-up region really comes, in permille, before what a session adds or takes. No
// file tells it: whoever plays a region forward keeps it from whoever plans.
type Truth map[model.CRN]int32

// MakeWithTruth is [Make] that also tells the truth from which the history was drawn.
func MakeWithTruth(s Spec) (*model.Facts, Truth, error) {
	m, err := made(s)
	if err != nil {
		return nil, nil, err
	}
	truth := make(Truth, len(m.folk))
	for i := range m.folk {
		truth[m.folk[i].CRN] = int32(m.folk[i].attend)
	}
	return m.facts, truth, nil
}

// Comes gives the true chance of coming to a session, in permille, from somebody's own and the traits of the session and the
// way there.
func Comes(own int32, t forecast.Traits) int32 {
	e := forecast.Effects{Individual: attendIndividual, First: attendFirst, Monday: attendMonday, Winter: attendWinter, Far: attendFar}
	return min(mostCome, max(leastCome, own+e.Of(t)))
}

// Newcomer is what is drawn of somebody who joins a region later.
type Newcomer struct {
	Required int32 // minutes of the order
	Comes    int32 // their true chance of coming, permille
	Order    model.OrderType
	// HardEndMonths is when the order ends for good, in months after sentence; 0: it does not.
	HardEndMonths int
}

// NewNewcomer draws one by the figures of the region.
func NewNewcomer(r *rand.Rand) Newcomer {
	d := dice{r}
	n := Newcomer{Required: drawMinutes(d), Comes: drawAttendance(d), Order: drawOrder(d)}
	if d.chance(hardEnds) {
		n.HardEndMonths = pick(d, hardEndMonths)
	}
	return n
}
