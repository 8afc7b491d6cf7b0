// Package beside solves made-up weeks twice, by a mixed integer solver and by this program's search, and puts the two
// answers side by side. Both read the same compiled week, with trips estimated, so the first says what the second could
// have found; and as the first is read back into the engine's own state, it also proves that the rows say what the kernels
// say.
package beside
