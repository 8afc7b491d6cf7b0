package scheduler_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/benchmarks/instance"
	"github.com/communitypayback/payback/model"
)

func TestMadeUpRegionsFreezeWhateverTheOrderOfTheirRows(t *testing.T) {
	t.Parallel()
	for _, doc := range instance.Profiles() {
		for _, people := range []int{1, 12, 40, 600} {
			t.Run(fmt.Sprintf("%s, %d people", doc.Name, people), func(t *testing.T) {
				t.Parallel()
				f, err := instance.Make(instance.Spec{People: people, Seed: 7, Profile: doc.Name, Week: week})
				require.NoError(t, err)
				sn, _ := freeze(t, f)
				require.Len(t, sn.People, people)
				require.NotEmpty(t, sn.Sessions)
				for i := range sn.People {
					require.InDelta(t, 500, sn.People[i].Attendance, 500)
				}

				random := rand.New(rand.NewPCG(1, uint64(people)))
				shuffle(random, f.People)
				shuffle(random, f.Spells)
				shuffle(random, f.KeepApart)
				shuffle(random, f.Zones)
				shuffle(random, f.Projects)
				shuffle(random, f.Slots)
				shuffle(random, f.Supervisors)
				shuffle(random, f.Shifts)
				shuffle(random, f.Minibuses)
				shuffle(random, f.Stops)
				shuffle(random, f.Holidays)
				shuffle(random, f.Outlooks)
				shuffle(random, f.Legs)
				shuffle(random, f.Standing)
				shuffle(random, f.History)
				shuffle(random, f.Held)
				shuffle(random, f.Kit)
				again, _ := freeze(t, f)
				require.Equal(t, sn.Digest(), again.Digest())
			})
		}
	}
}

func shuffle[T any](r *rand.Rand, all []T) {
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
}

func TestAWeekFrozenAgainAfterItWasPublishedHoldsWhatWasPublished(t *testing.T) {
	t.Parallel()
	f, err := instance.Make(instance.Spec{People: 40, Seed: 3, Week: week})
	require.NoError(t, err)
	sn, _ := freeze(t, f)
	s := sn.Sessions[0]
	a := model.Appointment{CRN: sn.People[0].CRN, Event: sn.People[0].Requirements[0].Event, Session: s.Key, Span: s.Span}
	f.History = append(f.History, a)
	next, _ := freeze(t, f)
	require.Equal(t, []model.Appointment{a}, next.Published.Appointments)
	require.Equal(t, sn.Sessions, next.Sessions)
	require.Equal(t, sn.People, next.People, "this week's appointments are the decision, not a fact about people")
}
