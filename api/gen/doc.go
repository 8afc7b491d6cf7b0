// Package gen holds the code that is generated from the definitions in api/proto. Its test compares the two, and writes
// the code again when it is given -update:
//
//	go test ./api/gen -run TestGeneratedCodeIsCurrent -update
package gen
