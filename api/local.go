package api

import (
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Local serves people at this machine and nobody else, however a request comes in. It refuses a Host header that is not this
// machine's (a page elsewhere can let its own name point here, and would then count as the same origin), and whatever a
// browser sends on behalf of a page of another origin. More host names, without a port, may be allowed.
func Local(next http.Handler, hosts ...string) http.Handler {
	allowed := append([]string{"localhost", "127.0.0.1", "[::1]"}, hosts...)
	guarded := http.NewCrossOriginProtection().Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !slices.Contains(allowed, hostName(r.Host)) {
			http.Error(w, "This address is not served here. Use the one that payback serve printed.", http.StatusMisdirectedRequest)
			return
		}
		guarded.ServeHTTP(w, r)
	})
}

// hostName gives the name of a host header without its port, or nothing if it has not the form name or name:port.
func hostName(host string) string {
	if !strings.Contains(strings.TrimPrefix(host, "[::1]"), ":") {
		return strings.ToLower(host)
	}
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		return ""
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 || strconv.FormatUint(n, 10) != port {
		return ""
	}
	if strings.Contains(name, ":") {
		name = "[" + name + "]"
	}
	return strings.ToLower(name)
}
