package finder

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
)

func TestEncodeRoundTrip(t *testing.T) {
	odd := []Entry{
		{Collection: "a", Noun: "A error", Slug: "0099", Code: "0099", Title: "Tab\there", URL: "/a/0099"},
		{Collection: "a", Noun: "A error", Slug: "0100", Code: "0100", Title: "Next", URL: "/a/0100"},
		{Collection: "a", Noun: "A error", Slug: "0100-b", Code: "0100", Title: "Same", URL: "/elsewhere", Status: "removed", Popularity: 12345, Aliases: []string{"old one", "older"}},
		{Collection: "a", Noun: "A error", Slug: "plus", Code: "+1", Title: "Plus", URL: "/a/plus", Subcodes: []Subcode{{Code: "7", Title: "Seven"}, {Code: "x y", Title: ""}},
			Messages: []Message{{Text: "of seven {n} things", Subcode: "7"}, {Text: "{{plain}} of none", Subcode: "8"}, {Text: "Line\none {a} and\ttwo"}}},
		{Collection: "b", Noun: "B error", Slug: "equals", Code: "=1", Title: "Equals", URL: "/b/equals.html", Keywords: []string{"one two", "Equals"}},
		{Collection: "b", Noun: "B error", Slug: "99999999999999999999", Code: "99999999999999999999", Title: "Long", URL: "/b/99999999999999999999.html"},
		{Collection: "b", Noun: "B error", Slug: "100000000000000000000", Code: "100000000000000000000", Title: "Longer", URL: "/b/100000000000000000000.html"},
		{Collection: "c", Noun: "", Slug: "", Code: "", Title: "", URL: ""},
	}
	for name, entries := range map[string][]Entry{"none": nil, "odd": odd, "reference": reference(t), "vendor": vendor(1500)} {
		ix := Build(entries)
		data := ix.Encode()
		if !bytes.Equal(data, Build(entries).Encode()) {
			t.Errorf("%s: two builds differ", name)
		}
		back, err := Decode(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if !bytes.Equal(back.Encode(), data) {
			t.Errorf("%s: encoded again it differs", name)
		}
		if len(back.records) != len(entries) || len(entries) > 0 && !reflect.DeepEqual(ix.records, back.records) || !reflect.DeepEqual(ix.collections, back.collections) {
			t.Errorf("%s: what comes back is not what went in", name)
		}
		back.Find("error 0100")
	}
	sameInBoth(t, Build(odd), []string{"0100", "error 99", "+1", "code =1", "old one", "old-one", "/elsewhere", "equals", "99999999999999999999", "seven 5 things", "of seven 5 things", "{plain} of none", "line one x and two", "", "—"})
}

func TestVendorIsSpelled(t *testing.T) {
	if !Build(vendor(4000)).spelt || Build(reference(t)).spelt {
		t.Error("a large reference should be spelled with a dictionary and a small one not: else the tests see one of the two forms only")
	}
}

func TestSpell(t *testing.T) {
	for _, text := range []string{"", "a", "one two one", "x, y  z_1 2", "é 码 words\there\nand \x1f1 there", "{a} b {c}{d} e{f} {g}h {i} {j}, {{k}} {l} {} { m} {n", "{a}  {b} \x1d{c}\n{d}", strings.Repeat("many words of which some words are many ", 50)} {
		words, spelt := new(speller).spell(nil, []byte(text))
		back, ok := unspell(words, string(spelt))
		if !ok || back != text {
			t.Errorf("%q: back comes %q", text, back)
		}
	}
}

func TestDecodeRefuses(t *testing.T) {
	good := string(Build(reference(t)[:3]).Encode())
	parts := strings.Split(good, sectionEnd)
	with := func(i int, s string) string {
		p := append([]string(nil), parts...)
		p[i] = s
		return strings.Join(p, sectionEnd)
	}
	for _, c := range []struct{ data, want string }{
		{"", "begins with"},
		{"\xff", "not UTF-8"},
		{strings.Replace(good, "finder 3", "finder 2", 1), "begins with"},
		{good + sectionEnd, "sections"},
		{with(1, "a\tb"), "2 fields"},
		{with(1, strings.Replace(parts[1], "\t3\t", "\t-3\t", 1)), "number of entries"},
		{with(1, strings.Replace(parts[1], "\t3\t", "\t99999999\t", 1)), "number of entries"},
		{with(1, strings.Replace(parts[1], "\t3\t", "\t4\t", 1)), "3 codes, want 4"},
		{with(2, "\n\n"), "nothing to count up"},
		{with(2, "a\n+1\nb"), "nothing to count up"},
		{with(2, "9\n+1\nb"), "nothing to count up"},
		{with(2, "9\n+x\nb"), "no step"},
		{with(3, "a"), "1 texts"},
		{with(3, "a\t\x1f9 x\nb\nc"), "which it has not"},
		{with(6, "a0"), "flags"},
		{with(6, "a0a0ax"), "popularity"},
		{with(7, "7\talias"), "aliases of entry"},
		{with(9, "one"), "dictionary has not"},
	} {
		if _, err := Decode([]byte(c.data)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.60q: error %v, want %q", c.data, err, c.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(Build(reference(f)[:20]).Encode())
	small := vendor(3)
	ix := Build(small)
	ix.spelt = true
	f.Add(ix.Encode())
	f.Fuzz(func(t *testing.T, data []byte) {
		ix, err := Decode(data)
		if err != nil {
			return
		}
		if len(data) < 1<<16 {
			ix.Find("error 10001: account is missing")
			again, err := Decode(ix.Encode())
			if err != nil || len(again.records) != len(ix.records) {
				t.Fatalf("what was decoded does not encode: %v", err)
			}
		}
	})
}

func FuzzFind(f *testing.F) {
	for _, c := range casesOf(f) {
		f.Add(c.Text)
	}
	f.Add("\xff\xfe\x00")
	ix := Build(append(reference(f), vendor(50)...))
	f.Fuzz(func(t *testing.T, text string) {
		r := ix.Find(text)
		last := 1 << 30
		for _, m := range r.Matches {
			if m.Score > last {
				t.Fatalf("%q: %d after %d", text, m.Score, last)
			}
			last = m.Score
			if m.URL == "" || m.Why == "" || strings.ContainsAny(m.Why, "\n\r") {
				t.Fatalf("%q: %+v", text, m)
			}
			if m.Subcode != "" && strings.Contains(m.URL, "#") && !strings.HasSuffix(m.URL, "#subcode-"+m.Subcode) {
				t.Fatalf("%q: sub-code %s at %s", text, m.Subcode, m.URL)
			}
		}
		if r.Confident && (len(r.Matches) == 0 || r.Matches[0].Score < sure) || len(r.Matches) > most {
			t.Fatalf("%q: %+v", text, r)
		}
	})
}
