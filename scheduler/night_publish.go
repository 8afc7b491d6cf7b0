package scheduler

import (
	"context"
	"errors"
	"fmt"
)

// withheldError says why a plan is not published by itself.
type withheldError struct{ why string }

func (e *withheldError) Error() string { return "The plan waits for somebody to publish it: " + e.why }

// publish publishes a plan of the night, if the policy lets it. All of that is decided in the transaction that writes it, from the
// facts, the policy and what is published then.
func (n *night) publish(ctx context.Context, d *Draft) (PublishedPlan, error) {
	var made PublishedPlan
	if n.s.tonight().Publish == 0 {
		return made, &withheldError{"the policy has nothing published without somebody."}
	}
	q := PublishPlan{Draft: d.ID, Version: d.Version}
	request := struct {
		Action string
		PublishPlan
	}{"publish", q}
	c := n.command("publish", d.Week, fmt.Sprintf("published by itself, as the policy allows, in the night of %v", n.q.Date))
	err := n.s.change(ctx, n.who, n.region, c, request, &made, func(w Writer) (deed, error) {
		if _, err := n.held.check(w); err != nil {
			return deed{}, err
		}
		p, err := n.s.publication(w, &q)
		if err != nil {
			return deed{}, err
		}
		if why := n.s.withheld(p); why != "" {
			return deed{}, &withheldError{why}
		}
		if made, err = n.s.publish(w, n.who, p, c.Reason); err != nil {
			return deed{}, err
		}
		return deed{action: "publish", subject: made.Week.String(), version: made.Version, content: made.Content}, nil
	})
	if stale, ok := errors.AsType[*StaleError](err); ok {
		return PublishedPlan{}, &withheldError{stale.Error()}
	}
	if lostTo(err) {
		if _, lost := n.held.checkNow(ctx); lost == nil { // somebody changed the plan meanwhile
			return PublishedPlan{}, &withheldError{"somebody has changed it since it was made."}
		}
	}
	return made, err
}

// withheld says why a plan is not to be published without somebody; empty: it is.
func (s *Service) withheld(p *publication) string {
	policy := s.tonight()
	diff := Diff(p.current, p.roster)
	broken := len(s.judge(p.sn, p.roster, nil).MustFix) // nobody answers for any of them
	switch tell, frozen := peopleToTell(diff), frozenTouched(p.sn, diff); {
	case policy.Publish == 0:
		return "the policy has nothing published without somebody."
	case len(diff) == 0:
		return "it changes nothing of what is published."
	case broken > 0:
		return fmt.Sprintf("it breaks %d cases of rules that must hold.", broken)
	case frozen > 0:
		return fmt.Sprintf("it touches %d things that are frozen or pinned.", frozen)
	case tell > int(policy.PeopleToTell):
		return fmt.Sprintf("%d people would be told of a change; the policy allows %d.", tell, policy.PeopleToTell)
	}
	return ""
}
