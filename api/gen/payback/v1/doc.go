// Package paybackv1 holds the messages of the API, version 1, generated from the files in api/proto. They say what is sent;
// package api turns them into the model's own types and back.
package paybackv1
