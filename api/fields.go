package api

import (
	"google.golang.org/genproto/googleapis/rpc/errdetails"

	"github.com/communitypayback/payback/model"
)

// fieldsError says which fields of a request are not what they must be. It never holds a value.
type fieldsError struct {
	violations []*errdetails.BadRequest_FieldViolation
}

func (e *fieldsError) Error() string {
	words := "found a field that cannot be taken"
	if v := e.violations; len(v) > 0 && v[0].GetField() != "" {
		words += ": " + v[0].GetField() + ": " + v[0].GetDescription()
	} else if len(v) > 0 {
		words = v[0].GetDescription()
	}
	return words
}

// badField refuses one field, by its path in the request, or the request as a whole if the path is empty.
func badField(path, description string) *fieldsError {
	return &fieldsError{[]*errdetails.BadRequest_FieldViolation{{Field: path, Description: description}}}
}

// The functions below read fields whose form was checked already, and refuse what does not exist.

func weekField(path, text string) (model.Week, error) {
	w, err := model.ParseWeek(text)
	if err != nil {
		return w, badField(path, "expected an ISO week that exists, such as 2026-W49")
	}
	return w, nil
}

func dateField(path, text string) (model.Date, error) {
	d, err := model.ParseDate(text)
	if err != nil {
		return d, badField(path, "expected a date that exists, such as 2026-11-30")
	}
	return d, nil
}

// sessionKey reads the name of a session; none gives the zero key.
func sessionKey(path, text string) (model.SessionKey, error) {
	if text == "" {
		return model.SessionKey{}, nil
	}
	k, err := model.ParseSessionKey(text)
	if err != nil {
		return k, badField(path, "expected a session on a date and at a time that exist, as in CT01/2026-11-30/09:00")
	}
	return k, nil
}
