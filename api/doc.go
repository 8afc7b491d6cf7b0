// Package api is the edge to other systems: it turns the messages of payback.v1 into the model's words and back, and the
// model's errors into codes and reasons. It decides nothing.
package api
