package solver_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/solver"
)

func TestWorkBesideGivesWhatItMade(t *testing.T) {
	t.Parallel()
	made, err := solver.Beside(func() (int, error) { return 7, errors.New("half of it") })()
	require.Equal(t, 7, made)
	require.EqualError(t, err, "half of it")
}

func TestAPanicBesideIsOneOfTheCaller(t *testing.T) {
	t.Parallel()
	wait := solver.Beside(func() (int, error) { panic("broken") })
	require.PanicsWithValue(t, "broken", func() { _, _ = wait() })
	require.PanicsWithValue(t, "broken", func() { _, _ = solver.Unless(t.Context(), func() (int, error) { panic("broken") }) })
}

func TestNobodyWaitsForWorkOnceTheContextEnded(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	began, never := make(chan struct{}), make(chan struct{})
	defer close(never)
	go func() {
		<-began
		stop()
	}()
	_, err := solver.Unless(ctx, func() (int, error) {
		close(began)
		<-never
		return 7, nil
	})
	require.ErrorIs(t, err, context.Canceled)
	made, err := solver.Unless(t.Context(), func() (int, error) { return 7, nil })
	require.NoError(t, err)
	require.Equal(t, 7, made)
}
