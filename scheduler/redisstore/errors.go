package redisstore

import (
	"context"
	"errors"
	"strings"

	"github.com/redis/go-redis/v9"

	"github.com/communitypayback/payback/model"
)

// answers are the errors with which a server refuses a command before it does anything, by their first word
// (https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors), and what a person is told.
var answers = map[string]string{ //nolint:gosec // words about passwords, and none of them
	"OOM":         "the memory of Redis is full; give it more, or free some",
	"MISCONF":     "Redis cannot write to its disk; look after that",
	"READONLY":    "Redis is a replica just now; another may be taking over, so try again",
	"LOADING":     "Redis is starting; try again in a moment",
	"MASTERDOWN":  "Redis has lost its primary; try again in a moment",
	"NOREPLICAS":  "Redis has too few replicas to be written to; look after them",
	"CLUSTERDOWN": "the cluster of Redis is not whole; look after its nodes",
	"TRYAGAIN":    "the cluster of Redis is moving what it holds; try again in a moment",
	"MOVED":       "the cluster of Redis is moving what it holds; try again in a moment",
	"ASK":         "the cluster of Redis is moving what it holds; try again in a moment",
	"NOAUTH":      "Redis asks for a password; set PAYBACK_REDIS_PASSWORD, or PAYBACK_REDIS_PASSWORD_FILE",
	"WRONGPASS":   "Redis does not know the user or the password; look at PAYBACK_REDIS_PASSWORD and at the user in the address",
	"NOPERM":      "Redis does not allow the user what a record needs; docs/redis.md says what that is",
	"BUSY":        "Redis is busy with something else; try again in a moment",
}

// answered gives the first word of an error that a server answered with; empty: it came from elsewhere, so whether the
// server did what it was told is not known.
func answered(err error) string {
	var e redis.Error
	if !errors.As(err, &e) || errors.Is(err, redis.Nil) {
		return ""
	}
	word, _, _ := strings.Cut(e.Error(), " ")
	return word
}

// unavailable words an error of the client or of the server. It gives nil for nil. A deadline may be that of the request or
// one that the client sets itself, as for a connection; either way Redis did not answer in time.
func unavailable(what string, err error) error {
	var ours *model.Error
	switch {
	case err == nil, errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &ours):
		return ours
	}
	word := answered(err)
	why, known := answers[word]
	switch {
	case word == "WRONGTYPE":
		return &model.Error{Code: model.CodeInternal, Err: err, Message: "The record is damaged: something else uses its keys in Redis. Nothing was handed out; restore the last good backup."}
	case !known && word != "":
		why = "Redis answered " + word + "; look into its log"
	case !known:
		why = "Redis does not answer; look whether it runs, and try again"
	}
	return &model.Error{Code: model.CodeUnavailable, Err: err, Message: "The record could not " + what + ": " + why + ". Nothing was changed."}
}

// unknown is the answer where nobody can tell yet whether a change was kept.
func unknown(err error) error {
	return &model.Error{Code: model.CodeUnavailable, Err: err,
		Message: "The connection to the record broke while a change was being kept, and it is not known whether it was. Ask again with the same request: it has one effect, however often it is made."}
}

// unsafe is the answer where too few replicas have a change.
func unsafe(have, want int64) error {
	return model.Errorf(model.CodeUnavailable,
		"The change is not known to be safe: %d of %d replicas of the record have it. Ask again with the same request: it has one effect, however often it is made.", have, want)
}
