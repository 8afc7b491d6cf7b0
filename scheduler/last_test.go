package scheduler_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
)

func TestWhereAPersonWasLast(t *testing.T) {
	t.Parallel()
	c := calendar(t)
	at := func(days model.Date, o model.Outcome, s model.SupervisorCode) model.Appointment {
		a := appointment(c, "X000001", monday+days, o)
		a.Supervisor = s
		return a
	}
	last := func(days model.Date, s model.SupervisorCode) model.Last {
		return model.Last{Project: "CT01", Date: monday + days, Supervisor: s}
	}
	for _, x := range []struct {
		name    string
		history []model.Appointment
		want    model.Last
	}{
		{"nowhere", nil, model.Last{}},
		{"the latest they came to", []model.Appointment{at(-14, "ATTC", "S1"), at(-7, "ATTC", "S2")}, last(-7, "S2")},
		{"in whatever order the rows are", []model.Appointment{at(-7, "ATTC", "S2"), at(-14, "ATTC", "S1")}, last(-7, "S2")},
		{"not where they did not come", []model.Appointment{at(-14, "ATTC", "S1"), at(-7, "UACP", "S2")}, last(-14, "S1")},
		{"not where they were stood down", []model.Appointment{at(-14, "ATTC", "S1"), at(-7, "AASD", "S2")}, last(-14, "S1")},
		{"where they are told to come before the week", []model.Appointment{at(-14, "ATTC", "S1"), at(-1, "", "S2")}, last(-1, "S2")},
		{"not what the week itself holds", []model.Appointment{at(-14, "ATTC", "S1"), at(0, "", "S2")}, last(-14, "S1")},
	} {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			f := region()
			f.History = x.history
			sn, _ := freeze(t, f)
			require.Equal(t, x.want, sn.People[0].Last)
		})
	}
}
