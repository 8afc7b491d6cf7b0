// Package sqlitestore is the record by default: one SQLite file in WAL mode that survives the process and the machine.
//
// A commit is on the disk before it is answered (synchronous=FULL), one connection writes and takes the lock at the start
// (BEGIN IMMEDIATE), and a file whose settings turn out weaker is not opened. Every entry and every content is stored with
// its SHA-256 and checked whenever it is read.
package sqlitestore
