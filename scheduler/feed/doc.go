// Package feed asks services outside for what a region's files do not say: how long journeys take, and how likely rain is.
//
// Nothing here runs by itself. A person names the service, asks for what they want, and what comes back goes into the
// region's files or record like any other import, so that planning never waits for the network and a snapshot stays
// what it was. What leaves the machine is positions and dates, never a name, a CRN or a code: homes to about a hundred metres,
// in no order that tells whose they are. It goes to the address that was named and to no other: redirections are not followed.
// docs/adr/0016 says why.
//
// A service that fails, is slow or answers nonsense costs time and nothing else: it is asked again a few times, its
// answers are bounded, and what stays open is told in findings. Errors name the service's host and never what was asked.
package feed
