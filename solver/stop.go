package solver

// Progress says how far a run has come.
type Progress struct {
	Rounds  int   // done
	Planned int   // in all; 0 while that is not known
	Deltas  int64 // evaluated so far
	Score   Score // of the incumbent
	Placed  int   // people with an appointment in it
	Open    int   // sessions with people in it
	Since   int   // rounds since the incumbent last improved
}

// Stop decides between rounds whether a run ends; it is the only way time may cut one.
type Stop func(Progress) bool

// Any stops as soon as one of the criteria does.
func Any(stops ...Stop) Stop {
	return func(p Progress) bool {
		for _, s := range stops {
			if s != nil && s(p) {
				return true
			}
		}
		return false
	}
}

// AfterRounds stops after so many rounds of work.
func AfterRounds(n int) Stop { return func(p Progress) bool { return p.Rounds >= n } }

// AfterDeltas stops once so many deltas were evaluated.
func AfterDeltas(n int64) Stop { return func(p Progress) bool { return p.Deltas >= n } }

// WithoutGain stops when so many rounds have not improved the incumbent.
func WithoutGain(rounds int) Stop { return func(p Progress) bool { return p.Since >= rounds } }
