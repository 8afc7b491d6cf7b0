package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/communitypayback/payback/model"
)

// folder is a folder in the making. It is written beside its final place and takes that place in one step, so that nobody
// ever sees half of it.
type folder struct {
	mu    sync.Mutex // Ctrl-C may give a folder up while it is written
	final string
	temp  string // empty once it is in place or given up
}

// newFolder prepares a folder, which is given up if the program is left in a hurry.
func (m *Main) newFolder(flag, path, mark string, known []string) (*folder, error) {
	f, err := newFolder(flag, path, mark, known)
	m.making.Store(f)
	return f, err
}

// newFolder prepares a folder that will replace an earlier one of the same kind: one that holds mark, and nothing but the
// known names. Anything else that is there is left alone and refused.
func newFolder(flag, path, mark string, known []string) (*folder, error) {
	path = filepath.Clean(path)
	if err := replaceable(flag, path, mark, known); err != nil {
		return nil, err
	}
	parent := filepath.Dir(path)
	err := os.MkdirAll(parent, 0o777)
	if err == nil {
		f := &folder{final: path}
		if f.temp, err = os.MkdirTemp(parent, "."+filepath.Base(path)+"-"); err == nil {
			return f, nil
		}
	}
	return nil, &model.Error{Code: model.CodeUsage, Err: err, Message: flag + ": " + path + " cannot be made. Choose a folder that you may write to."}
}

// replaceable reports whether nothing would be lost by replacing what is at a path.
func replaceable(flag, path, mark string, known []string) error {
	entries, err := os.ReadDir(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return &model.Error{Code: model.CodeUsage, Err: err, Message: flag + ": " + path + " is not a folder that can be used. Choose another."}
	case len(entries) == 0:
		return nil
	}
	var strangers []string
	marked := false
	for _, e := range entries {
		marked = marked || e.Name() == mark
		if !slices.Contains(known, e.Name()) {
			strangers = append(strangers, e.Name())
		}
	}
	switch {
	case !marked:
		return model.Errorf(model.CodeUsage, "%s: %s is there already and holds no %s, so it was not made by this command. Choose a new folder.", flag, path, mark)
	case len(strangers) > 0:
		return model.Errorf(model.CodeUsage, "%s: %s also holds %s, which would be lost. Move that away, or choose a new folder.", flag, path, strings.Join(strangers, ", "))
	}
	return nil
}

// keep puts the folder in its place.
func (f *folder) keep() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	old := ""
	if _, err := os.Stat(f.final); err == nil {
		old = f.temp + "-old"
		if err := os.Rename(f.final, old); err != nil {
			return err
		}
	}
	if err := os.Rename(f.temp, f.final); err != nil {
		if old != "" {
			_ = os.Rename(old, f.final) // put back what was there
		}
		return err
	}
	f.temp = ""
	if old != "" {
		return os.RemoveAll(old)
	}
	return nil
}

// drop gives up what has not been kept. It may be called at any time.
func (f *folder) drop() {
	if f == nil {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.temp != "" {
		_ = os.RemoveAll(f.temp)
		f.temp = ""
	}
}
