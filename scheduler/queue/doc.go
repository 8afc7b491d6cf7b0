// Package queue hands runs to workers on other machines, through asynq on a Redis.
//
// A queue is a hint. What passes through it names a region and a run; whether and by whom that is carried out the ledger of the record
// says, so a queue may lose a task, give it late or give it twice, and may itself be lost with all that it holds. Nothing here is kept
// that would be missed.
//
// Each rank has a queue of its own, named after the record, as payback-night or payback-NAME-night. asynq keeps it under asynq:{...}.
package queue
