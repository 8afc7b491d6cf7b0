// Command backlog plays made-up regions forward for a year under several ways of planning and prints what became of everybody:
// orders completed on time, hours lost at the end of orders, people turned away, stood down and told, and the longest wait. Package
// play says what happens in a region.
//
//	go run ./benchmarks/backlog -results benchmarks/results/backlog.csv -report benchmarks/RESULTS-backlog.md
//
// The ways are this program's plan; first come, first served; the earliest deadline first; and a weekly slot for each person that
// stays theirs, the official scheduler's way. All are bound by the same rules, judged by the words, and book beyond places by the
// same estimates. Besides, the plan is made with other constants of the value of work than the policy's: these runs draw the
// frontier between orders completed on time and the longest wait. The policy's own constants were chosen on the training seeds
// alone; what is told of them is of seeds held out.
//
// A run that is done is a row of the results and is not done again, so the command can be stopped and started at any time. Equal
// flags give equal rows, but for the seconds they took. One run uses one core; -runs 0 only writes the report of the rows there are.
package main
