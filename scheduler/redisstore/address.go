package redisstore

import (
	"fmt"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/communitypayback/payback/model"
)

// Address says where a record is. It holds no password, so it may be shown.
type Address struct {
	Hosts    []string // host:port: the server, the Sentinels, or some nodes of the cluster
	Master   string   // what the Sentinels call the primary; empty: no Sentinels
	Cluster  bool
	TLS      bool
	Database int    // 0 in a cluster
	User     string // empty: the default user
	Replicas int    // how many replicas must have a change before it is acknowledged
	Record   string // which one, where one Redis holds several; empty: the only one
	CA       string // a file of certificates to trust in place of the system's; empty: the system's
	text     string
}

// String gives the address as it was written.
func (a *Address) String() string { return a.text }

// schemes are the ways to write an address, and what each means.
var schemes = map[string]Address{
	"redis":           {},
	"rediss":          {TLS: true},
	"redis+sentinel":  {Master: "?"},
	"rediss+sentinel": {Master: "?", TLS: true},
	"redis+cluster":   {Cluster: true},
	"rediss+cluster":  {Cluster: true, TLS: true},
}

// IsAddress reports whether a text is meant as the address of a Redis rather than as a folder.
func IsAddress(text string) bool {
	scheme, _, found := strings.Cut(text, "://")
	return found && strings.HasPrefix(strings.ToLower(scheme), "redis")
}

// ParseAddress reads redis://user@host:6379/0, redis+sentinel://host1,host2/master or redis+cluster://host1,host2, and the
// same with rediss for TLS. After a question mark may stand replicas=N, record=NAME, ca=FILE, and for Sentinel db=N. Anything else gives a
// [model.Error] with CodeUsage, which does not repeat the address: a password may have been written into it.
func ParseAddress(text string) (*Address, error) {
	scheme, rest, _ := strings.Cut(text, "://")
	a, known := schemes[strings.ToLower(scheme)]
	if !known {
		return nil, refused("a kind of address that is none of redis, rediss, redis+sentinel, rediss+sentinel, redis+cluster, rediss+cluster")
	}
	rest, query, _ := strings.Cut(rest, "?")
	where, path, _ := strings.Cut(rest, "/")
	if i := strings.LastIndex(where, "@"); i >= 0 {
		var user string
		user, where = where[:i], where[i+1:]
		if strings.Contains(user, ":") {
			return nil, refused("a password in the address; set PAYBACK_REDIS_PASSWORD, or PAYBACK_REDIS_PASSWORD_FILE to a file that holds it, and leave it out here")
		}
		var err error
		if a.User, err = url.PathUnescape(user); err != nil {
			return nil, refused("a user name that cannot be read")
		}
	}
	if err := a.hosts(where); err != nil {
		return nil, err
	}
	if err := a.options(query); err != nil {
		return nil, err
	}
	if err := a.place(path); err != nil {
		return nil, err
	}
	a.text = text
	return &a, nil
}

// hosts reads hosts with or without a port.
func (a *Address) hosts(where string) error {
	port := "6379"
	if a.Master != "" {
		port = "26379"
	}
	for host := range strings.SplitSeq(where, ",") {
		if host == "" {
			return refused("no host; name one, as in redis://127.0.0.1:6379")
		}
		if _, _, err := net.SplitHostPort(host); err != nil {
			host = net.JoinHostPort(strings.Trim(host, "[]"), port)
		}
		if _, p, err := net.SplitHostPort(host); err != nil || !isPort(p) {
			return refused("a host or port that cannot be")
		}
		a.Hosts = append(a.Hosts, host)
	}
	if len(a.Hosts) > 1 && a.Master == "" && !a.Cluster {
		return refused("several hosts; for Sentinels write redis+sentinel://, for a cluster redis+cluster://")
	}
	return nil
}

func isPort(text string) bool {
	n, err := strconv.Atoi(text)
	return err == nil && n > 0 && n < 1<<16
}

// place reads what stands after the hosts: the database, or the name of the primary.
func (a *Address) place(path string) error {
	switch {
	case a.Master != "":
		name, err := url.PathUnescape(path)
		if err != nil || name == "" || strings.Contains(name, "/") {
			return refused("no name of the primary; write it as the Sentinels do, as in redis+sentinel://host1,host2/mymaster")
		}
		a.Master = name
		return nil
	case path == "":
		return nil
	case a.Cluster:
		return refused("something after the hosts of a cluster; a cluster has one database only")
	}
	return number(path, "database", &a.Database)
}

// recordNames are the names that a record may have.
var recordNames = regexp.MustCompile(`^[a-z0-9-]{0,40}$`)

// options reads what stands after the question mark.
func (a *Address) options(query string) error {
	all, err := url.ParseQuery(query)
	if err != nil {
		return refused("options that cannot be read")
	}
	allowed := []string{"replicas", "record", "ca"}
	if a.Master != "" {
		allowed = append(allowed, "db")
	}
	for name, values := range all {
		if !slices.Contains(allowed, name) || len(values) != 1 {
			return refused("an option that is none of %s, or one that is there twice", strings.Join(allowed, ", "))
		}
	}
	if a.Record = all.Get("record"); !recordNames.MatchString(a.Record) {
		return refused("a name of a record that is not made of small letters, digits and dashes")
	}
	a.CA = all.Get("ca")
	if a.CA != "" && !a.TLS {
		return refused("certificates where nothing is encrypted; write rediss in place of redis")
	}
	if all.Has("db") {
		if err := number(all.Get("db"), "database", &a.Database); err != nil {
			return err
		}
	}
	if all.Has("replicas") {
		return number(all.Get("replicas"), "number of replicas", &a.Replicas)
	}
	return nil
}

func number(text, what string, into *int) error {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > 1000 {
		return refused("a %s that is no small number", what)
	}
	*into = n
	return nil
}

func refused(format string, args ...any) error {
	return model.Errorf(model.CodeUsage,
		"The address of the record cannot be used: found %s. Expected redis://host:6379, redis+sentinel://host1,host2/primary or redis+cluster://host1,host2, or rediss for TLS.",
		fmt.Sprintf(format, args...))
}
