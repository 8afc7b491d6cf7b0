// Package instance makes up regions to plan, from a handful of people to a hundred thousand and more, for tests,
// benchmarks and demonstrations. Nobody in them exists: people are drawn from figures, names are strung together from
// syllables, and the towns lie on no map.
//
// [Make] gives the facts of a region as they stand on the evening before a week begins. Equal specs give equal facts on any
// machine: every draw is a whole number from a stream of PCG that the seed and the part of the region choose,
// distributions are tables of quantiles, positions are whole metres until the end, and no map decides an order.
//
// # What is drawn
//
// The figures are those of rules.md section 8; figures.go holds them with their marks and says which ones are ours.
//
//	what                 how
//	delivery units       one for 490 people, at least one; 16 to 30 km apart, each with a main town and two others
//	projects             about 16 a unit: 9 or 10 outdoor groups, 2 indoor groups that take others in when it rains,
//	                     one group for women only, 2 individual placements, a skills course, induction
//	sessions             weekdays 09:00 to 16:00, some 09:30 to 13:30, some weekends, one evening; two to three times as
//	                     many as supervisors can serve; induction weekly, and on every second Saturday
//	supervisors          30 for 4,400 people, 37 hours a week or part of it; Monday to Friday or with weekends; 6 % of
//	                     days away; the first of each unit may drive and is trained for high risk and for women
//	minibuses            three for four supervisors, 70 % with 8 seats, 4 % off the road
//	stops                6 to 10 a unit, 3 in a small one and where the land is rural
//	wet places           for every day of the week as many in each area as its supervisors could lead outdoors at 8
//	                     each, and 4 more at every host
//	people               sex, age, risk, flags, health, prayer and preferences by their shares, each on its own
//	homes                a lognormal distance from one of the unit's sites: median 6 km for four in five, else 18 km,
//	                     never over 45 km
//	time                 full-time and part-time work, school runs in term, whole days of caring, curfews, days of faith,
//	                     appointments
//	orders               bands 40-80, 80-150 and 150-300 hours in tens; what remains is Beta(1.6, 1.4) of it; 8 % not
//	                     started, half of these not inducted; 15 % past their target date
//	history              six weeks of 4 group sessions for each supervisor with up to 10 booked, and of the placements;
//	                     outcomes by each person's own chance, Beta with mean 0.60 and deviation 0.18; earlier sessions are counts
//	ties                 circles of 2 to 5 who keep apart (3 % of people), exclusion areas (5 %), standing slots (half)
//	weather              two weeks of forecasts for each two units, mean 0.18 in winter and 0.09 in summer
//
// Below 490 people there is one unit that shrinks: from 10 to 60 people it has 7 or 8 projects, 3 supervisors, 2
// minibuses and 3 stops, and from 30 people one of the projects is for women only.
//
// A region is hard on purpose: about one person in twenty can reach no session of the week, because their work, the way
// or what they may not do leaves none. Some who were never inducted cannot come to the one session for them.
//
// Beyond some 100,000 people availability.csv has more than 250,000 rows, the most that package exchange reads.
package instance
