package model

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"io"
)

// Digest identifies a snapshot or a roster by its content (SHA-256). Equal digest, seed and work limit give equal rosters.
type Digest [32]byte

// String gives the digest in hexadecimal.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// Short gives the first six digits, enough for a person to compare.
func (d Digest) Short() string { return d.String()[:6] }

// MarshalText writes the digest in hexadecimal.
func (d Digest) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Digest) UnmarshalText(b []byte) error {
	if len(b) != hex.EncodedLen(len(d)) {
		return fmt.Errorf("found a digest of %d digits; expected %d", len(b), hex.EncodedLen(len(d)))
	}
	if _, err := hex.Decode(d[:], b); err != nil {
		return fmt.Errorf("read digest: %w", err)
	}
	return nil
}

// Digest gives the snapshot's identity.
func (s *Snapshot) Digest() Digest { return digest(s) }

// Digest gives the roster's identity.
func (r *Roster) Digest() Digest { return digest(r) }

// digest hashes the JSON of a value, which has one form for one value as long as the value holds no maps.
func digest(v any) Digest {
	h := sha256.New()
	e := encoder(h)
	if err := e.Encode(v); err != nil {
		panic("model: a value that cannot be digested: " + err.Error()) // only numbers that validation refuses
	}
	return Digest(h.Sum(nil))
}

func encoder(h hash.Hash) *json.Encoder {
	e := json.NewEncoder(io.Writer(h))
	e.SetEscapeHTML(false)
	return e
}
