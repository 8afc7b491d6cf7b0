package child

import (
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
)

// request is what the parent asks. The catalogue is not sent: both sides are one program.
type request struct {
	Snapshot *model.Snapshot
	Seed     uint64
	Workers  int
	Rounds   int
	CutAt    int
	Time     time.Duration
	Start    *model.Roster
	Memory   int64 // bytes; 0: no limit
}

// reply is a line from the child. Exactly one part is given.
type reply struct {
	Progress *solver.Progress      `json:",omitempty"`
	Result   *scheduler.PlanResult `json:",omitempty"`
	Error    *refusal              `json:",omitempty"`
}

// refusal is an error for people on its way to the parent.
type refusal struct {
	Code    model.Code
	Message string
}
