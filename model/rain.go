package model

// Rain gives the forecast chance of rain at a project on a day, in permille, by its own weather area or its team's. False:
// there is no forecast.
func (s *Snapshot) Rain(at *Project, d Date) (permille int32, known bool) {
	area := at.WeatherArea
	if t := s.Team(at.Team); area == "" && t != nil {
		area = t.WeatherArea
	}
	for i := range s.Outlooks {
		if o := &s.Outlooks[i]; o.WeatherArea == area && o.Date == d {
			return o.RainPermille, true
		}
	}
	return 0, false
}
