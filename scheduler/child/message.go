package child

import (
	"time"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/solver"
	"github.com/communitypayback/payback/solver/bound"
)

// request is what the parent asks. The catalogue is not sent: both sides are one program.
type request struct {
	Snapshot *model.Snapshot  `json:"snapshot"`
	Seed     uint64           `json:"seed"`
	Workers  int              `json:"workers"`
	Rounds   int              `json:"rounds"`
	CutAt    *solver.CutPoint `json:"cut_at"`
	Time     time.Duration    `json:"time"`
	Start    *model.Roster    `json:"start"`
	Warm     *bound.FewPrices `json:"warm"`
	Needs    bool             `json:"needs"`
	Recheck  int64            `json:"recheck"`
	Memory   int64            `json:"memory"` // bytes; 0: no limit
}

// reply is a line from the child. Exactly one part is given.
type reply struct {
	Progress *solver.Progress      `json:"progress,omitempty"`
	Result   *scheduler.PlanResult `json:"result,omitempty"`
	Error    *refusal              `json:"error,omitempty"`
}

// refusal is an error for people on its way to the parent.
type refusal struct {
	Code    model.Code `json:"code"`
	Message string     `json:"message"`

	Fault *scheduler.FaultError `json:"fault,omitempty"` // that is behind it; nil: none
}
