package redisstore_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler/redisstore"
)

func TestAddressesAreRead(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]redisstore.Address{
		"redis://127.0.0.1":                      {Hosts: []string{"127.0.0.1:6379"}},
		"redis://office@redis.example:7000/3":    {Hosts: []string{"redis.example:7000"}, User: "office", Database: 3},
		"redis://[::1]:7000?replicas=2":          {Hosts: []string{"[::1]:7000"}, Replicas: 2},
		"redis://host?record=kent-2":             {Hosts: []string{"host:6379"}, Record: "kent-2"},
		"redis://[::1]":                          {Hosts: []string{"[::1]:6379"}},
		"rediss://host?ca=/etc/ca.pem":           {Hosts: []string{"host:6379"}, TLS: true, CA: "/etc/ca.pem"},
		"redis+sentinel://a,b:7,c/primary":       {Hosts: []string{"a:26379", "b:7", "c:26379"}, Master: "primary"},
		"redis+sentinel://a/main?db=2":           {Hosts: []string{"a:26379"}, Master: "main", Database: 2},
		"rediss+cluster://o@a,b:7001?replicas=1": {Hosts: []string{"a:6379", "b:7001"}, Cluster: true, TLS: true, User: "o", Replicas: 1},
	} {
		require.True(t, redisstore.IsAddress(text))
		a, err := redisstore.ParseAddress(text)
		require.NoError(t, err, text)
		require.Equal(t, text, a.String())
		got := redisstore.Address{Hosts: a.Hosts, Master: a.Master, Cluster: a.Cluster, TLS: a.TLS, Database: a.Database, User: a.User, Replicas: a.Replicas, Record: a.Record, CA: a.CA}
		require.Equal(t, want, got, text)
	}
	for _, folder := range []string{"payback-data", "/srv/redis", "C:\\redis", "postgres://host"} {
		require.False(t, redisstore.IsAddress(folder), folder)
	}
}

func TestAddressesThatCannotBeAreRefusedWithoutRepeatingThem(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, says string }{
		{"redis://user:hunter2@host", "PAYBACK_REDIS_PASSWORD"},
		{"redis://:hunter2@host", "PAYBACK_REDIS_PASSWORD"},
		{"redis://:hunter2@host/%zz", "PAYBACK_REDIS_PASSWORD"},
		{"redis+http://hunter2", "kind of address"},
		{"redis://", "no host"},
		{"redis://a,b", "several hosts"},
		{"redis://host:port", "cannot be"},
		{"redis://host:70000", "cannot be"},
		{"redis://host/zero", "database"},
		{"redis://host/-1", "database"},
		{"redis://host?replicas=some", "replicas"},
		{"redis://host?password=hunter2", "option"},
		{"redis://host?replicas=1&replicas=2", "twice"},
		{"redis://host?record={x}", "name of a record"},
		{"redis://host?ca=file", "rediss"},
		{"redis://host?db=1", "option"},
		{"redis+sentinel://a,b", "primary"},
		{"redis+sentinel://a,b/one/two", "primary"},
		{"redis+cluster://a/1", "one database"},
	} {
		_, err := redisstore.ParseAddress(c.text)
		requireCode(t, model.CodeUsage, err)
		require.ErrorContains(t, err, c.says, c.text)
		require.NotContains(t, err.Error(), "hunter2")
	}
}
