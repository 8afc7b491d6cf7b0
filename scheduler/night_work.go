package scheduler

import (
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/policy"
)

// nightWork is what a plan must know of the night that it is a part of. A nil one is of no night.
type nightWork struct {
	held    *tenure
	planned []*model.Roster // of the weeks before
}

// check gives an error if the night is not this worker's any more.
func (n *nightWork) check(r Reader) error {
	if n == nil {
		return nil
	}
	_, err := n.held.check(r)
	return err
}

func (n *nightWork) before() []*model.Roster {
	if n == nil {
		return nil
	}
	return n.planned
}

func (n *nightWork) name() string {
	if n == nil {
		return ""
	}
	return n.held.seen().Name
}

// tonight gives what the policy says of nights on the day that it is.
func (s *Service) tonight() policy.Night {
	return s.Policy.NightOn(model.Date(s.now().Unix() / 86400).String())
}
