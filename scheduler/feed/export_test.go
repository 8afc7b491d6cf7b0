package feed

import (
	"context"
	"time"
)

// Hurried makes a client wait for nothing, notes the pauses it would have made, and bounds its patience for one answer.
func (o *OSRM) Hurried(limit time.Duration) *[]time.Duration {
	pauses := &[]time.Duration{}
	for _, c := range o.clients {
		if c != nil {
			c.hurry(limit, pauses)
		}
	}
	return pauses
}

// Hurried does the same for a forecast service.
func (o *OpenMeteo) Hurried(limit time.Duration) *[]time.Duration {
	pauses := &[]time.Duration{}
	o.client.hurry(limit, pauses)
	return pauses
}

func (c *Client) hurry(limit time.Duration, pauses *[]time.Duration) {
	c.http.Timeout = limit
	c.wait = func(ctx context.Context, d time.Duration) error {
		*pauses = append(*pauses, d)
		return ctx.Err()
	}
}
