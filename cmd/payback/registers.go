package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/communitypayback/payback/api/web"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/solver/constraints"
)

// registersName is the file of the sheets that supervisors take along.
const registersName = "registers.html"

// writeRegisters writes a sheet for each session with people, to be printed.
func writeRegisters(dir string, sn *model.Snapshot, roster *model.Roster) error {
	f, err := os.OpenFile(filepath.Join(dir, registersName), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("write the registers: %w", err)
	}
	state := "Plan: nobody was told yet."
	if roster.Version > 0 {
		state = "Published."
	}
	w := &web.Week{Snapshot: sn, Roster: roster, Version: roster.Version, State: state}
	return errors.Join(web.WriteRegisters(f, w, constraints.All), f.Close())
}
