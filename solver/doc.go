// Package solver decides who goes where: it assigns people, supervisors and minibuses to the sessions of one region's week.
//
// # The problem
//
// Given actors A (people, supervisors, minibuses) and sessions T, choose for every pair whether the actor is in the session.
// Every constraint gives a cost, in broken cases (Hard) or in millipoints (Soft); the [Score] of an assignment is the sum,
// compared Hard first, and is to be minimised. A session is open when it has people. The rules themselves are not here: a
// [Constraint] is declared in package constraints and handed to [Compile].
//
// # Two views of one rule
//
// A constraint says what it means twice: in words ([Constraint.Violations], naive and readable, over a snapshot and a
// roster) and in kernels ([Constraint.Lower], tables that the search can evaluate in nanoseconds). [Check] runs the words
// alone and is the only authority; a test of the catalogue holds the two equal on random weeks.
//
// The kernels are: Forbid and Require (pairs), Cost (pairs, in millipoints), Count (tables of signed counters with a price a
// cell; see [Grid]), Clash (two sessions of one actor), Apart (two people in sessions that meet), Prefix (minutes of all but
// the last session), Partial and Share (minutes as they will be written, of one session and of some together), and Settle:
// the exact trips of a session's minibuses, a pure function of its members, priced after the counters.
//
// # The algorithm
//
//	compile the constraints into tables
//	put what is fixed in, take what breaks rules out
//	open the most promising session while one pays (lazy greedy), then place people by regret; people are looked at in the order
//	of what they could gain at best
//	repeat in rounds:
//	    split the sessions by team or project into parts, and the actors with them
//	    in each part, on a copy: anneal - try a move, settle its trips, accept by a random threshold or take it back
//	    merge the parts in order
//	    keep the best roster seen
//	judge it by the words
//
// No move ever accepts more broken cases. Moves only Join and Leave under a journal ([State.Mark], [State.Undo]); none prices
// itself, so none can get its price wrong.
//
// Sources: simulated annealing, Kirkpatrick, Gelatt and Vecchi 1983; ruin and recreate, Schrimpf and others 2000; ejection and
// open/close moves for facility location, Ahuja and others 2004; order of stops, Held and Karp 1962.
//
// # Units and determinism
//
// Minutes, metres, millipoints; all integers. The package reads no clock, file or network. Work is counted in rounds,
// moves and deltas, randomness comes from the seed alone, and the parts of a round do not depend on the number of goroutines: equal
// snapshot, constraints, seed and rounds give equal bytes.
package solver
