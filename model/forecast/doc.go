// Package forecast says what is likely: whether people come, and when they will have finished. It draws nothing at random
// and counts in whole numbers, so the same record gives the same answer on any machine.
//
// It is told of people as numbers and knows nothing else about them: no sex, age, ethnicity, religion or health can reach
// an estimate (docs/adr/0015).
package forecast
