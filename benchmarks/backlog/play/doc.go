// Package play plays a made-up region forward, week after week, under a way of planning: who comes is drawn from chances that no
// planner is told, hours are credited, new people arrive, orders are completed or end, and the next week is planned from what
// was recorded. It measures what became of everybody.
//
// # What happens
//
// A week is planned on the Thursday before it at noon, from the outcomes until the Wednesday. Each day then comes: supervisors
// fall ill, people come or do not, and more may come than there are places for.
//
//	came, and there was a place          ATTC, the minutes of the appointment are credited
//	came, and there was none             ATSS: turned away
//	no supervisor, or nobody to drive    AASD: stood down
//	did not come                         UACP or AAME
//
// The same things happen to the same person, supervisor and day whatever the plan: each is drawn from the seed, what it is and
// the day alone. So ways of planning differ by what they do and not by luck, as far as that can be.
//
// # What is left out
//
// Nobody is breached, suspended or sentenced again; who has an order has it until it is completed or ends. Everybody is inducted
// within a week of sentence, outside the plan. Projects, supervisors and minibuses stay as they are for the year, and their papers
// in date. Standing slots of the files are not kept, but by the way of planning that is made of them.
package play
