package main

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWorkBesideGivesWhatItMade(t *testing.T) {
	t.Parallel()
	made, err := beside(func() (int, error) { return 7, errors.New("half of it") })()
	require.Equal(t, 7, made)
	require.EqualError(t, err, "half of it")
}

func TestAPanicBesideIsOneOfTheCaller(t *testing.T) {
	t.Parallel()
	wait := beside(func() (int, error) { panic("broken") })
	require.PanicsWithValue(t, "broken", func() { _, _ = wait() })
}
