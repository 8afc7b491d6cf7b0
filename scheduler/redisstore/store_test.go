package redisstore_test

import (
	"context"
	"strconv"
	"testing"

	"github.com/redis/go-redis/v9"
	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/redisstore"
	"github.com/communitypayback/payback/scheduler/redistest"
	"github.com/communitypayback/payback/scheduler/storetest"
)

func TestTheRecordOnRedisKeepsThePromisesOfARecord(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	storetest.Run(t, func(t *testing.T) scheduler.Record { return open(t, server.URL()) })
}

func open(tb testing.TB, url string, set ...func(*redisstore.Options)) *redisstore.Store {
	tb.Helper()
	s, err := opened(url, set...)
	require.NoError(tb, err)
	tb.Cleanup(func() { require.NoError(tb, s.Close()) })
	return s
}

func opened(url string, set ...func(*redisstore.Options)) (*redisstore.Store, error) {
	a, err := redisstore.ParseAddress(url)
	if err != nil {
		return nil, err
	}
	o := redisstore.Options{Address: a}
	for _, f := range set {
		f(&o)
	}
	return redisstore.Open(context.Background(), o)
}

func requireCode(tb testing.TB, code model.Code, err error) {
	tb.Helper()
	var e *model.Error
	require.ErrorAs(tb, err, &e)
	require.Equal(tb, code, e.Code, e.Message)
}

const region = "Mercia"

// raw speaks to the server behind the record's back.
func raw(tb testing.TB, url string) *redis.Client {
	tb.Helper()
	o, err := redis.ParseURL(url)
	require.NoError(tb, err)
	c := redis.NewClient(o)
	tb.Cleanup(func() { require.NoError(tb, c.Close()) })
	return c
}

func port(s *redistest.Server) string { return strconv.Itoa(s.Port) }
