package instance

// The figures of an average region (rules.md section 8). Marks: S stated in a published source, D derived from sourced
// figures, A assumed, to be confirmed by a region; "made" marks a figure the catalogue leaves open and only this package
// decides. Shares are permille unless a name says otherwise.
const (
	unitPeople    = 490 // D: 4,400 people in 9 delivery units
	fieldPer4400  = 30  // D: 25 to 35 field supervisors
	women         = 130 // S: 11 to 15 %
	sexOther      = 2   // made
	fullTime      = 300 // A: full-time work or study
	partTime      = 120 // A
	asksForPrayer = 500 // A: half of those who are Muslim
	askFriday     = 400 // made: of those who ask, for Friday as well
	caringMen     = 150 // A
	caringWomen   = 450 // A
	notStarted    = 80  // A
	neverCame     = 12  // made: of these, told to come in the weeks of history and did not
	pastTarget    = 150 // D
	pastStressed  = 300 // D: the stressed profile

	attendanceFloor, attendanceCap = 100, 970 // made: nobody is certain
	leastCome, mostCome            = 50, 990  // made: to any one session
	attendIndividual               = 100      // A: added
	attendFirst                    = -100     // A
	attendMonday                   = -30      // A
	attendWinter                   = -30      // A: October to March
	attendFar                      = -80      // A: over an hour's travel

	individualBarred = 120 // A
	childRisk        = 60  // A
	restricted       = 50  // A
	sexualHistory    = 40  // A
	gang             = 40  // A
	keptApart        = 30  // A: with 1 to 4 others each
	toolLimits       = 150 // A
	lightWork        = 80  // A

	cars            = 350   // A
	carsRural       = 600   // made: the rural profile
	urban           = 800   // A
	urbanMetres     = 6000  // A: median from home to site
	ruralMetres     = 18000 // A
	farthest        = 45000 // made: nobody lives further out
	womenSupervise  = 450   // A
	licenceD1       = 350   // A
	absentADay      = 60    // A: supervisors
	busesPer1000    = 750   // made: for each supervisor, 0.75
	smallBuses      = 700   // A: 8 passenger seats
	offTheRoad      = 40    // A
	wetWinter       = 180   // A: chance of a wet day, October to March
	wetSummer       = 90    // A
	wetWeek         = 850   // made: the wet-week profile
	womenScarce     = 50    // made: the women-scarce profile
	ridden          = 700   // made: outdoor projects reached by minibus, or by either way
	historyWeeks    = 6     // made
	bookedPerDuty   = 10    // D: 1,500 supervised bookings of 30 supervisors with 5 duties
	dutiesPerWeek   = 4     // D: 115 sessions of 30 supervisors
	ratio           = 8     // A: people a supervisor
	sessionMinutes  = 420   // S
	weekMinutes     = 2220  // made: a full-time post, 37 hours
	monthsToTarget  = 12    // S
	hardEnds        = 600   // made: orders with an end that nothing moves
	bandTopShapesIn = 2     // made: the top band is the lower of two draws, so that the mean order is about 115 hours
)

// Shares of closed lists, permille, in the order of the words they choose.
var (
	ageBands      = []int{200, 330, 330, 140}                         // A: 18-24, 25-34, 35-49, 50+
	levelShares   = []int{450, 470, 75, 5}                            // A: low, medium, high, very high
	orderBands    = []int{350, 400, 250}                              // A: 40-80, 80-150, 150-300 hours
	missShares    = []int{500, 350, 100, 50}                          // A: unacceptable, acceptable, rescheduled, stood down
	muslimUnits   = []int{100, 50, 120, 60, 280, 80, 50, 90, 70}      // A: 10 % in all, 5 to 30 by unit
	hourBands     = [3][2]int{{40, 70}, {80, 140}, {150, 300}}        // S: whole tens of hours
	ages          = [4][2]int{{18, 24}, {25, 34}, {35, 49}, {50, 72}} // A
	statuses      = []int{935, 20, 15, 25, 5}                         // made: active, suspended, awaiting, breach, complete
	commonOrder   = []int{620, 340, 40}                               // made: community, suspended sentence, other
	ceilings      = []int{100, 500, 400}                              // made: low, medium, high, of group projects
	hardEndMonths = []int{12, 18, 24, 24, 36}                         // made: after sentence
	acceptable    = []string{"AAME", "AAEM", "AAFC", "AACL", "AARC"}  // S: outcome codes of accepted absences
	otherCame     = []string{"AFTC", "AFDA", "ATSH", "ATCH", "ATSS"}  // S: attended, not as planned
)
