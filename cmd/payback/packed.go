package main

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
)

// writePacked writes something as packed JSON into a file of a plan's folder, for its owner alone.
func writePacked(dir, name string, x any) (err error) {
	f, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	z := gzip.NewWriter(f)
	return errors.Join(json.NewEncoder(z).Encode(x), z.Close())
}

// readPacked reads it again. No more than most bytes are unpacked, so that a file that payback did not write cannot take all memory.
func readPacked(f io.Reader, most int64, x any) error {
	z, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	return json.NewDecoder(io.LimitReader(z, most)).Decode(x)
}
