// Package model is the vocabulary of payback: people on probation and their requirements, projects and their sessions,
// supervisors, minibuses, weeks, rosters, and the frozen [Snapshot] that every decision looks at.
//
// Everything here is plain data with its own validity and nothing more. The package reads no clock, no file and no
// network, keeps no global that changes, and never lets the order of a map reach an answer, so equal inputs give equal
// bytes on any machine.
//
// # Units
//
// Durations are whole minutes. A [Date] is a day of the civil calendar, a [Clock] a local wall time, an [Instant] a minute
// of real time; a [Calendar] converts between them and knows the clock changes. A [Span] is half-open.
// Money does not occur: values and prices are integer millipoints, a thousandth of a minute of on-time work.
package model
