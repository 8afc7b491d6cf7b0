// Package faults keeps reports of what a search finds to be wrong in the program, so that somebody can find the cause without having
// the region's data.
//
// A report is a folder that only its owner can read. It holds what was found (fault.json), and the week, the roster and where the search
// began, in which every code is replaced by one that says nothing, in the same order, so that the same search can be made again.
// Addresses are rounded to about a kilometre and journeys of people are left out, so a search that is repeated may take other ways; the
// roster itself is judged again in any case. What is left is still about people: needs, risks and hours as they are.
package faults
