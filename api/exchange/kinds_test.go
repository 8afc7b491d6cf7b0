package exchange_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api/exchange"
	"github.com/communitypayback/payback/scheduler"
)

func TestTheKindsOfFileAreThoseThatTheOfficeTakesIn(t *testing.T) {
	t.Parallel()
	require.ElementsMatch(t, exchange.Kinds(), scheduler.Kinds())
}
