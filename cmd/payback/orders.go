package main

import (
	"time"

	"github.com/communitypayback/payback/model/policy"
)

// ordersNow says what a court may order today, for files that are read for no week in particular.
func ordersNow(m *Main, p *policy.Profile) policy.Orders {
	return p.On(m.Now().UTC().Format(time.DateOnly)).Orders()
}
