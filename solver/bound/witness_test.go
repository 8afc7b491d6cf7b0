package bound_test

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
	"github.com/communitypayback/payback/solver/constraints"
)

// changed compiles a week of which something is different.
func changed(t *testing.T, p *solver.Problem, change func(sn *model.Snapshot)) (*solver.Problem, *solver.Relaxed) {
	t.Helper()
	sn := *p.Snapshot
	sn.People, sn.Supervisors, sn.Minibuses = slices.Clone(sn.People), slices.Clone(sn.Supervisors), slices.Clone(sn.Minibuses)
	sn.Projects, sn.Sessions = slices.Clone(sn.Projects), slices.Clone(sn.Sessions)
	change(&sn)
	x, err := solver.Compile(&sn, constraints.All)
	require.NoError(t, err)
	r, err := x.Relaxed()
	require.NoError(t, err)
	return x, r
}

func TestTheOnlySupervisorIsNamed(t *testing.T) {
	t.Parallel()
	p, r := changed(t, compiled(t, 200, "normal"), func(sn *model.Snapshot) { sn.Supervisors = sn.Supervisors[:1] })
	all, list := bound.Witnesses(p, r, 4)
	require.NotNil(t, all)
	require.Len(t, all.Staff, 1)
	require.Equal(t, p.First(solver.Supervisors), all.Staff[0].Actor)
	require.Positive(t, all.Lack())
	require.Positive(t, all.Duty)
	require.NotEmpty(t, list)
}

func TestTheOnlyMinibusIsNamed(t *testing.T) {
	t.Parallel()
	p, r := changed(t, compiled(t, 200, "normal"), func(sn *model.Snapshot) {
		sn.Minibuses = sn.Minibuses[:1]
		for i := range sn.Supervisors { // there is no lack of those who lead and drive
			sn.Supervisors[i].WeekMinutes = 1 << 20
			sn.Supervisors[i].Licence = model.LicenceD1
		}
		for i, s := range slices.Repeat(sn.Supervisors, 20) {
			s.Code += model.SupervisorCode(fmt.Sprint("x", i))
			sn.Supervisors = append(sn.Supervisors, s)
		}
		slices.SortFunc(sn.Supervisors, func(a, b model.Supervisor) int { return cmp.Compare(a.Code, b.Code) })
		for i := range sn.Projects {
			if sn.Projects[i].Kind == model.Group {
				sn.Projects[i].Transport, sn.Projects[i].Places = model.ByMinibus, 40
			}
		}
	})
	all, _ := bound.Witnesses(p, r, 4)
	require.NotNil(t, all)
	require.Equal(t, bound.ByMinibuses, all.Way)
	require.Len(t, all.Staff, 1)
	require.Equal(t, p.First(solver.Minibuses), all.Staff[0].Actor)
}

// Where all sessions for women only are closed but one, whoever may only come to such is told of it.
func TestTheOnlyPlaceForWomenIsNamed(t *testing.T) {
	t.Parallel()
	kept := model.SessionKey{}
	asking := map[model.CRN]bool{}
	p, r := changed(t, compiled(t, 600, "normal"), func(sn *model.Snapshot) {
		for i := range sn.Sessions {
			s := &sn.Sessions[i]
			at := slices.IndexFunc(sn.Projects, func(p model.Project) bool { return p.Code == s.Key.Project })
			switch {
			case sn.Projects[at].Kind != model.Group || s.Bar != model.Open:
			case kept == (model.SessionKey{}):
				kept, sn.Projects[at].WomenOnly, sn.Projects[at].Places = s.Key, true, 2
			case sn.Projects[at].WomenOnly:
				s.Bar = model.Closed
			}
		}
		for i := range sn.People {
			if sn.People[i].Sex == model.Female {
				sn.People[i].Preference = model.FemaleOnlyGroup
				asking[sn.People[i].CRN] = true
			}
		}
	})
	_, list := bound.Witnesses(p, r, 10)
	at, ok := p.SessionIx(kept)
	require.True(t, ok)
	i := slices.IndexFunc(list, func(w bound.Proved) bool { return slices.Equal(w.Rooms, []solver.SessionIx{at}) && len(w.Staff) == 0 })
	require.GreaterOrEqual(t, i, 0, "%+v", list)
	require.LessOrEqual(t, list[i].Held, 3)
	for _, a := range list[i].People {
		require.True(t, asking[p.Person(a).CRN])
	}
}

