package api_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/communitypayback/payback/api"
)

func TestOnlyThisMachineIsServed(t *testing.T) {
	t.Parallel()
	h := api.Local(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }), "payback.test")
	for host, want := range map[string]int{
		"localhost":          http.StatusOK,
		"LOCALHOST:8080":     http.StatusOK,
		"127.0.0.1:8080":     http.StatusOK,
		"127.0.0.1":          http.StatusOK,
		"[::1]:8080":         http.StatusOK,
		"[::1]":              http.StatusOK,
		"payback.test:1":     http.StatusOK,
		"":                   http.StatusMisdirectedRequest,
		"evil.example":       http.StatusMisdirectedRequest,
		"evil.example:8080":  http.StatusMisdirectedRequest,
		"localhost.evil":     http.StatusMisdirectedRequest,
		"127.0.0.1.evil:80":  http.StatusMisdirectedRequest,
		"127.0.0.2:80":       http.StatusMisdirectedRequest,
		"localhost:":         http.StatusMisdirectedRequest,
		"localhost:0":        http.StatusMisdirectedRequest,
		"localhost:http":     http.StatusMisdirectedRequest,
		"localhost:99999":    http.StatusMisdirectedRequest,
		"localhost:+80":      http.StatusMisdirectedRequest,
		"localhost:80:80":    http.StatusMisdirectedRequest,
		"::1":                http.StatusMisdirectedRequest,
		"[::1]evil":          http.StatusMisdirectedRequest,
		"user@localhost:80":  http.StatusMisdirectedRequest,
		"0.0.0.0:8080":       http.StatusMisdirectedRequest,
		"[::ffff:127.0.0.1]": http.StatusMisdirectedRequest,
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://localhost/x", http.NoBody)
		r.Host = host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		require.Equal(t, want, w.Code, host)
	}
}

func TestPagesOfOtherOriginsAreRefused(t *testing.T) {
	t.Parallel()
	h := api.Local(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }))
	for name, c := range map[string]struct {
		method string
		header map[string]string
		want   int
	}{
		"a program":                        {http.MethodPost, nil, http.StatusOK},
		"a page of ours":                   {http.MethodPost, map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost:80"}, http.StatusOK},
		"a page elsewhere":                 {http.MethodPost, map[string]string{"Sec-Fetch-Site": "cross-site"}, http.StatusForbidden},
		"a page elsewhere, older browser":  {http.MethodPost, map[string]string{"Origin": "http://evil.example"}, http.StatusForbidden},
		"a page in a sandbox":              {http.MethodPost, map[string]string{"Origin": "null"}, http.StatusForbidden},
		"a page elsewhere that only looks": {http.MethodGet, map[string]string{"Sec-Fetch-Site": "cross-site"}, http.StatusOK},
	} {
		r := httptest.NewRequestWithContext(t.Context(), c.method, "http://localhost:80/x", http.NoBody)
		for k, v := range c.header {
			r.Header.Set(k, v)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		require.Equal(t, c.want, w.Code, name)
	}
}
