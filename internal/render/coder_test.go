package render

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"
)

// reference is what encoding/json makes of a value.
func reference(t testing.TB, v any) (indented, compact []byte) {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", " ")
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	indented = b.Bytes()
	compact, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return indented, compact
}

func TestCoderAgreesWithEncodingJSON(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	values := []func() any{
		func() any { v := &Twin{}; fill(r, reflect.ValueOf(v).Elem(), 4, hostile); return v },
		func() any { v := &ldList{}; fill(r, reflect.ValueOf(v).Elem(), 4, hostile); return v },
		func() any { v := &catalogueFile{}; fill(r, reflect.ValueOf(v).Elem(), 4, hostile); return v },
		func() any { return &Twin{} },
		func() any { return &ldList{Graph: []ldNode{}} },
	}
	for _, value := range values {
		for range 200 {
			v := value()
			indented, compact := reference(t, v)
			c := newCoder(reflect.TypeOf(v))
			if got := c.appendIndented(nil, v); !bytes.Equal(got, indented) {
				t.Fatalf("indented:\n got %s\nwant %s", got, indented)
			}
			if got := c.appendCompact(nil, v); !bytes.Equal(got, compact) {
				t.Fatalf("compact:\n got %s\nwant %s", got, compact)
			}
		}
	}
}

func FuzzCoderString(f *testing.F) {
	for _, s := range append(hostile, "\x00\x01\b\f\n\r\t\x1f\x7f", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\u2028\u2029\u2027\u202a") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := appendJSONString(nil, s); !bytes.Equal(got, want) {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	})
}
