// Package web shows a region's week in a browser: pages made on the server, without scripts, that only read.
//
// [NewBoard] turns a snapshot, a roster and what the words say of it into what the page says; it is a pure function. [Handler]
// serves it. The board speaks of numbers, codes and sessions; a CRN appears only in the sentence on a broken rule.
package web
