package exchange

import (
	"bytes"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decode turns the bytes of a text file into a string: UTF-8 with or without a byte order mark, UTF-16 with one, and
// otherwise Windows-1252, which old spreadsheets write. note says what was assumed; ok is false for what is no text.
func decode(raw []byte) (s, note string, ok bool) {
	switch {
	case bytes.HasPrefix(raw, []byte{0xEF, 0xBB, 0xBF}):
		raw = raw[3:]
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}):
		return decode16(raw[2:], 0, 1), "read as UTF-16", true
	case bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		return decode16(raw[2:], 1, 0), "read as UTF-16", true
	}
	if header, _, _ := bytes.Cut(raw, []byte{'\n'}); bytes.IndexByte(header[:min(len(header), 1<<16)], 0) >= 0 {
		return "", "", false
	}
	if utf8.Valid(raw) {
		return string(raw), "", true
	}
	var b strings.Builder
	b.Grow(len(raw) + len(raw)/8)
	for _, c := range raw {
		if c >= 0x80 && c < 0xA0 {
			b.WriteRune(windows1252[c-0x80])
		} else {
			b.WriteRune(rune(c))
		}
	}
	return b.String(), "not in UTF-8, so read as Windows-1252 (Latin-1); check names with accents, and save as UTF-8", true
}

func decode16(raw []byte, low, high int) string {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i+low]) | uint16(raw[2*i+high])<<8
	}
	return string(utf16.Decode(units))
}

// windows1252 is what the code page puts where Latin-1 has control characters; its five gaps stay unknown characters.
var windows1252 = []rune("€\ufffd‚ƒ„…†‡ˆ‰Š‹Œ\ufffdŽ\ufffd\ufffd‘’“”•–—˜™š›œ\ufffdžŸ")
