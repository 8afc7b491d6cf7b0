// Package location reads published instances of the single-source capacitated facility location problem and has this program's
// engine solve them: a facility is a session that costs something to open, a customer is a person who takes as many places as
// their demand, and where a customer is served has a price. Nothing of the catalogue applies; the few rules are in rules.go,
// over the same kernels, and the search is the one that plans weeks.
//
// # Files
//
// Two layouts are read. Both begin with the number of facilities and of customers; words are divided by white space.
//
//	formatted   all capacities, all opening costs, all demands, then for each customer the cost at each facility
//	pairs       for each facility its capacity and opening cost, all demands, then for each facility the cost of each customer
//
// The second is how Holmberg, Rönnqvist and Yuan (1999, European Journal of Operational Research 113) published their 71
// instances. Both are in the repository Oscar-Oliveira/OR-Datasets, folder Facility-Location/SSCFLP: Lib_2 has the pairs, and
// formatted/Lib_2 the other, with a file "os" that holds the optimum of p1 in its first line, that of p2 in its second, and so
// on. No such file is kept here: name a folder that has them.
package location
