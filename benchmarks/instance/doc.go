// Package instance makes up regions to plan, from a handful of people to a hundred thousand, for tests, benchmarks and
// demonstrations. Nobody in them exists.
package instance
