package finder

import (
	"math/rand/v2"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// odds are what texts are put together of: what is in words and what is not, in one unit and in two, and what folds to something else.
var odds = []string{"a", "Z", "of", "That", "been", "paused", "PAUSES", "bosses", "7", "190", "_", " ", " ", ".", "-", "'", "{", "é", "Ä", "ß", "ÿ", "K", "İ", "ı", "ſ", "Ω", "Ж", "خطأ", "٣", "錯", "誤", "Ａ９", "…", "😀", "\xff", "\x00", "�",
	strings.Repeat("x", 63), strings.Repeat("é", 33)}

func oddText(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(12) {
		b.WriteString(odds[r.IntN(len(odds))])
	}
	return b.String()
}

// A text of ASCII is cut as bytes, any other as units, and both in one way.
func FuzzWords(f *testing.F) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		f.Add(oddText(r))
	}
	rd := newReader()
	f.Fuzz(func(t *testing.T, s string) {
		u := toUnits(s)
		if got, want := rd.words(s), words(nil, u, rd.folding.fold(u), nil); !reflect.DeepEqual(got, want) {
			t.Fatalf("%q: %v, want %v", s, got, want)
		}
	})
}

// thin is an expression of the table, by hand.
func TestThin(t *testing.T) {
	re, rd := regexp.MustCompile(moods()[isThin]), newReader()
	try := func(w string) {
		t.Helper()
		if got, want := rd.thin(w), re.MatchString(w); got != want {
			t.Errorf("%q: %v, want %v", w, got, want)
		}
	}
	signs := []string{"", "a", "m", "z", "{", "`", "0", "9", "A", "_", " ", "\n", "é", "خ", "錯"}
	for _, a := range signs {
		for _, b := range signs {
			for _, c := range signs {
				try(a + b + c)
			}
		}
	}
	for _, w := range strings.Split(thinWords, "|") {
		try(w)
		try(w + "s")
		try("x" + w)
		try(w[1:])
	}
}

// What a message says is words that are cut again as they were: a reader of the data sees those that its record was made with.
func TestSpoken(t *testing.T) {
	r, rd := rand.New(rand.NewPCG(3, 4)), newReader()
	for range 5000 {
		text := strings.ReplaceAll(oddText(r), "{", "")
		var w reducer
		w.reader, w.have, w.words = rd, map[string]bool{}, map[string]bool{}
		var rec record
		w.message(&rec, Message{Text: text})
		if len(rec.messages) == 0 {
			continue
		}
		said := rec.messages[0].text
		var words []string
		for _, x := range rd.appendFirm(nil, said) {
			words = append(words, x.w)
		}
		if again := strings.Join(words, " "); again != said {
			t.Fatalf("%q: says %q, and that %q", text, said, again)
		}
		noted := map[string]bool{}
		for _, x := range rd.literals(head(said, kept)) {
			noted[x] = true
		}
		if !reflect.DeepEqual(w.words, noted) {
			t.Fatalf("%q: noted %v of %q, want %v", text, w.words, said, noted)
		}
	}
}
