package redisstore

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"os"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"

	"github.com/communitypayback/payback/model"
)

// Options say which record is opened, and how.
type Options struct {
	Address          *Address
	Password         string        // of the user; empty: none
	SentinelPassword string        // empty: none
	Timeout          time.Duration // for one answer; 0: 3 seconds
	Settle           time.Duration // how long an unknown outcome is looked into; 0: 15 seconds
}

// Store is an open record. It may be used by several goroutines, and any number of processes may open one.
type Store struct {
	address *Address
	root    root
	timeout time.Duration
	settle  time.Duration
	reads   redis.UniversalClient // asks again by itself
	commits redis.UniversalClient // never does
	weak    []string

	mu     sync.Mutex // guards queues
	queues map[string]chan struct{}
}

// Open opens the record at an address and makes it if there is none. It gives a [model.Error]: CodeInvalid if the server
// would throw entries away or is too old, or the record is of a newer program; CodeUnavailable if it cannot be reached.
func Open(ctx context.Context, o Options) (*Store, error) {
	silence()
	secure, err := o.Address.tls()
	if err != nil {
		return nil, err
	}
	if o.Timeout <= 0 {
		o.Timeout = 3 * time.Second
	}
	if o.Settle <= 0 {
		o.Settle = 15 * time.Second
	}
	s := &Store{address: o.Address, root: rootOf(o.Address.Record), timeout: o.Timeout, settle: o.Settle, queues: map[string]chan struct{}{}}
	s.reads, s.commits = redis.NewUniversalClient(o.client(secure, 1)), redis.NewUniversalClient(o.client(secure, -1))
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// client gives the options of a client that tries again so many times by itself. Whatever is only on offer from some
// servers, or tells them who we are, is off.
func (o *Options) client(secure *tls.Config, retries int) *redis.UniversalOptions {
	return &redis.UniversalOptions{
		Addrs: o.Address.Hosts, MasterName: o.Address.Master, IsClusterMode: o.Address.Cluster, DB: o.Address.Database,
		Username: o.Address.User, Password: o.Password, SentinelPassword: o.SentinelPassword, TLSConfig: secure,
		Protocol: 2, MaxRetries: retries, PoolSize: 16, PipelinePoolSize: -1, ContextTimeoutEnabled: true,
		DialTimeout: o.Timeout, DialerRetries: 1, ReadTimeout: o.Timeout, WriteTimeout: o.Timeout,
		DisableIdentity: true, MaintNotificationsConfig: &maintnotifications.Config{Mode: maintnotifications.ModeDisabled},
		OnConnect: keepsAll,
	}
}

// Close closes the connections.
func (s *Store) Close() error { return errors.Join(s.reads.Close(), s.commits.Close()) }

// Address gives where the record is.
func (s *Store) Address() *Address { return s.address }

// Weak says under which settings of the server, found at the opening, a change that was acknowledged could still be lost;
// none if there are none.
func (s *Store) Weak() []string { return s.weak }

// prepare refuses what is not safe to write to, and marks the layout.
func (s *Store) prepare(ctx context.Context) error {
	nodes, err := s.nodes(ctx)
	if err != nil {
		return err
	}
	for _, n := range nodes {
		if err := n.usable(); err != nil {
			return err
		}
		s.weak = append(s.weak, n.weak(s.address.Replicas)...)
	}
	if err := s.commits.SetNX(ctx, s.root.format(), format, 0).Err(); err != nil {
		return unavailable("be opened", err)
	}
	found, err := s.reads.Get(ctx, s.root.format()).Int()
	if err != nil {
		return unavailable("be opened", err)
	}
	if found != format {
		return model.Errorf(model.CodeInvalid,
			"found a record of layout %d; expected %d, which this program writes; use the program that made it, or a later one", found, format)
	}
	return nil
}

// tls gives how connections are encrypted, nil if they are not.
func (a *Address) tls() (*tls.Config, error) {
	if !a.TLS {
		return nil, nil //nolint:nilnil // this is how the client says it
	}
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if a.CA == "" {
		return c, nil
	}
	text, err := os.ReadFile(a.CA)
	if err != nil {
		return nil, &model.Error{Code: model.CodeUsage, Err: err, Message: "The certificates for the record, " + a.CA + ", cannot be read; expected a file that this program may read."}
	}
	c.RootCAs = x509.NewCertPool()
	if !c.RootCAs.AppendCertsFromPEM(text) {
		return nil, model.Errorf(model.CodeUsage, "The certificates for the record, %s, are none; expected PEM.", a.CA)
	}
	return c, nil
}

// silence keeps the client from writing to standard error: what goes wrong is returned, and told once by whoever asked.
var silence = sync.OnceFunc(func() { redis.SetLogger(silent{}) })

type silent struct{}

// Printf implements the client's logger.
func (silent) Printf(context.Context, string, ...any) {}
