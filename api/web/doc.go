// Package web shows a region's weeks in a browser: pages made on the server, without scripts, that only read.
//
// [NewBoard] and [NewSession] turn a snapshot, a roster and what the words say of it into what a page says; they are pure
// functions. [Handler] serves them. People appear by CRN alone, on the page of a session and in sentences on broken rules;
// no CRN and no name of a person is in a title or an address.
package web
