package model

import "slices"

// Role is what somebody may do. The list is closed.
type Role string

// The roles.
const (
	Viewer        Role = "viewer"         // looks
	RosterManager Role = "roster-manager" // imports, plans, edits and repairs
	Publisher     Role = "publisher"      // publishes
	Planner       Role = "planner"        // asks what would happen
	Integrator    Role = "integrator"     // another system: imports and exports
	PolicyAdmin   Role = "policy-admin"   // changes values and prices
	Auditor       Role = "auditor"        // reads who did what
)

// Roles gives every role there is, in the order of their list.
func Roles() []Role {
	return []Role{Viewer, RosterManager, Publisher, Planner, Integrator, PolicyAdmin, Auditor}
}

// AllRegions in a principal's regions stands for every region there is. No region has that name.
const AllRegions = "*"

// Principal is who asks for something. The zero Principal may do nothing.
type Principal struct {
	Name    string   // as the audit shows it; never empty for somebody who may do anything
	Roles   []Role   // none: nothing is allowed
	Regions []string // none: no region exists for them
}

// Sees reports whether a region exists for the principal at all.
func (p Principal) Sees(region string) bool {
	return p.Name != "" && region != "" && region != AllRegions &&
		(slices.Contains(p.Regions, region) || slices.Contains(p.Regions, AllRegions))
}

// Has reports whether the principal has one of the given roles. A role that is not on the closed list gives nothing.
func (p Principal) Has(one ...Role) bool {
	return p.Name != "" && slices.ContainsFunc(p.Roles, func(r Role) bool {
		return slices.Contains(Roles(), r) && slices.Contains(one, r)
	})
}
