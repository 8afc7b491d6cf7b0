package model

import (
	"slices"

	"github.com/communitypayback/payback/model/policy"
)

// Waived reports whether a recorded decision sets a rule aside for a session on its date. The policy must mark the rule
// waivable. A waiver that names a session holds for that session alone; one that does not holds for its subject, which is
// the session's project or one of the given subjects.
func (s *Snapshot) Waived(rule string, k SessionKey, subjects ...string) bool {
	if s.Policy == nil || !slices.Contains(s.Policy.Waive, policy.ClauseID(rule)) {
		return false
	}
	return slices.ContainsFunc(s.Waivers, func(w Waiver) bool {
		if w.Rule != rule || w.Until < k.Date {
			return false
		}
		if w.Session != "" {
			named, err := ParseSessionKey(w.Session)
			return err == nil && named.Project == k.Project && named.Date == k.Date && (named.Start < 0 || named.Start == k.Start)
		}
		return w.Subject == string(k.Project) || slices.Contains(subjects, w.Subject)
	})
}
