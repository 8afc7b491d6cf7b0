package main

import "time"

type report struct {
	runs   []Run
	limits []time.Duration
	note   string
	args   []string
}

func (r *report) write(dir string) error { return nil }
