package redistest

import (
	"bytes"
	"context"
	"io"
	"net"
	"sync"
	"testing"
)

// Fate is what becomes of a request on its way.
type Fate int

// The fates.
const (
	Pass       Fate = iota // it is answered
	LoseAnswer             // the server gets it, and the connection breaks before the answer
	LoseIt                 // the connection breaks before the server gets it
	Delay                  // the connection breaks, and the server gets it when Release is called
)

// Proxy stands between a program and a server.
type Proxy struct {
	server *Server
	listen net.Listener
	fate   func(request []byte) Fate

	mu      sync.Mutex // guards delayed
	delayed []func()
}

// StartProxy starts a proxy before a server. Fate decides about each request, of which it sees the bytes.
func StartProxy(tb testing.TB, s *Server, fate func(request []byte) Fate) *Proxy {
	tb.Helper()
	l, err := (&net.ListenConfig{}).Listen(tb.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	p := &Proxy{server: s, listen: l, fate: fate}
	tb.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go p.carry(c)
		}
	}()
	return p
}

// Address is where the proxy is.
func (p *Proxy) Address() string { return p.listen.Addr().String() }

// Release sends what was delayed and waits until the server has answered.
func (p *Proxy) Release() int {
	p.mu.Lock()
	all := p.delayed
	p.delayed = nil
	p.mu.Unlock()
	for _, send := range all {
		send()
	}
	return len(all)
}

// carry passes requests on until the fate of one is another.
func (p *Proxy) carry(client net.Conn) {
	defer client.Close() //nolint:errcheck // it breaks anyway
	server, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", p.server.Address())
	if err != nil {
		return
	}
	answers := make(chan struct{})
	go func() {
		_, _ = io.Copy(client, server)
		close(answers)
	}()
	request := make([]byte, 1<<20)
	for {
		n, err := client.Read(request)
		if err != nil {
			break
		}
		sent := bytes.Clone(request[:n])
		switch p.fate(sent) {
		case Pass:
			if _, err := server.Write(sent); err != nil {
				return
			}
			continue
		case LoseAnswer:
			_ = client.Close()
			_, _ = server.Write(sent)
			_, _ = server.Read(make([]byte, 1)) // perhaps taken by the other reader, who has nobody to give it to
		case LoseIt:
		case Delay:
			p.mu.Lock()
			p.delayed = append(p.delayed, func() {
				_, _ = server.Write(sent)
				_, _ = p.server.ask("PING") // it is answered after what came before
				_ = server.Close()
			})
			p.mu.Unlock()
			return
		}
		break
	}
	_ = server.Close()
	<-answers
}
