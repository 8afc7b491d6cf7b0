package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
)

func TestWaived(t *testing.T) {
	t.Parallel()
	k := model.SessionKey{Project: "CT01", Date: model.NewDate(2026, 11, 30), Start: 540}
	for name, c := range map[string]struct {
		waiver model.Waiver
		want   bool
	}{
		"for the project, on its last day":        {model.Waiver{Rule: "group-minimum", Subject: "CT01", Until: k.Date}, true},
		"a day too old":                           {model.Waiver{Rule: "group-minimum", Subject: "CT01", Until: k.Date - 1}, false},
		"without an end":                          {model.Waiver{Rule: "group-minimum", Subject: "CT01"}, false},
		"for a person asked about":                {model.Waiver{Rule: "group-minimum", Subject: "A123456", Until: k.Date}, true},
		"for somebody else":                       {model.Waiver{Rule: "group-minimum", Subject: "A123457", Until: k.Date}, false},
		"of another rule that may be waived":      {model.Waiver{Rule: "keep-fixed", Subject: "CT01", Until: k.Date}, false},
		"of a rule that is never waived":          {model.Waiver{Rule: "keep-apart", Subject: "CT01", Until: k.Date}, false},
		"for the session":                         {model.Waiver{Rule: "group-minimum", Session: "CT01/2026-11-30/09:00", Until: k.Date}, true},
		"for the session by its day":              {model.Waiver{Rule: "group-minimum", Session: "CT01/2026-11-30", Until: k.Date}, true},
		"for the project, but another session":    {model.Waiver{Rule: "group-minimum", Subject: "CT01", Session: "CT01/2026-11-30/13:00", Until: k.Date}, false},
		"for a session that cannot be understood": {model.Waiver{Rule: "group-minimum", Subject: "CT01", Session: "Monday", Until: k.Date}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sn := &model.Snapshot{Policy: &policy.Book{Waive: []policy.ClauseID{"group-minimum", "keep-fixed"}}, Waivers: []model.Waiver{c.waiver}}
			require.Equal(t, c.want, sn.Waived("group-minimum", k, "A123456"))
			require.False(t, sn.Waived("keep-apart", k, "A123456"))
		})
	}
}
