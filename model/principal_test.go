package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
)

func TestNobodyMayDoAnythingUnlessItWasSaid(t *testing.T) {
	t.Parallel()
	all := model.Roles()
	require.False(t, model.Principal{}.Has(all...))
	require.False(t, model.Principal{}.Sees("Mercia"))
	require.False(t, model.Principal{Roles: all, Regions: []string{"Mercia"}}.Has(all...), "without a name the audit could not say who")
	require.False(t, model.Principal{Roles: all, Regions: []string{"Mercia"}}.Sees("Mercia"))
	require.False(t, model.Principal{Name: "a", Roles: []model.Role{"root"}}.Has("root"), "a role outside the list is none")

	p := model.Principal{Name: "a", Roles: []model.Role{model.Viewer}, Regions: []string{"Mercia"}}
	require.True(t, p.Has(model.Publisher, model.Viewer))
	require.False(t, p.Has(model.Publisher))
	require.True(t, p.Sees("Mercia"))
	require.False(t, p.Sees("Kent"))
	require.False(t, model.Principal{Name: "a", Regions: []string{""}}.Sees(""))
}
