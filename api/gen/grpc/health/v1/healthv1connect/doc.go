// Package healthv1connect holds the client and handler of grpc.health.v1, generated from the published definition.
package healthv1connect
