package finder

import (
	"slices"
	"testing"
)

// hexadecimal is a small reference of a system that writes its codes in hexadecimal.
func hexadecimal() *Index {
	var entries []Entry
	for code, title := range map[string]string{"0x80310a4c": "The volume is locked", "0x80310a4d": "The volume is being decrypted", "0x90245081": "The package is not signed"} {
		entries = append(entries, Entry{Collection: "borea", Noun: "Borea status", Slug: code, Code: code, Title: title, URL: "/borea/" + code})
	}
	slices.SortFunc(entries, func(a, b Entry) int { return int(a.Code[9]) - int(b.Code[9]) })
	return Build(entries)
}

// hexPlaces are pastes in which such a code is one, and hexOthers in which what looks like it is a hash, a colour, a commit or an address.
var (
	hexPlaces = []string{
		"0x80310a4c", "80310a4c", "80310A4Ch", "status 0x80310a4c", "error 80310a4c", "mount failed with 0x80310a4c", "Setup stopped (0x80310A4C)", "HRESULT: 0x80310A4C",
		"we get 0x80310a4c since the update", "rc=0x80310a4c", "Exception from HRESULT: 0x80310A4C at Mount()", "0x80310a4c: volume", "hr = 0x80310A4CL", "The volume is locked",
	}
	hexOthers = []string{
		"commit 80310a4c", "git checkout 80310a4c", "HEAD is now at 80310a4c tidy up", "color: #80310a4c;", `fill="#80310a4c"`, "argb(0x80310a4c)", "background colour 0x80310a4c",
		"sha1 80310a4c", "hash 0x80310a4c", "checksum 80310a4c", "crc32: 0x80310a4c", `ETag: "80310a4c"`, "80310a4c-5b1e-471d-a2a1-d8d1bfb293ad", "at address 0x80310a4c", "ptr=0x80310a4c",
		"Access violation reading location 0x80310a4c", "0x80310a4c in main () at main.c:42", "segfault at 80310a4c ip 7f01", "<Volume object at 0x80310a4c>", "com.example.Volume@80310a4c",
		"wallet 0x80310a4c", "offset 0x80310a4c", "size 0x80310a4c", "flags=0x80310a4c", `{"id":"80310a4c"}`, "trace_id=80310a4c", "80:31:0a:4c:5b:1e", "0x80310a4c77fe01", "80310a4c77fe01",
	}
)

func TestHexadecimal(t *testing.T) {
	ix := hexadecimal()
	for _, text := range hexPlaces {
		if r := ix.Find(text); !r.Confident || r.Matches[0].Slug != "0x80310a4c" {
			t.Errorf("%q: %+v, want 0x80310a4c", text, r)
		}
	}
	for _, text := range hexOthers {
		if r := ix.Find(text); r.Confident {
			t.Errorf("%q: %+v, want nothing", text, r.Matches[0])
		}
	}
}

func TestParityHexadecimal(t *testing.T) {
	sameInBoth(t, hexadecimal(), slices.Concat(hexPlaces, hexOthers))
}
