package feed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/communitypayback/payback/model"
)

// Client asks one service over HTTP. It may be used by several goroutines at once.
type Client struct {
	base  *url.URL
	http  *http.Client
	tries int
	pause time.Duration // before the second try; twice as long before each further one
	most  int64         // bytes of an answer
	wait  func(context.Context, time.Duration) error
}

// The patience of a client.
const (
	tries      = 4
	firstPause = time.Second
	longest    = time.Minute // a pause that a service may ask for
	timeout    = 30 * time.Second
	maxAnswer  = 16 << 20
)

// NewClient gives a client of the service at an address such as https://routes.example. An address that is none is a
// [model.Error] with CodeUsage.
func NewClient(address string) (*Client, error) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, model.Errorf(model.CodeUsage, "found an address that is none of a service; expected one such as https://routes.example, without a password or a question mark")
	}
	return &Client{
		base: u, tries: tries, pause: firstPause, most: maxAnswer, wait: sleep,
		http: &http.Client{Timeout: timeout, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}, nil
}

// Open reports whether what is asked can be read on the way: plain HTTP to another machine.
func (c *Client) Open() bool {
	host := c.base.Hostname()
	ip := net.ParseIP(host)
	return c.base.Scheme == "http" && host != "localhost" && (ip == nil || !ip.IsLoopback())
}

// get asks for a path below the service's address and reads its JSON into answer. It tries again where that may help.
func (c *Client) get(ctx context.Context, path string, query url.Values, answer any) error {
	u := *c.base
	u.Path = strings.TrimSuffix(u.Path, "/") + path
	u.RawQuery = query.Encode()
	pause := c.pause
	for try := 1; ; try++ {
		again, after, err := c.once(ctx, u.String(), answer)
		if err == nil || !again || try >= c.tries || ctx.Err() != nil {
			return err
		}
		if err := c.wait(ctx, min(longest, max(pause, after))); err != nil {
			return err
		}
		pause *= 2
	}
}

// once asks once. again says whether another try may help, after how long the service wants to be left alone.
func (c *Client) once(ctx context.Context, address string, answer any) (again bool, after time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return false, 0, c.fault("cannot be asked", nil)
	}
	req.Header.Set("Accept", "application/json")
	res, err := c.http.Do(req)
	if err != nil {
		if ctx.Err() != nil {
			return false, 0, ctx.Err()
		}
		return true, 0, c.fault("gives no answer", err)
	}
	defer func() { _ = res.Body.Close() }() // read only
	body, err := io.ReadAll(io.LimitReader(res.Body, c.most+1))
	switch {
	case ctx.Err() != nil:
		return false, 0, ctx.Err()
	case res.StatusCode == http.StatusTooManyRequests || res.StatusCode >= 500:
		return true, retryAfter(res), c.fault(fmt.Sprintf("answers %d", res.StatusCode), nil)
	case res.StatusCode >= 300 && res.StatusCode < 400:
		return false, 0, c.fault("leads to another address, which is not asked; give that one if it is right", nil)
	case err != nil:
		return true, 0, c.fault("breaks off its answer", err)
	case int64(len(body)) > c.most:
		return false, 0, c.fault(fmt.Sprintf("answers with more than %d MiB", c.most>>20), nil)
	}
	if err := json.Unmarshal(body, answer); err != nil {
		return false, 0, c.fault(fmt.Sprintf("answers %d with something else than was expected", res.StatusCode), nil)
	}
	if res.StatusCode != http.StatusOK {
		if s, ok := answer.(interface{ reason() string }); ok && s.reason() != "" {
			return false, 0, c.fault(fmt.Sprintf("answers %d: %s", res.StatusCode, s.reason()), nil)
		}
		return false, 0, c.fault(fmt.Sprintf("answers %d", res.StatusCode), nil)
	}
	return false, 0, nil
}

// fault names the service by its host. The cause is taken out of what the standard library wraps it in, which holds the whole
// address with everything that was asked.
func (c *Client) fault(what string, cause error) error {
	if wrapped, ok := errors.AsType[*url.Error](cause); ok {
		if wrapped.Timeout() {
			what = fmt.Sprintf("gives no answer within %v", c.http.Timeout)
		}
		cause = wrapped.Err
	}
	return &model.Error{Code: model.CodeUnavailable, Message: "the service at " + c.base.Host + " " + what, Err: cause}
}

func retryAfter(res *http.Response) time.Duration {
	seconds, err := strconv.Atoi(res.Header.Get("Retry-After"))
	if err != nil || seconds < 0 {
		return 0
	}
	return time.Duration(seconds) * time.Second
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
