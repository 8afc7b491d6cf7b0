package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
	"github.com/communitypayback/payback/scheduler/redisstore"
	"github.com/communitypayback/payback/scheduler/sqlitestore"
)

// record is an open record, whichever kind it is of.
type record interface {
	scheduler.Record
	Verify(ctx context.Context) error
	Close() error
}

// recordFlags say which record is used.
type recordFlags struct {
	Data string `placeholder:"FOLDER" help:"The folder that holds the record, or the address of a Redis that does, such as redis://127.0.0.1:6379. Left out: PAYBACK_DATA, or payback-data here."`
}

const (
	defaultData = "payback-data"
	recordName  = "payback.db"
)

// The environment variables that say what no command line should: it can be seen by others.
const (
	passwordVariable         = "PAYBACK_REDIS_PASSWORD"          //nolint:gosec // the name of one
	sentinelPasswordVariable = "PAYBACK_REDIS_SENTINEL_PASSWORD" //nolint:gosec // the name of one
	folderVariable           = "PAYBACK_FOLDER"
)

// data gives where the record is: a folder, or the address of a Redis.
func (f *recordFlags) data(m *Main) string {
	switch {
	case f.Data != "":
		return f.Data
	case m.Env("PAYBACK_DATA") != "":
		return m.Env("PAYBACK_DATA")
	default:
		return defaultData
	}
}

// shared reports whether the record is on Redis.
func (f *recordFlags) shared(m *Main) bool { return redisstore.IsAddress(f.data(m)) }

// folder gives the folder of the record, or for one on Redis the folder of what this machine keeps for itself.
func (f *recordFlags) folder(m *Main) string {
	switch {
	case !f.shared(m):
		return f.data(m)
	case m.Env(folderVariable) != "":
		return m.Env(folderVariable)
	default:
		return defaultData
	}
}

// file gives the file of a record in a folder.
func (f *recordFlags) file(m *Main) string { return filepath.Join(f.folder(m), recordName) }

// missing reports whether there is surely no record yet. One on Redis is asked when it is opened.
func (f *recordFlags) missing(m *Main) bool {
	if f.shared(m) {
		return false
	}
	_, err := os.Stat(f.file(m))
	return errors.Is(err, fs.ErrNotExist)
}

// again gives the flag that leads to the same record, for commands that are suggested.
func (f *recordFlags) again() string {
	if f.Data == "" {
		return ""
	}
	return " --data " + quoted(f.Data)
}

// openRecord opens the record, which is made if there is none. Settings of a Redis that could lose a change are told.
func (f *recordFlags) openRecord(ctx context.Context, m *Main) (record, error) { //nolint:ireturn // which one it is depends on where it is
	if !f.shared(m) {
		dir := f.folder(m)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, &model.Error{Code: model.CodeUsage, Err: err, Message: "--data: " + dir + " cannot be made. Choose a folder that you may write to."}
		}
		return sqlitestore.Open(ctx, f.file(m))
	}
	address, err := redisstore.ParseAddress(f.data(m))
	if err != nil {
		return nil, err
	}
	o := redisstore.Options{Address: address}
	if o.Password, err = m.secret(passwordVariable); err != nil {
		return nil, err
	}
	if o.SentinelPassword, err = m.secret(sentinelPasswordVariable); err != nil {
		return nil, err
	}
	s, err := redisstore.Open(ctx, o)
	if err != nil {
		return nil, err
	}
	for _, weak := range s.Weak() {
		m.hint("Take care: %s.", weak)
	}
	return s, nil
}

// secret reads a password from the environment, or from the file that the variable of that name with _FILE names.
func (m *Main) secret(variable string) (string, error) {
	path := m.Env(variable + "_FILE")
	if path == "" {
		return m.Env(variable), nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", &model.Error{Code: model.CodeUsage, Err: err, Message: variable + "_FILE: the file that it names cannot be read; expected one that holds the password and that this program may read."}
	}
	return strings.TrimRight(string(text), "\r\n"), nil
}
