package api

import (
	paybackv1 "github.com/communitypayback/payback/api/gen/payback/v1"
	"github.com/communitypayback/payback/model"
	"github.com/communitypayback/payback/scheduler"
)

// editOf reads an edit whose form was checked; path is where it stands in the request.
func editOf(path string, m *paybackv1.Edit) (scheduler.Edit, error) {
	var e scheduler.Edit
	var err error
	if f := m.ProtoReflect().WhichOneof(m.ProtoReflect().Descriptor().Oneofs().ByName("edit")); f != nil {
		path += "." + string(f.Name())
	}
	keys := func(from, to string) {
		if e.From, err = sessionKey(path, from); err == nil {
			e.To, err = sessionKey(path, to)
		}
	}
	person := func(kind scheduler.EditKind, crn, from, to string) {
		e.Kind, e.CRN = kind, model.CRN(crn)
		keys(from, to)
	}
	switch x := m.GetEdit().(type) {
	case *paybackv1.Edit_AddPerson:
		person(scheduler.AddPerson, x.AddPerson.GetCrn(), "", x.AddPerson.GetToSession())
	case *paybackv1.Edit_RemovePerson:
		person(scheduler.RemovePerson, x.RemovePerson.GetCrn(), x.RemovePerson.GetFromSession(), "")
	case *paybackv1.Edit_MovePerson:
		person(scheduler.MovePerson, x.MovePerson.GetCrn(), x.MovePerson.GetFromSession(), x.MovePerson.GetToSession())
	case *paybackv1.Edit_SwapPeople:
		person(scheduler.SwapPeople, x.SwapPeople.GetCrn(), x.SwapPeople.GetSession(), x.SwapPeople.GetOtherSession())
		e.Other = model.CRN(x.SwapPeople.GetOtherCrn())
	case *paybackv1.Edit_Pin:
		person(scheduler.Pin, x.Pin.GetCrn(), x.Pin.GetFromSession(), "")
	case *paybackv1.Edit_Unpin:
		person(scheduler.Unpin, x.Unpin.GetCrn(), x.Unpin.GetFromSession(), "")
	case *paybackv1.Edit_CancelSession:
		e.Kind = scheduler.Cancel
		keys(x.CancelSession.GetSession(), "")
	case *paybackv1.Edit_Assign:
		e.Kind, e.Supervisor, e.Minibus = scheduler.Assign, model.SupervisorCode(x.Assign.GetSupervisorOfficerCode()), model.Registration(x.Assign.GetMinibus())
		keys("", x.Assign.GetSession())
	case *paybackv1.Edit_Unassign:
		e.Kind, e.Supervisor, e.Minibus = scheduler.Unassign, model.SupervisorCode(x.Unassign.GetSupervisorOfficerCode()), model.Registration(x.Unassign.GetMinibus())
		keys(x.Unassign.GetSession(), "")
	case *paybackv1.Edit_Waive:
		e.Kind = scheduler.Waive
		e.Waiver, err = waiverOf(path, x.Waive)
	case *paybackv1.Edit_Release:
		e.Kind, e.Item, e.Why = scheduler.Release, x.Release.GetItem(), x.Release.GetWhy()
	}
	return e, err
}

func waiverOf(path string, m *paybackv1.Waiver) (model.Waiver, error) {
	w := model.Waiver{Rule: m.GetRule(), Subject: m.GetSubject(), Session: m.GetSession(), Why: m.GetWhy()}
	var err error
	if m.GetUntil() != "" {
		w.Until, err = dateField(path+".until", m.GetUntil())
	}
	return w, err
}
