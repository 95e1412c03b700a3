package diag

import (
	"testing"
	"unsafe"
)

// TestPlaceIsSmall holds the size by which the memory of a catalog was counted.
func TestPlaceIsSmall(t *testing.T) {
	if size := unsafe.Sizeof(Place{}); size > 16 {
		t.Errorf("a Place has %d bytes", size)
	}
}

// TestPlacesBeyondTheColumn holds places on lines that are longer than a Place's own column can count.
func TestPlacesBeyondTheColumn(t *testing.T) {
	const far = 1<<16 + 7
	tests := []struct {
		name  string
		place Place
		exact bool
		want  Pos // of the third byte
	}{
		{"flat", Flat(3, far), true, Pos{3, far + 2}},
		{"start", Start(3, far), false, Pos{3, far}},
		{"literal", Literal(3, far), false, Pos{3, far}},
		{"marked", Marked(3, far, []Mark{{0, 3, far}, {2, 4, 9}}), true, Pos{4, 9}},
		{"the last that fits", Flat(3, 1<<16-1), true, Pos{3, 1<<16 + 1}},
	}
	for _, test := range tests {
		if got := test.place.At("text", 2); got != test.want || test.place.Exact() != test.exact {
			t.Errorf("%s: %v, exact %t; want %v, %t", test.name, got, test.place.Exact(), test.want, test.exact)
		}
	}
}
