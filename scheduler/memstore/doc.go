// Package memstore is a record that lasts as long as the process: for tests and for the demo. It passes
// scheduler/storetest like every other record.
package memstore
