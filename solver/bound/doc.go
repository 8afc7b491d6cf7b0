// Package bound says how good a week's roster could be at most: a dual bound, the prices that prove it, and what they hint at.
//
// # The decomposition
//
// Every pair of a person and a session has a price that the person pays and the session receives; every duty has one that the session
// pays and the supervisor or minibus receives. At given prices each part is best by itself: a person's week, a supervisor's or a
// minibus's week, a session with its team and its people. What the parts make together is no less than what any roster is worth,
// whatever the prices are (Lagrangian decomposition; Guignard and Kim, 1987). What many parts share has prices too: places indoors for
// a day on which it rains, the reserve of supervisors, room of one site that sessions share, what areas add.
//
//	begin with few prices, which pairs share, or with those of another search                         few.go, tied.go, warm.go
//	repeat
//	    best week of each person: sessions a day, minutes of the week, first rewards, the concave worth   person.go
//	    best week of each supervisor and minibus: sessions one after another, minutes of the week         staff.go
//	    best way to run each session: its team, who gains most at the prices of room and seats            crew.go, set.go, companions.go, seat.go
//	    move prices against what the parts disagree about                                                 ascent.go
//
// Who needs company in a session comes with others of them or not at all; companions.go finds which of them, for a few exactly and for
// the others by the cheapest company there could be.
//
// The rule of chance, that too many come with a chance of at most so much, is no linear rule. tail.go states an inequality that every
// group which keeps it keeps as well, and tail_seats.go one for those who ride.
//
// # What is left out
//
// Rules that a part does not know are relaxed, which can only raise the bound: [Search.LeftOut] names them. So a gap is partly the
// bound's and partly the roster's.
//
// # What is lacking
//
// [Witnesses] answers another question of the same relaxed week: who stays without a place whatever the roster, for want of what. Rooms,
// days of supervisors and minibuses, and the people who depend on them are a cut of a network (shortage.go, flow.go); [Verify] counts
// again what they hold, apart from the network (witness_verify.go, witness_count.go).
//
// # The proof
//
// [Evaluate] works a bound out from prices, apart from the search and plainly. Prices are whole millipoints; no float is in it but in
// the inequalities for chances other than the usual one, which are worked out when they are asked for and rounded up.
package bound
