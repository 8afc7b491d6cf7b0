package web_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha512"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The program that judges pages for people who cannot see or point. It is fetched for tests alone, by version and content,
// and kept out of this tree for its licence.
const (
	axePackage = "axe-core@4.14.1"
	axeFile    = "axe-core-4.14.1.tgz"
	axeDigest  = "1477dafa598d8d065f273d6af302aa203c02e83131707b7fa648cd41bd3d6b734f8c22a0dab86ee6a6f64b8afbe804b214d36db85a2826965edfb3a0b9d546b5"
)

// axe gives the text of the program; empty where there is no npm to fetch it with and nobody insists.
func axe(t *testing.T) string {
	t.Helper()
	packed, err := os.ReadFile(kept())
	if err != nil || digest(packed) != axeDigest {
		packed, err = fetched(t)
	}
	if err != nil {
		require.Empty(t, os.Getenv("PAYBACK_CI"), "pages are judged by axe-core, which npm could not fetch: %v", err)
		t.Logf("THE PAGES WERE NOT JUDGED BY AXE-CORE: npm could not fetch it: %v", err)
		return ""
	}
	require.Equal(t, axeDigest, digest(packed), "npm gave another axe-core than the one that was read")
	z, err := gzip.NewReader(bytes.NewReader(packed))
	require.NoError(t, err)
	for files := tar.NewReader(z); ; {
		h, err := files.Next()
		require.NoError(t, err)
		if h.Name == "package/axe.min.js" {
			text, err := io.ReadAll(files)
			require.NoError(t, err)
			return string(text)
		}
	}
}

func digest(b []byte) string {
	sum := sha512.Sum512(b)
	return hex.EncodeToString(sum[:])
}

// kept says where the package is kept from one run to the next.
func kept() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	return filepath.Join(dir, "payback-tests", axeFile)
}

// fetched fetches the package and keeps it.
func fetched(t *testing.T) ([]byte, error) {
	t.Helper()
	npm, err := exec.LookPath("npm")
	if err != nil {
		return nil, err
	}
	dir := t.TempDir()
	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	c := exec.CommandContext(ctx, npm, "pack", axePackage, "--silent")
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		return nil, errors.Join(err, errors.New(string(out)))
	}
	packed, err := os.ReadFile(filepath.Join(dir, axeFile))
	if err == nil && digest(packed) == axeDigest && os.MkdirAll(filepath.Dir(kept()), 0o777) == nil {
		part := filepath.Join(filepath.Dir(kept()), filepath.Base(dir)+".part") // another test run may read it meanwhile
		if os.WriteFile(part, packed, 0o666) == nil {
			_ = os.Rename(part, kept())
		}
	}
	return packed, err
}
