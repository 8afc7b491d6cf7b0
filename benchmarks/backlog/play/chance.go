package play

import (
	"hash/fnv"
	"math/rand/v2"

	"github.com/communitypayback/payback/model"
)

// chance draws what happens. Equal questions have equal answers, in whatever order they are asked.
type chance uint64

// of gives the draws that belong to one thing on one day.
func (c chance) of(what, who string, on model.Date) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(what + "\x00" + who)) // never fails
	return rand.New(rand.NewPCG(uint64(c)^h.Sum64(), uint64(on)))
}

// Illness takes supervisors away on about 6 days in a hundred.
const (
	fallsIll   = 20 // permille of days
	longestIll = 5  // days; each length is as likely
)

const (
	permille   = 1000
	explained  = 400 // permille of absences that are accepted
	longest    = 7   // days after sentence by which everybody is inducted
	sentencing = 4   // days of a week on which courts sentence, from Monday on, so that Thursday's plan knows them
)

// ill reports whether a supervisor is away on a day, by illness that began by another.
func (c chance) ill(s model.SupervisorCode, on, began model.Date) bool {
	for back := range model.Date(longestIll) {
		first := on - back
		d := c.of("ill", string(s), first)
		if first <= began && d.IntN(permille) < fallsIll && model.Date(d.IntN(longestIll)) >= back {
			return true
		}
	}
	return false
}
