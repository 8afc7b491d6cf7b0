package model_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/model/geo"
)

func TestTheDefaultPolicyEstimatesJourneysAsTheFileFormatsDo(t *testing.T) {
	t.Parallel()
	require.Equal(t, geo.Standard, model.Pace(smallWeek().Policy))
}
