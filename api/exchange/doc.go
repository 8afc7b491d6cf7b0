// Package exchange reads and writes the files that people already keep: one CSV file a kind, or one workbook with a sheet
// a kind. What a file may hold is said once, in the tables of this package; they drive the reader, the writer, the
// templates and docs/formats.md.
//
// Reading is strict about meaning and easy about form. [Read] gives the typed facts of every row that could be
// understood, and a [Report] of the rows that could not: what was found, where, what was expected and what to do. A row
// that cannot be read never harms another, except that rows which refer to it are refused too and say so. Values of
// columns about a person's identity, place or health are never repeated in a report.
//
// Writing is exact: facts that are written and read again are equal, and a week that was planned, written, read and
// written again is the same byte for byte. Every function here may be called from several goroutines at once, as long as
// they do not write to one folder.
package exchange
