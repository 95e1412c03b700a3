package finder

import (
	"encoding/json"
	"os"
	"testing"
)

func TestDevEncode(t *testing.T) {
	for _, f := range []string{"real", "facts", "twilio", "acme4k", "mixed"} {
		data, err := os.ReadFile("/tmp/fx/" + f + ".json")
		if err != nil {
			continue
		}
		var es []Entry
		if err := json.Unmarshal(data, &es); err != nil {
			t.Fatal(err)
		}
		out := Build(es).Encode()
		os.WriteFile("/tmp/fx/"+f+".idx", out, 0o644)
		if _, err := Decode(out); err != nil {
			t.Fatal(err)
		}
		t.Log(f, len(es), len(out))
	}
}
