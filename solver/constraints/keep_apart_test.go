package constraints_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
	"github.com/communitypayback/payback/solver/constraints"
)

func TestKeepApart(t *testing.T) {
	apart := func(sn *model.Snapshot) { sn.KeepApart = []model.Pair{{A: ann, B: bob}} }
	// CT01 runs a second session that overlaps the first, 14:00 to 20:00, or follows it at 16:00.
	second := func(from model.Clock) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			k := key(group, mon)
			k.Start = from
			sn.Sessions = append(sn.Sessions, model.Session{Key: k, End: 1200, Span: sn.Calendar.Span(k.Date, from, 1200)})
			sortSessions(sn)
		}
	}
	// Two minibuses to two sites call at one stop, and a way of some minutes lies between the stop and each site.
	calls := func(toSecond int32) func(*model.Snapshot) {
		return func(sn *model.Snapshot) {
			sn.Project(group).Transport = model.ByMinibus
			sn.Travel = legs(leg("ST01", "CT02", geo.Car, 20), leg("CT02", "ST01", geo.Car, toSecond), leg("ST01", "CT01", geo.Car, 20))
		}
	}
	rides := func(p model.ProjectCode, c model.CRN, bus model.Registration, s model.SupervisorCode, clock model.Clock) part {
		return func(sn *model.Snapshot, r *model.Roster) {
			pickedUp(p, mon, c, stop1, clock)(sn, r)
			runs(p, mon, bus, s, stop1)(sn, r)
		}
	}
	keepsOrBreaks(t, constraints.KeepApart, []clause{
		{"in one session", apart, []part{goes(group, mon, ann, bob)}, 1},
		{"in one session when nothing keeps them apart", nil, []part{goes(group, mon, ann, bob)}, 0},
		{"in two sessions at two sites", apart, []part{goes(group, mon, ann), goes(carried, mon, bob)}, 0},
		{"at one site on two days", apart, []part{goes(group, mon, ann), goes(group, tue, bob)}, 0},
		{"at one site in overlapping sessions", both(apart, second(840)), []part{goes(group, mon, ann), moved(goes(group, mon, bob), 840, 1200)}, 1},
		{"at one site one after the other", both(apart, second(960)), []part{goes(group, mon, ann), moved(goes(group, mon, bob), 960, 1200)}, 0},
		{"with somebody else", apart, []part{goes(group, mon, ann, cat), goes(carried, mon, bob)}, 0},
		{"two meetings of one pair", apart, []part{goes(group, mon, ann, bob), goes(group, tue, ann, bob)}, 2},
		{"picked up at one stop at one time", both(apart, calls(20)), []part{rides(group, ann, bus1, sup1, 520), rides(carried, bob, bus2, sup2, 520)}, 1},
		{"picked up at one stop 29 minutes apart", both(apart, calls(49)), []part{rides(group, ann, bus1, sup1, 520), rides(carried, bob, bus2, sup2, 491)}, 1},
		{"picked up and brought back 30 minutes apart", both(apart, calls(50)), []part{rides(group, ann, bus1, sup1, 520), rides(carried, bob, bus2, sup2, 490)}, 0},
		{"brought back to one stop 29 minutes apart", both(apart, calls(49)), []part{rides(group, ann, bus1, sup1, 520), rides(carried, bob, bus2, sup2, 490)}, 1},
		{"at one stop when nothing keeps them apart", calls(20), []part{rides(group, ann, bus1, sup1, 520), rides(carried, bob, bus2, sup2, 520)}, 0},
		{"at the wet site of both", apart, []part{goes(group, mon, ann), goes(carried, mon, bob), rainsTo(group, mon, start), rainsTo(carried, mon, start)}, 1},
		{"at two wet sites", apart, []part{goes(group, mon, ann), goes(carried, mon, bob), rainsTo(group, mon, start), rainsTo(carried, mon, alone)}, 0},
		{"at a wet site where the other works", apart, []part{goes(group, mon, ann), goes(start, mon, bob), rainsTo(group, mon, start)}, 1},
		{"at a wet site where the other works another day", apart, []part{goes(group, mon, ann), goes(start, tue, bob), rainsTo(group, mon, start)}, 0},
		{"in one session that moves is one case", apart, []part{goes(group, mon, ann, bob), rainsTo(group, mon, start)}, 1},
	})
}

// The sentence names a session once, or both where they meet at a third place.
func TestKeepApartSaysWhereTheyMeet(t *testing.T) {
	t.Parallel()
	sn := ordinary()
	sn.KeepApart = []model.Pair{{A: ann, B: bob}}
	require.Equal(t, []string{"A000001 and A000002 must not meet, but do so in one session: CT01 on 2026-11-30 at 09:00."},
		said(sn, constraints.KeepApart, goes(group, mon, ann, bob)))
	require.Equal(t, []string{"A000001 and A000002 must not meet, but do so at wet site PI01 at the same time: CT01 on 2026-11-30 at 09:00 and PI01 on 2026-11-30 at 09:00."},
		said(sn, constraints.KeepApart, goes(group, mon, ann), goes(start, mon, bob), rainsTo(group, mon, start)))
}
