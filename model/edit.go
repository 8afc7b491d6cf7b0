package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Edit is one change to a week: something that happened, or something to try. The set is closed; the types of this
// package that have it are all there are: resources, sessions, people, policy, rain, pins and the published roster.
type Edit interface {
	// edit changes a snapshot whose top-level fields are its own and whose slices are not: it replaces, never writes.
	edit(s *Snapshot) error
}

// With gives a copy of the snapshot with the edits made one after the other, and validates it. The snapshot itself is
// untouched and the copy shares with it what did not change. A name the week does not have is a [*Error] with
// [CodeNotFound]; so is every other refusal an [*Error], and then there is no copy. With no edits the copy has the same
// digest.
func (s *Snapshot) With(edits ...Edit) (*Snapshot, error) {
	c := *s
	for _, e := range edits {
		if err := e.edit(&c); err != nil {
			return nil, err
		}
	}
	if err := c.Validate(); err != nil {
		return nil, err
	}
	return &c, nil
}

// at gives the place of a key in a sorted slice, and whether it is there.
func at[T any, K any](all []T, key K, compare func(T, K) int) (int, bool) {
	return slices.BinarySearchFunc(all, key, compare)
}

// replaced gives a copy of the slice with another element at i.
func replaced[T any](all []T, i int, x T) []T {
	c := slices.Clone(all)
	c[i] = x
	return c
}

// inserted gives a copy of the slice with one element more at i.
func inserted[T any](all []T, i int, x T) []T {
	c := make([]T, 0, len(all)+1)
	return append(append(append(c, all[:i]...), x), all[i:]...)
}

// without gives a copy of the slice without the elements that match; nil when nothing is left, as for nothing given.
func without[T any](all []T, match func(T) bool) []T {
	var c []T
	for _, x := range all {
		if !match(x) {
			c = append(c, x)
		}
	}
	return c
}

// notFound says that a name is not one of the week's, and what would be.
func notFound[T any](s *Snapshot, kind string, name any, all []T, code func(T) string) error {
	const shown = 5
	var some []string
	for _, x := range all[:min(shown, len(all))] {
		some = append(some, code(x))
	}
	expected := "there is none in the week"
	if len(all) > 0 {
		expected = "expected one of " + strings.Join(some, ", ")
	}
	if n := len(all) - len(some); n > 0 {
		expected += fmt.Sprintf(" and %d more", n)
	}
	return Errorf(CodeNotFound, "found %s %v, which week %v does not have; %s", kind, name, s.Week, expected)
}

func (s *Snapshot) noSupervisor(c SupervisorCode) error {
	return notFound(s, "supervisor", c, s.Supervisors, func(x Supervisor) string { return string(x.Code) })
}

func (s *Snapshot) noMinibus(r Registration) error {
	return notFound(s, "minibus", r, s.Minibuses, func(x Minibus) string { return string(x.Registration) })
}

func (s *Snapshot) noProject(c ProjectCode) error {
	return notFound(s, "project", c, s.Projects, func(x Project) string { return string(x.Code) })
}

// noSession names the project's other sessions, which is what somebody who mistyped a date wants to see.
func (s *Snapshot) noSession(k SessionKey) error {
	if s.Project(k.Project) == nil {
		return s.noProject(k.Project)
	}
	its := without(s.Sessions, func(x Session) bool { return x.Key.Project != k.Project })
	return notFound(s, "session", k, its, func(x Session) string { return x.Key.String() })
}

// noPerson names nobody else.
func (s *Snapshot) noPerson(c CRN) error {
	return Errorf(CodeNotFound, "found CRN %s, which week %v does not have; expected the CRN of one of its %d people", c, s.Week,
		len(s.People))
}

func bySupervisor(x Supervisor, c SupervisorCode) int { return cmp.Compare(x.Code, c) }
func byRegistration(x Minibus, r Registration) int    { return cmp.Compare(x.Registration, r) }
func byProject(x Project, c ProjectCode) int          { return cmp.Compare(x.Code, c) }
func byCRN(x Person, c CRN) int                       { return cmp.Compare(x.CRN, c) }
func byKey(x Session, k SessionKey) int               { return x.Key.Compare(k) }
