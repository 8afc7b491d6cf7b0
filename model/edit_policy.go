package model

import (
	"iter"
	"reflect"

	"github.com/communitypayback/payback/model/policy"
)

// bookValues gives the settable values of a book with the clauses they come from, in the order of the book.
func bookValues(b *policy.Book) iter.Seq2[policy.ClauseID, reflect.Value] {
	return func(yield func(policy.ClauseID, reflect.Value) bool) {
		v := reflect.ValueOf(b).Elem()
		for i := range v.NumField() {
			if id := policy.ClauseID(v.Type().Field(i).Tag.Get("clause")); id != "" && !yield(id, v.Field(i)) {
				return
			}
		}
	}
}
