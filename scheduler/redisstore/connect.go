package redisstore

import (
	"crypto/tls"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/communitypayback/payback/model"
)

// Connector connects something other than a record to a Redis in the way of a record: by the same addresses and passwords, and never to
// a server that throws away what it was given.
type Connector struct {
	options Options
	secure  *tls.Config
}

// Connect gives what connects a queue. A cluster gives a [model.Error] with CodeUsage: the queue's scripts need one server.
func Connect(o Options) (*Connector, error) {
	silence()
	if o.Address.Cluster {
		return nil, model.Errorf(model.CodeUsage,
			"found a cluster for the queue; expected one server or a primary behind Sentinels, as in --queue redis://host:6379; the record itself may stay in the cluster")
	}
	if o.Timeout <= 0 {
		o.Timeout = 3 * time.Second
	}
	secure, err := o.Address.tls()
	return &Connector{options: o, secure: secure}, err
}

// MakeRedisClient gives a new client, which the caller closes. Its type is [redis.UniversalClient]; the queue's library asks for it so.
func (c *Connector) MakeRedisClient() any {
	return redis.NewUniversalClient(c.options.client(c.secure, 1))
}
