package load

import (
	"bytes"
	"encoding/binary"
	"testing"
)

// TestPrintable holds the reading of eight bytes at once to that of single ones, at every place of the eight.
func TestPrintable(t *testing.T) {
	for b := range 256 {
		for at := range 8 {
			for _, other := range []byte{' ', '~', 'a', 0x7F, 0x1F} {
				data := bytes.Repeat([]byte{other}, 8)
				data[at] = byte(b)
				want := true
				for _, c := range data {
					want = want && c >= ' ' && c < 0x7F
				}
				if got := printable(binary.LittleEndian.Uint64(data)); got != want {
					t.Fatalf("%q: %t, want %t", data, got, want)
				}
			}
		}
	}
}
