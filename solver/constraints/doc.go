// Package constraints is the catalogue of rules: one rule a file, each declared once as a [solver.Constraint].
//
// Every file has the same four parts, in this order. The literal names the rule and the clauses of the policy it
// implements. Its words list the broken cases of any roster, straight from the clause, as if no search existed; they are the
// only authority, so they must cope with rosters edited by hand that name people who do not exist. Its kernels declare the
// same rule to the engine. Its sentence says one case to the person who has to mend it.
//
// Words and kernels share no function of this package or of solver: a mistake in something both use would look like
// agreement. What only words use is in words.go, what only kernels use in kernels.go, what only sentences use in
// sentences.go. The harness in the tests compares the two views on random weeks, and the cases of each twin test, copied
// from the clauses, are the guard against a rule that is misunderstood twice.
//
// # Terms
//
// A rider is a person who goes to a project by minibus. Their best ride is the least, over all pick-up stops, of their own
// way to the stop and a minibus that drives straight from it; it bounds what any trip can offer. Their exact ride is known
// once a trip has stops and times. A supervisor's exact duty is their trip, depot to depot, if they drive one, and the
// session otherwise.
package constraints
