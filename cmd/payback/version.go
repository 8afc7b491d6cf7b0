package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// versionCommand says which program this is.
type versionCommand struct{}

// versionOf is what a program knows of itself.
type versionOf struct {
	Version  string `json:"version"`
	Revision string `json:"revision,omitempty"` // of the source, if it was built from a checkout
	Changed  bool   `json:"changed,omitempty"`  // the checkout differed from the revision
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

// Run prints the version.
func (versionCommand) Run(m *Main) error {
	return writeOne(m, thisVersion(), func(v versionOf) error {
		_, err := fmt.Fprintf(m.Stdout, "payback %s (%s, %s)\n", v.Version, v.Go, v.Platform)
		return err
	})
}

func thisVersion() versionOf {
	v := versionOf{Version: "unreleased", Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	built, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if built.Main.Version != "" && built.Main.Version != "(devel)" {
		v.Version = built.Main.Version
	}
	for _, s := range built.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Revision = s.Value
		case "vcs.modified":
			v.Changed = s.Value == "true"
		}
	}
	return v
}
