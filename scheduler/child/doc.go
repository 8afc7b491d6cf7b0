// Package child makes plans in a process of their own, so that a panic, an endless search or exhausted memory costs one run
// and not the service.
//
// The two sides speak over the child's standard streams: the parent writes one request and keeps the stream open for as
// long as it wants the search to go on; the child writes a line for each step, and a last one with the result. A parent that
// dies closes the stream, so no child outlives it. What comes back is judged again by the parent before anybody sees it.
package child
