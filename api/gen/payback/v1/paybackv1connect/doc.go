// Package paybackv1connect holds the clients and handlers of the API's services, version 1, generated from the files in
// api/proto.
package paybackv1connect
