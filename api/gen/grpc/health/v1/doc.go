// Package healthv1 holds the messages of grpc.health.v1, by which other systems ask whether the service is ready. It is
// generated from the published definition; package api answers.
package healthv1
