package redistest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// program is what runs: a server, or a Sentinel when told so.
const program = "redis-server"

// Server is a Redis that a test started.
type Server struct {
	Port int

	tb       testing.TB
	dir      string
	with     []string
	flags    []string
	process  *exec.Cmd
	ended    chan struct{} // closed when the process has ended
	database atomic.Int32
}

// Start starts a server that syncs every change and throws nothing away; more settings may be given, as in
// "maxmemory-policy", "allkeys-lru". It ends with the test. Where Redis is not installed the test is skipped, unless
// PAYBACK_CI is set.
func Start(tb testing.TB, more ...string) *Server {
	tb.Helper()
	lookServer(tb)
	s := &Server{tb: tb, dir: tb.TempDir(), with: append([]string{
		"save", "", "appendonly", "yes", "appendfsync", "always", "maxmemory-policy", "noeviction", "databases", "1000", "repl-diskless-sync-delay", "0",
	}, more...)}
	for range 5 { // another program may take the port first
		s.Port = FreePort(tb)
		if s.start() {
			tb.Cleanup(s.Kill)
			return s
		}
	}
	log, _ := os.ReadFile(filepath.Join(s.dir, "log"))
	tb.Fatalf("redis-server did not start: %s", log)
	return nil
}

func lookServer(tb testing.TB) {
	tb.Helper()
	if _, err := exec.LookPath(program); err != nil {
		if os.Getenv("PAYBACK_CI") != "" {
			tb.Fatal("redis-server is not installed (Debian: redis-server)")
		}
		tb.Skip("NOTHING WAS TRIED ON REDIS: redis-server is not installed (Debian: redis-server)")
	}
}

// FreePort gives a port that nobody uses just now.
func FreePort(tb testing.TB) int {
	tb.Helper()
	l, err := (&net.ListenConfig{}).Listen(tb.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer l.Close() //nolint:errcheck // it was only looked for a port
	_, port, _ := net.SplitHostPort(l.Addr().String())
	n, err := strconv.Atoi(port)
	if err != nil {
		tb.Fatal(err)
	}
	return n
}

// start starts the process and reports whether it answers.
func (s *Server) start() bool {
	file := filepath.Join(s.dir, "redis.conf")
	if _, err := os.Stat(file); err != nil { // a Sentinel has its own, to which it writes
		var config strings.Builder
		fmt.Fprintf(&config, "port %d\nbind 127.0.0.1\ndir %s\nlogfile %s\n", s.Port, s.dir, filepath.Join(s.dir, "log"))
		for i := 0; i+1 < len(s.with); i += 2 {
			value := s.with[i+1]
			if value == "" {
				value = `""`
			}
			fmt.Fprintf(&config, "%s %s\n", s.with[i], value)
		}
		if err := os.WriteFile(file, []byte(config.String()), 0o600); err != nil {
			s.tb.Fatal(err)
		}
	}
	s.process = exec.CommandContext(context.Background(), program, append([]string{file}, s.flags...)...) //nolint:gosec // the test's own file
	if err := s.process.Start(); err != nil {
		s.tb.Fatal(err)
	}
	process, ended := s.process, make(chan struct{})
	s.ended = ended
	go func() {
		_ = process.Wait() // it ends by being killed
		close(ended)
	}()
	for began := time.Now(); time.Since(began) < 10*time.Second; time.Sleep(5 * time.Millisecond) {
		if _, err := s.ask("PING"); err == nil || strings.Contains(err.Error(), "NOAUTH") {
			return true
		}
		select {
		case <-ended:
			_ = os.Remove(file)
			return false
		default:
		}
	}
	s.Kill()
	return false
}

// Address is where the server is, as host:port.
func (s *Server) Address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(s.Port)) }

// URL is the address of an empty database of the server, another one each time.
func (s *Server) URL() string { return fmt.Sprintf("redis://%s/%d", s.Address(), s.database.Add(1)) }

// Kill ends the server at once, as kill -9 does.
func (s *Server) Kill() { _ = s.process.Process.Kill() }

// Again starts a server that was killed, on what it left.
func (s *Server) Again() {
	s.tb.Helper()
	for range 50 {
		if s.start() {
			return
		}
		time.Sleep(50 * time.Millisecond) // its port may not be free yet
	}
	s.tb.Fatal("redis-server did not start again")
}

// Do sends one command and gives its answer as text; an error fails the test.
func (s *Server) Do(words ...string) string {
	s.tb.Helper()
	reply, err := s.ask(words...)
	if err != nil {
		s.tb.Fatalf("%s: %v", words[0], err)
	}
	return reply
}

// ask speaks the protocol of Redis, as far as a test needs it.
func (s *Server) ask(words ...string) (string, error) {
	c, err := (&net.Dialer{Timeout: time.Second}).DialContext(context.Background(), "tcp", s.Address())
	if err != nil {
		return "", err
	}
	defer c.Close() //nolint:errcheck // it was asked all there was to ask
	if err := c.SetDeadline(time.Now().Add(5 * time.Second)); err != nil {
		return "", err
	}
	var out strings.Builder
	fmt.Fprintf(&out, "*%d\r\n", len(words))
	for _, w := range words {
		fmt.Fprintf(&out, "$%d\r\n%s\r\n", len(w), w)
	}
	if _, err := io.WriteString(c, out.String()); err != nil {
		return "", err
	}
	return answer(bufio.NewReader(c))
}

// answer reads one answer; the parts of a list stand on lines.
func answer(r *bufio.Reader) (string, error) {
	line, err := r.ReadString('\n')
	if err != nil {
		return "", err
	}
	line = strings.TrimSuffix(line, "\r\n")
	n, _ := strconv.Atoi(line[1:])
	switch {
	case line[0] == '-':
		return "", fmt.Errorf("redis answered %s", line[1:])
	case line[0] == '$' && n >= 0:
		text := make([]byte, n+2)
		_, err := io.ReadFull(r, text)
		return string(text[:n]), err
	case line[0] == '*':
		var parts []string
		for range n {
			part, err := answer(r)
			if err != nil {
				return "", err
			}
			parts = append(parts, part)
		}
		return strings.Join(parts, "\n"), nil
	}
	return line[1:], nil
}
