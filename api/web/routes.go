package web

import (
	"errors"
	"net/http"

	"github.com/communitypayback/payback/model"
)

// home leads to the week that matters now.
func (s *site) home(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, weekURL(s.Home, Filter{}), http.StatusSeeOther)
}

// chooseWeek leads to the week and the region that were asked for in the form; without a week, to where the site begins.
func (s *site) chooseWeek(w http.ResponseWriter, r *http.Request) {
	f, ok := s.frame(w, r)
	if !ok {
		return
	}
	week := s.Home
	if asked := r.URL.Query().Get("week"); asked != "" {
		var err error
		if week, err = model.ParseWeek(asked); err != nil {
			s.problem(w, f, http.StatusBadRequest, "Enter a week that exists", "Write the year and the number of the week, such as 2026-W49.")
			return
		}
	}
	http.Redirect(w, r, weekURL(week, Filter{Region: f.carried()}), http.StatusSeeOther) //nolint:gosec // a parsed week and an encoded query stay on this site
}

func (s *site) week(w http.ResponseWriter, r *http.Request) {
	week, err := model.ParseWeek(r.PathValue("week"))
	if err != nil {
		s.missing(w, r)
		return
	}
	f, ok := s.frame(w, r)
	if !ok {
		return
	}
	f.turn(week)
	found := s.find(w, r, f, week)
	if found == nil {
		return
	}
	filter := readFilter(r.URL.Query())
	filter.Region = f.carried()
	b := NewBoard(found, s.Catalogue, filter)
	b.Frame, f.Title = f, b.Title
	if s.Desk != nil {
		b.More = s.more(week, f.carried(), found.Version > 0)
	}
	s.page(w, http.StatusOK, boardPage, b)
}

// asked reads which session a page is about and finds its week, or answers why there is none and gives nil.
func (s *site) asked(w http.ResponseWriter, r *http.Request) (model.SessionKey, *Frame, *Week) {
	k, err := readKey(r.PathValue("project"), r.PathValue("date"), r.PathValue("start"))
	if err != nil {
		s.missing(w, r)
		return k, nil, nil
	}
	f, ok := s.frame(w, r)
	if !ok {
		return k, nil, nil
	}
	week := model.WeekOf(k.Date)
	f.turn(week)
	return k, f, s.find(w, r, f, week)
}

func (s *site) session(w http.ResponseWriter, r *http.Request) {
	k, f, found := s.asked(w, r)
	if found == nil {
		return
	}
	p := NewSession(found, s.Catalogue, k, f.carried())
	if p == nil {
		s.problem(w, f, http.StatusNotFound, "There is no such session in the roster",
			"Nothing is planned there on "+longDate(k.Date)+" from "+clock(k.Start)+". It may have been moved or closed; look for it in the roster.")
		return
	}
	p.Frame, f.Title = f, p.Title
	s.page(w, http.StatusOK, sessionPage, p)
}

// find gives the week, or answers why there is none and gives nil.
func (s *site) find(w http.ResponseWriter, r *http.Request, f *Frame, week model.Week) *Week {
	found, err := s.source.Week(r.Context(), f.Region, week)
	var e *model.Error
	switch {
	case err == nil:
		return found
	case errors.As(err, &e) && e.Code == model.CodeNotFound:
		s.problem(w, f, http.StatusNotFound, "There is no roster for this week", "Nothing is planned for the week starting "+longDate(week.Monday())+". Choose another week.")
	default:
		s.failed(w, f, err)
	}
	return nil
}

func (s *site) missing(w http.ResponseWriter, _ *http.Request) {
	s.problem(w, s.bare(), http.StatusNotFound, "Page not found", "Check the address, or go back to the roster.")
}
