package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAPlanIsCertified(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	out := plan(t, dir)
	o := must(t, "certify", "plan", dir, "--roster", out)
	require.Regexp(t, `^Certified: the roster of week 2026-W49 breaks no rule that must hold`, o.stdout)
	require.Regexp(t, `no\s+roster\s+can\s+be\s+worth\s+more\s+than`, o.stdout)
	narrow(t, o.stdout)
	require.Contains(t, must(t, "certify", "plan", dir, "--roster", out, "-o", "json").stdout, `"gap_percent"`)
}

func TestAPlanAtPricesOfItsOwnIsCertified(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	out := plan(t, dir, "--price", "opening.session=90000")
	require.Contains(t, must(t, "certify", "plan", dir, "--roster", out).stdout, "Certified: ")
}

func TestAProofThatDoesNotHoldIsRefused(t *testing.T) {
	t.Parallel()
	dir := region(t, "60")
	out := plan(t, dir)

	other := region(t, "40")
	o := run("certify", "plan", other, "--roster", out)
	require.NotZero(t, o.code)

	// Somebody is taken out of the roster: it is worth less than the certificate says.
	edit(t, filepath.Join(out, "appointments.csv"), func(s string) string {
		lines := strings.SplitAfter(s, "\n")
		return strings.Join(append(lines[:1:1], lines[2:]...), "")
	})
	o = run("certify", "plan", dir, "--roster", out)
	require.NotZero(t, o.code)
	require.NotContains(t, o.stdout, "Certified")

	require.NoError(t, os.WriteFile(filepath.Join(out, "certificate.json.gz"), []byte("nothing"), 0o600))
	o = run("certify", "plan", dir, "--roster", out)
	require.Equal(t, 3, o.code)
	require.Contains(t, o.stderr, "it was changed or cut short. Plan again.")

	require.NoError(t, os.Remove(filepath.Join(out, "certificate.json.gz")))
	o = run("certify", "plan", dir, "--roster", out)
	require.NotZero(t, o.code)
	require.Contains(t, o.stderr, "so nothing proves how good the plan is")
}
