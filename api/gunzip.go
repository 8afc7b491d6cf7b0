package api

import (
	"compress/gzip"
	"errors"
	"io"

	"connectrpc.com/connect"
)

// errBomb ends the reading of a message that unpacks to more than it may.
var errBomb = errors.New("unpacks to more than a request may have")

// gunzip unpacks up to a limit. The runtime looks at its own limit too, but then reads to the end to say how much there was,
// which for a megabyte of packed zeros takes seconds.
type gunzip struct {
	limit int64
	left  int64
	in    gzip.Reader
}

// compression lets requests be packed with gzip.
func compression(limit int) connect.HandlerOption { //nolint:ireturn // an option has no other type
	return connect.WithCompression("gzip",
		func() connect.Decompressor { return &gunzip{limit: int64(limit)} },
		func() connect.Compressor { return gzip.NewWriter(io.Discard) })
}

func (g *gunzip) Read(p []byte) (int, error) {
	if g.left <= 0 {
		return 0, errBomb
	}
	n, err := g.in.Read(p[:min(int64(len(p)), g.left)])
	g.left -= int64(n)
	return n, err
}

func (g *gunzip) Reset(r io.Reader) error {
	g.left = g.limit + 1<<16 // beyond the runtime's limit, so that its refusal is the one that is told
	return g.in.Reset(r)
}

func (g *gunzip) Close() error { return g.in.Close() }
