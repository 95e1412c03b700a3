package finder

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

func devIndex(t testing.TB, f string) ([]Entry, *Index) {
	data, err := os.ReadFile("/tmp/fx/" + f + ".json")
	if err != nil {
		t.Skip(err)
	}
	var es []Entry
	if err := json.Unmarshal(data, &es); err != nil {
		t.Fatal(err)
	}
	return es, Build(es)
}

func TestDevEncode(t *testing.T) {
	for _, f := range []string{"real", "facts", "twilio", "acme4k", "mixed"} {
		if _, err := os.Stat("/tmp/fx/" + f + ".json"); err != nil {
			continue
		}
		es, ix := devIndex(t, f)
		out := ix.Encode()
		os.WriteFile("/tmp/fx/"+f+".idx", out, 0o644)
		if _, err := Decode(out); err != nil {
			t.Fatal(err)
		}
		t.Log(f, len(es), len(out))
	}
}

func devPastes(t testing.TB) []string {
	var out []string
	for _, f := range []string{"testdata/cases.txt", "/tmp/fx/dev2.txt"} {
		data, _ := os.ReadFile(f)
		for _, c := range strings.Split("\n"+string(data), "\n== ")[1:] {
			_, text, _ := strings.Cut(c, "\n")
			out = append(out, strings.TrimRight(text, "\n"))
		}
	}
	return out
}

func TestDevParity(t *testing.T) {
	for _, f := range []string{"real", "twilio", "mixed"} {
		_, ix := devIndex(t, f)
		sameInBoth(t, ix, devPastes(t))
	}
}
