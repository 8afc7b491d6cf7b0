// Package storetest is the conformance suite that every record passes: what makes something a [scheduler.Record].
package storetest