// With as much more as is lacking, the people of a witness are no longer proved to lack anything by it.
func TestWhatIsLackingMendsAWitness(t *testing.T) {
	t.Parallel()
	base := compiled(t, 400, "normal")
	r, err := base.Relaxed()
	require.NoError(t, err)
	all, list := bound.Witnesses(base, r, 4)
	require.NotNil(t, all)
	for _, w := range append([]bound.Proved{*all}, list...) {
		mended := false
		if w.Way == bound.ByMinibuses || len(w.Staff) == 0 {
			continue
		}
		more := (w.Lack() + w.Duty - 1) / w.Duty
		for _, like := range w.Staff {
			p, x := changed(t, base, func(sn *model.Snapshot) {
				able := *base.Supervisor(like.Actor)
				for i := range more { // each takes one of the duties
					able.Code = model.SupervisorCode(fmt.Sprintf("~%03d", i)) // after all others
					sn.Supervisors = append(sn.Supervisors, able)
				}
			})
			y := w.Witness
			y.Staff = slices.Clone(y.Staff)
			for i := range more {
				a, ok := p.SupervisorIx(model.SupervisorCode(fmt.Sprintf("~%03d", i)))
				require.True(t, ok)
				y.Staff = append(y.Staff, bound.StaffDays{Actor: a, Days: 0x7f})
			}
			_, err := bound.Verify(p, x, &y)
			mended = mended || err != nil
			if err != nil {
				require.ErrorContains(t, err, "found room for", "nothing else is wrong with it")
			}
		}
		require.True(t, mended, "%d more duties", more)
	}
}

func TestNothingIsTakenOnTrustOfAWitness(t *testing.T) {
	t.Parallel()
	p := compiled(t, 400, "normal")
	r, err := p.Relaxed()
	require.NoError(t, err)
	all, _ := bound.Witnesses(p, r, 1)
	require.NotNil(t, all)
	require.NotEmpty(t, all.Staff)
	require.NotEmpty(t, all.Rooms)
	refused := func(why string, spoil func(w *bound.Witness)) {
		w := bound.Witness{Way: all.Way, People: slices.Clone(all.People), Rooms: slices.Clone(all.Rooms), Staff: slices.Clone(all.Staff)}
		spoil(&w)
		_, err := bound.Verify(p, r, &w)
		require.ErrorContains(t, err, why)
	}
	proof, err := bound.Verify(p, r, &all.Witness)
	require.NoError(t, err)
	require.Equal(t, all.Proof, proof)
	refused("who may come to session", func(w *bound.Witness) { w.Staff = w.Staff[1:] })
	for i, x := range all.Staff {
		for day := range 7 {
			if x.Days>>day&1 != 0 {
				refused("who may come to session", func(w *bound.Witness) { w.Staff[i].Days &^= 1 << day })
			}
		}
	}
	refused("nobody must lead", func(w *bound.Witness) { w.Rooms = nil })
	refused("each once", func(w *bound.Witness) { w.People = append(w.People, w.People[0]) })
	refused("each once", func(w *bound.Witness) { w.People[0] = p.First(solver.Supervisors) })
	refused("supervisors and minibuses", func(w *bound.Witness) { w.Staff[0].Actor = 0 })
	refused("found room for", func(w *bound.Witness) { w.People = w.People[:all.Held/2] })
}

func TestWitnessesAreTheSameEachTimeAndDenserThanTheWhole(t *testing.T) {
	t.Parallel()
	p := compiled(t, 1000, "normal")
	r, err := p.Relaxed()
	require.NoError(t, err)
	all, list := bound.Witnesses(p, r, 6)
	require.NotNil(t, all)
	again, other := bound.Witnesses(p, r, 6)
	require.Equal(t, all, again)
	require.Equal(t, list, other)
	require.NotEmpty(t, list)
	require.GreaterOrEqual(t, list[0].Lack()*all.Size(), all.Lack()*list[0].Size())
	require.Less(t, list[0].Size(), all.Size(), "few things are counted")
	sum := 0
	for _, w := range list {
		sum += w.Lack()
		require.True(t, slices.IsSorted(w.People))
	}
	require.LessOrEqual(t, sum, all.Lack())
}

func TestWitnessesAreAllOrNoneWhenTheContextEnds(t *testing.T) {
	t.Parallel()
	p := compiled(t, 200, "normal")
	s, err := bound.New(p, 1)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	all, list, known := s.Witnesses(ctx, 4)
	require.True(t, known)
	expected, others := bound.Witnesses(p, s.Week(), 4)
	require.Equal(t, expected, all)
	require.Equal(t, others, list)
	cancel()
	all, list, known = s.Witnesses(ctx, 4)
	require.False(t, known)
	require.Nil(t, all)
	require.Empty(t, list)
}
