// Payback plans community payback: who comes to which session, who supervises it, and which minibus brings them.
//
// The program only wires things together. [Main] reads the command line, runs one command, and turns errors into plain
// text and an exit code; package exchange reads and writes files, package scheduler freezes a week and plans it, packages
// solver and constraints know what is allowed. Standard output carries data and nothing else; progress, hints and problems
// go to standard error. Tests run Main within their own process.
package main
