package hosts_test

import (
	"reflect"
	"slices"
	"testing"

	"errdex/internal/hosts"
)

// TestPrepare writes the same files whether they were prepared beforehand, without sizes and in another order, or not, and also where other files were expected than there are.
func TestPrepare(t *testing.T) {
	in := large(50)
	in.Hosts = hosts.Names
	want, notes, err := hosts.Files(in)
	if err != nil {
		t.Fatal(err)
	}
	planned := slices.Clone(in.Files)
	for i := range planned {
		planned[i].Size = 0
	}
	slices.Reverse(planned)
	other := slices.Clone(planned)
	other[3].Path = "docs/100001"
	for what, files := range map[string][]hosts.File{"all": planned, "fewer": planned[:40], "another": other} {
		ahead := in
		ahead.Files = files
		ahead.Prepare()
		ahead.Files = in.Files
		got, said, err := hosts.Files(ahead)
		if err != nil || !reflect.DeepEqual(got, want) || !reflect.DeepEqual(said, notes) {
			t.Errorf("%s planned: other files than without, or other notes: %v", what, err)
		}
	}
}
