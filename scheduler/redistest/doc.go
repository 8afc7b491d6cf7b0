// Package redistest starts real Redis servers for tests, on free ports and in folders of their own: single ones, ones with
// Sentinels, and clusters. They can be killed, paused and started again.
package redistest
