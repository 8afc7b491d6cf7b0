package memstore_test

import (
	"testing"

	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/memstore"
	"github.com/communitypayback/payback/scheduler/storetest"
)

func TestTheRecordInMemoryKeepsThePromisesOfARecord(t *testing.T) {
	t.Parallel()
	storetest.Run(t, func(*testing.T) scheduler.Record { return &memstore.Store{} })
}
