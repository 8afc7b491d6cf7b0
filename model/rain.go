package model

// Rain gives the forecast chance of rain at a project on a day, in permille, by its own weather area or its team's. False:
// there is no forecast.
func (s *Snapshot) Rain(at *Project, d Date) (permille int32, known bool) {
	area := s.WeatherArea(at)
	for i := range s.Outlooks {
		if o := &s.Outlooks[i]; o.WeatherArea == area && o.Date == d {
			return o.RainPermille, true
		}
	}
	return 0, false
}

// WeatherArea gives a project's own weather area, or its team's.
func (s *Snapshot) WeatherArea(at *Project) string {
	if t := s.Team(at.Team); at.WeatherArea == "" && t != nil {
		return t.WeatherArea
	}
	return at.WeatherArea
}
