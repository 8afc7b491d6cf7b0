package main_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAPlanOfTheRecordIsCertified checks a plan and what is published of it, by a certificate that was given out and without one.
func TestAPlanOfTheRecordIsCertified(t *testing.T) {
	t.Parallel()
	data, file := filepath.Join(t.TempDir(), "record"), filepath.Join(t.TempDir(), "certificate.json.gz")
	flags := []string{"--data", data, "--week", "2026-W49"}
	must(t, "import", region(t, "60"), "--data", data)
	must(t, append([]string{"plan", "--rounds", "3", "--as-of", "2026-11-26T12:00"}, flags...)...)
	o := must(t, append([]string{"certify", "record", "--plan", "latest", "--out", file}, flags...)...)
	require.Regexp(t, `^Certified: the roster of week 2026-W49 breaks no rule that must hold`, o.stdout)
	narrow(t, o.stdout)
	again := must(t, append([]string{"certify", "record", "--plan", "latest", "--certificate", file}, flags...)...)
	require.Equal(t, o.stdout, again.stdout)
	bad := run(append([]string{"certify", "record"}, flags...)...)
	require.NotZero(t, bad.code)
	require.Contains(t, bad.stderr, "nothing published")

	// Of another plan it proves nothing.
	must(t, append([]string{"plan", "--rounds", "3", "--as-of", "2026-11-25T12:00"}, flags...)...)
	bad = run(append([]string{"certify", "record", "--plan", "latest", "--certificate", file}, flags...)...)
	require.Equal(t, 3, bad.code)
	require.Contains(t, bad.stderr, "is for other facts")
}
