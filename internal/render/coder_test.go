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

// form is a value that has everything that may be published as JSON.
type form struct {
	Text    string   `json:"text"`
	Some    string   `json:"some,omitempty"`
	Number  int      `json:"number"`
	Few     int      `json:"few,omitempty"`
	Texts   []string `json:"texts,omitempty"`
	Numbers []int    `json:"numbers,omitempty"`
	Always  []string `json:"always"`
	Inner   *form    `json:"inner,omitempty"`
	Forms   []form   `json:"forms,omitempty"`
}

func (f *form) write(w *jsonFile, name string) {
	w.begin(name, '{')
	w.text("text", f.Text)
	w.some("some", f.Some)
	w.number("number", f.Number)
	w.someNumber("few", f.Few)
	list(w, "texts", f.Texts, func(s *string) { w.texts("", *s) })
	list(w, "numbers", f.Numbers, func(n *int) { w.number("", *n) })
	w.begin("always", '[')
	for _, s := range f.Always {
		w.text("", s)
	}
	w.end(']')
	if f.Inner != nil {
		f.Inner.write(w, "inner")
	}
	list(w, "forms", f.Forms, func(f *form) { f.write(w, "") })
	w.end('}')
}

// always gives encoding/json empty lists where it would write null.
func (f *form) always() {
	if f.Always == nil {
		f.Always = []string{}
	}
	if f.Inner != nil {
		f.Inner.always()
	}
	for i := range f.Forms {
		f.Forms[i].always()
	}
}

func TestJSONFileAgreesWithEncodingJSON(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 500 {
		v := &form{}
		fill(r, reflect.ValueOf(v).Elem(), 5, hostile)
		v.always()
		indented, compact := reference(t, v)
		w := jsonFile{}
		v.write(&w, "")
		if got := append(w.b, '\n'); !bytes.Equal(got, indented) {
			t.Fatalf("indented:\n got %s\nwant %s", got, indented)
		}
		w = jsonFile{flat: true}
		v.write(&w, "")
		if !bytes.Equal(w.b, compact) {
			t.Fatalf("compact:\n got %s\nwant %s", w.b, compact)
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
		if got := append(appendJSON([]byte{'"'}, s), '"'); !bytes.Equal(got, want) {
			t.Errorf("%q: got %s, want %s", s, got, want)
		}
	})
}
