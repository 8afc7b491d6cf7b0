// Package api is the edge to other systems: it serves payback.v1 over Connect, gRPC and gRPC-Web, turns messages into the
// model's words and back, and the model's errors into codes and reasons. It asks an [Office] and decides nothing.
//
// [Handler] gives what is served, and [Local] keeps it to the machine it runs on. What comes in is checked before it is
// built: who asks, how large it is and how it is shaped, then every field by the rules that the definitions state. A refusal
// names fields and never values. docs/api.md has every method with an example.
package api
