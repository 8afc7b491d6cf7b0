// Command peers plans made-up weeks with this program and with other solvers, on the same machine with the same cores and time,
// and writes what came of it to benchmarks/RESULTS.md.
//
//	go run ./benchmarks/peers                                   the whole table; a night
//	go run ./benchmarks/peers -people 40,300 -limits 10s,60s    a part of it
//	go run ./benchmarks/peers -write-only                       the report again, from what was run before
//
// A run that is finished is never repeated: it is a line of results.jsonl in the folder of -keep. Python packages are installed
// into a virtual environment below that folder, and Java classes are built there. Python 3, a JDK of at least version 17 and Maven must be
// there, for the solvers that need them.
//
// # Who is compared
//
//	payback            scheduler.Plan as a user gets it; a run for each limit, because it cools down over the time it is given
//	payback-estimated  the same engine on the week that the others are told, which no user gets
//	cpsat              OR-Tools CP-SAT, python/cpsat.py
//	highs              HiGHS, python/highs.py
//	timefold           Timefold Solver Community Edition, timefold/
//
// The others make one run of the longest limit, whose answers are read off at each limit. All start from the same first
// roster, which payback also makes first, in the time it is given. A solver's clock starts once it has read its model; payback's
// before it compiles.
//
// # What they are told
//
// CP-SAT and HiGHS get the program of solver.Problem.WriteLP: every rule as rows. Two things have no linear form. Chances are
// stated nearly (solver.Problem.Near), and once a program is solved to the end it is solved again with lazy cuts until it says
// what the words say. Trips are priced by estimate, so that some rides of an answer may turn out too long.
//
// Timefold gets the engine's tables (solver.Problem.WriteTables) as constraint streams, with chances exact, trips by estimate, and
// of wet plans the hosts that suit each person and the room there. Two searches run side by side, since one uses one core.
//
// Memory is not shared out: a large week as a linear program takes several gigabytes to state and more to solve.
//
// # How answers are judged
//
// By solver.Check with the whole catalogue, in words. An answer that breaks rules is first told as it is, and then mended: those
// who break something are taken out, cheapest first, and put where they fit best. Both values are kept; the table shows the best
// legal roster that a solver had by a limit, with a mark where it had to be mended. A second table measures everybody in the week
// with estimated trips, by the engine's count, for what a solver was not told it cannot be blamed for.
package main
