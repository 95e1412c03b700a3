package load

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// TestPlain holds the reading of eight bytes at once to that of single ones, at every place of the eight.
func TestPlain(t *testing.T) {
	for b := range 256 {
		for at := range 8 {
			for _, other := range []byte{' ', '~', 'a', '\n', 0x7F, 0x1F, 0x8A} {
				data := bytes.Repeat([]byte{other}, 8)
				data[at] = byte(b)
				want := true
				for _, c := range data {
					want = want && (c >= ' ' && c < 0x7F || c == '\n')
				}
				if got := notPlain(binary.LittleEndian.Uint64(data)) == 0; got != want {
					t.Fatalf("%q: %t, want %t", data, got, want)
				}
			}
		}
	}
}
