package sqlitestore

import (
	"context"
	"errors"
	"fmt"
	"syscall"

	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// The result codes of SQLite that need a sentence of their own (https://www.sqlite.org/rescode.html).
const (
	codeReadOnly = 8
	codeInOut    = 10
	codeCorrupt  = 11
	codeFull     = 13
	codeNoFile   = 14 // SQLITE_CANTOPEN
	codeNotADB   = 26
	// codeNoIndex is SQLITE_IOERR_SHMSIZE, the one extended code: there was no room for the index of the journal.
	codeNoIndex = codeInOut | 19<<8
)

// resultCode is the primary result code of SQLite in an error, 0 if there is none.
func resultCode(err error) int {
	return extendedCode(err) & 0xff // the rest of an extended code says where it happened
}

func extendedCode(err error) int {
	var coded interface{ Code() int }
	if !errors.As(err, &coded) {
		return 0
	}
	return coded.Code()
}

// unavailable words an error of the file system or of SQLite. It gives nil for nil, and a file that SQLite cannot follow is
// damaged, which trying again does not help.
func unavailable(what string, err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	code := resultCode(err)
	if code == codeCorrupt || code == codeNotADB {
		return &model.Error{Code: model.CodeInternal, Err: err, Message: scheduler.Damaged("its file").Error()}
	}
	why := "it may be busy; try again"
	switch {
	case code == codeFull, extendedCode(err) == codeNoIndex, errors.Is(err, syscall.ENOSPC):
		why = "the disk is full; free some space and try again"
	case code == codeReadOnly, code == codeNoFile, errors.Is(err, syscall.EACCES), errors.Is(err, syscall.EROFS):
		why = "its file or folder may not be written to; give this program the right to"
	case code == codeInOut, errors.Is(err, syscall.EIO):
		why = "the disk did not do what it was told; look after the disk and have a backup at hand"
	}
	return &model.Error{Code: model.CodeUnavailable, Err: err, Message: "The record could not " + what + ": " + why + ". Nothing was changed."}
}

func cannotOpen(path string, err error) error {
	return &model.Error{Code: model.CodeUnavailable, Err: err, Message: fmt.Sprintf("cannot open the record %s; expected a file that may be written", path)}
}

func cannotPlace(path string, err error) error {
	if errors.Is(err, syscall.ENOSPC) {
		return unavailable("be put in place", err)
	}
	return &model.Error{Code: model.CodeUnavailable, Err: err, Message: fmt.Sprintf("cannot write to %s; expected a folder that is there and may be written to", path)}
}

func unreadableBackup(path string, err error) error {
	return &model.Error{Code: model.CodeUnavailable, Err: err, Message: fmt.Sprintf("cannot read the backup %s; expected a file that this program may read", path)}
}

func notARecord(err error) error {
	return &model.Error{Code: model.CodeInvalid, Err: err, Message: "found a file that is not a record of payback; expected one that payback made, or no file"}
}

// unreadable words an error of the first look at a file: what SQLite does not take for its own is no record of ours.
func unreadable(err error) error {
	if resultCode(err) == codeNotADB {
		return notARecord(err)
	}
	return unavailable("be opened", err)
}
