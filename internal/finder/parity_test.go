package finder

import (
	"bufio"
	"encoding/json"
	"maps"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// engine is static/finder.js under node.
const engine = `
const { decode } = require(process.argv[1]);
const find = decode(...process.argv.slice(2).map(f => require('fs').readFileSync(f, 'utf8')));
const lines = require('readline').createInterface({ input: process.stdin });
lines.on('line', l => console.log(JSON.stringify(find(JSON.parse(l)))));
`

type engineMatch struct {
	Entry                                                     int
	Collection, Slug, Code, Subcode, URL, Title, Why, Message string
	Score                                                     int
	Values                                                    []Value
}

type engineResult struct {
	Confident bool
	Matches   []engineMatch
}

// nodeAndEngine finds node and the browser's engine. It skips the test where there is no node, unless CI is set.
func nodeAndEngine(t *testing.T) (node, script string) {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no node to run the browser's engine with")
		}
		t.Skip("no node to run the browser's engine with")
	}
	script, err = filepath.Abs("../../static/finder.js")
	if err != nil {
		t.Fatal(err)
	}
	return node, script
}

func runNode(t *testing.T, program string) string {
	t.Helper()
	node, script := nodeAndEngine(t)
	cmd := exec.Command(node, "-e", program, script)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// inBrowser asks the browser's engine about each paste.
func inBrowser(t *testing.T, files [][]byte, pastes []string) []engineResult {
	t.Helper()
	node, script := nodeAndEngine(t)
	args := []string{"-e", engine, script}
	for i, data := range slices.Concat([][]byte{Rules()}, files) {
		args = append(args, filepath.Join(t.TempDir(), strconv.Itoa(i)))
		if err := os.WriteFile(args[len(args)-1], data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(node, args...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		enc := json.NewEncoder(in)
		for _, p := range pastes {
			if enc.Encode(p) != nil {
				break
			}
		}
		in.Close()
	}()
	var results []engineResult
	dec := json.NewDecoder(bufio.NewReader(out))
	for range pastes {
		var r engineResult
		if err := dec.Decode(&r); err != nil {
			t.Fatalf("after %d answers: %v", len(results), err)
		}
		results = append(results, r)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	return results
}

func asEngine(r Result) engineResult {
	out := engineResult{Confident: r.Confident, Matches: []engineMatch{}}
	for _, m := range r.Matches {
		e := engineMatch{m.Entry, m.Collection, m.Slug, m.Code, m.Subcode, m.URL, m.Title, m.Why, m.Message, m.Score, m.Values}
		if e.Values == nil {
			e.Values = []Value{}
		}
		out.Matches = append(out.Matches, e)
	}
	return out
}

// sameInBoth fails where the two engines differ in anything they say.
func sameInBoth(t *testing.T, ix *Index, pastes []string) {
	t.Helper()
	sameFiles(t, [][]byte{ix.Encode()}, pastes)
}

func sameFiles(t *testing.T, files [][]byte, pastes []string) {
	t.Helper()
	ix, err := Decode(files...) // so that Match.Entry counts the same
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range inBrowser(t, files, pastes) {
		if got := asEngine(ix.Find(pastes[i])); !reflect.DeepEqual(got, want) {
			t.Errorf("%q\n  here %+v\n  there %+v", clip(pastes[i]), got, want)
		}
	}
}

func clip(s string) string {
	if len(s) > 400 {
		return s[:400] + "…"
	}
	return s
}

func TestParityCases(t *testing.T) {
	var pastes []string
	for _, c := range casesOf(t) {
		pastes = append(pastes, c.Text)
	}
	sameInBoth(t, Build(reference(t)), pastes)
	sameInBoth(t, Build(vendor(1500)), pastes) // large enough to be spelled with a dictionary
}

// A reference that outgrows one file: the program, which has no files, and the browser, which has several, say the same.
func TestParityShards(t *testing.T) {
	entries := vendor(2*Shard + 500)
	for i := range entries {
		if i%3 == 0 { // a collection that is in all files, with other addresses in the last
			entries[i].Collection, entries[i].Noun = "zeta", "ZetaScript error"
			if i > 2*Shard {
				entries[i].URL = "/late/" + entries[i].Slug
			}
		}
		if i%500 == 0 {
			entries[i].Aliases = []string{"old-" + entries[i].Slug}
		}
	}
	var files [][]byte
	for _, shard := range Shards(entries) {
		files = append(files, Build(shard).Encode())
	}
	if len(files) != 3 {
		t.Fatalf("%d files, want 3", len(files))
	}
	whole := Build(entries)
	r := rand.New(rand.NewPCG(5, 6))
	var pastes []string
	forms := slices.Sorted(maps.Values(shapes()))
	for range 200 {
		e := entries[r.IntN(len(entries))]
		pastes = append(pastes, pasteOf(forms[r.IntN(len(forms))], e, "blue"), "old-"+entries[r.IntN(17)*500].Slug, "ZS"+e.Code)
	}
	sameFiles(t, files, pastes)
	ix, err := Decode(files...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pastes {
		got, want := ix.Find(p), whole.Find(p)
		for i := range got.Matches {
			got.Matches[i].Entry, want.Matches[i].Entry = 0, 0
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q\n  files %+v\n  whole %+v", p, got, want)
		}
	}
	for _, i := range []int{0, Shard - 1, Shard, 2*Shard + 499} {
		if m := first(t, whole, entries[i].Noun+" "+entries[i].Code); m.Entry != i || m.URL != entries[i].URL {
			t.Errorf("entry %d: %+v", i, m)
		}
	}
}

// Thousands of pastes that nobody wrote: cases cut, glued, doubled, escaped, with characters changed and put in.
func TestParityMutations(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var seeds []string
	for _, c := range casesOf(t) {
		seeds = append(seeds, c.Text)
	}
	n := 4000
	if testing.Short() {
		n = 500
	}
	mutate := mutator(r, seeds)
	var pastes []string
	for range n {
		pastes = append(pastes, mutate())
	}
	sameInBoth(t, Build(reference(t)), pastes)

	entries := vendor(1500)
	for i := range entries {
		if r.IntN(4) == 0 {
			entries[i].Subcodes = []Subcode{{Code: strconv.Itoa(r.IntN(600)), Title: entries[r.IntN(len(entries))].Title}}
		}
		if r.IntN(9) == 0 {
			entries[i].Status, entries[i].Popularity, entries[i].Aliases = "removed", i, []string{"old-" + entries[i].Slug}
		}
	}
	var forms []string
	for _, s := range shapes() {
		forms = append(forms, s)
	}
	slices.Sort(forms)
	seeds = nil
	for range 300 {
		seeds = append(seeds, pasteOf(forms[r.IntN(len(forms))], entries[r.IntN(len(entries))], "AC\"0190"))
	}
	mutate = mutator(r, seeds)
	pastes = nil
	for range n / 4 {
		pastes = append(pastes, mutate())
	}
	sameInBoth(t, Build(entries), pastes)
}

func TestParityLong(t *testing.T) {
	ix := Build(reference(t))
	line := "2026-08-04 INFO request 190 “done” in 100 ms 😀 {\"id\": 131047, \"code\": \"x\"}\n"
	var pastes []string
	for _, n := range []int{800, 900, 3000, 30000} {
		half := strings.Repeat(line, n/2)
		pastes = append(pastes, half+"{\"error\":{\"code\":131056}} Ошибка\n"+half, strings.Repeat("a\\", n)+half)
	}
	sameInBoth(t, ix, pastes)
}

// mutator returns a function that makes one paste of another.
func mutator(r *rand.Rand, seeds []string) func() string {
	odd := []string{
		"\\", "\\\"", "\\u0022", "\\n", "&quot;", "&amp;amp;", "&#39;", "%20", "%7B", "\x1b[31m", "😀", "é", "É", "ł", "İ", "ß", "一", "码", "ク", "Я", "ё", "Σ", "ς", "١", "۹", "（", "＃", "１", "\u00a0",
		"\u200b", "\u0301", "\u2028", "\ufeff", "“", "’", "—", "{", "}", "[", "]", ":", "=", "#", "(#", ")", ",", " or ", "\n", "\t", "\r\n", "  ", "code ", "error ", "sub-code ", "0", "00", "190", "463", "131047", "100", "2388019", "463", "033", ".0", "WA", "TC", "MY_", "sqlstate[hy000] [", "|", ";", "\"", "'", "`", "*", "case ", "+", "-", "_", "/", ".", "%", "…", "K", "ſ",
	}
	return func() string {
		s := []rune(seeds[r.IntN(len(seeds))])
		for range 1 + r.IntN(6) {
			i := r.IntN(len(s) + 1)
			j := min(len(s), i+r.IntN(12))
			switch r.IntN(9) {
			case 0: // leave out
				s = slices.Delete(s, i, j)
			case 1: // put in
				s = slices.Insert(s, i, []rune(odd[r.IntN(len(odd))])...)
			case 2: // swap
				if j > i+1 {
					s[i], s[j-1] = s[j-1], s[i]
				}
			case 3: // cut off
				if r.IntN(2) == 0 {
					s = s[:i]
				} else {
					s = s[i:]
				}
			case 4: // glue another paste on
				other := []rune(seeds[r.IntN(len(seeds))])
				s = slices.Concat(s[:i], other[:r.IntN(len(other)+1)], s[i:])
			case 5: // in a string
				quoted, _ := json.Marshal(string(s))
				s = []rune(string(quoted))
			case 6: // capitals
				s = slices.Concat(s[:i], []rune(strings.ToUpper(string(s[i:j]))), s[j:])
			case 7: // another digit or letter
				for k := i; k < j; k++ {
					if s[k] >= '0' && s[k] <= '9' {
						s[k] = rune('0' + r.IntN(10))
					} else if s[k] >= 'a' && s[k] <= 'z' && r.IntN(4) == 0 {
						s[k] = rune('a' + r.IntN(26))
					}
				}
			case 8: // percent signs
				s = slices.Concat(s[:i], []rune(url.QueryEscape(string(s[i:j]))), s[j:])
			}
		}
		return string(s)
	}
}

// Short codes that two collections share, symbols, templates that begin alike, tables.
func TestParityPlaces(t *testing.T) {
	seeds := append(placed(), "error_code;n\n1045;2\n1146;4\n", "| code | n |\n| 2304 | 1 |", "DB_DUP_ENTRY=1062, DB_NO_SUCH_TABLE(1146)")
	mutate := mutator(rand.New(rand.NewPCG(7, 8)), seeds)
	for range 2000 {
		seeds = append(seeds, mutate())
	}
	sameInBoth(t, twoVendors(), seeds)
}

// Every UTF-16 unit folds to the same in both.
func TestParityFolding(t *testing.T) {
	var all units
	for c := 1; c < 0xffff; c++ {
		if c < 0xd800 || c > 0xdfff {
			all = append(all, uint16(c))
		}
	}
	want := runNode(t, `const { fold } = require(process.argv[1]);
let s = ''; for (let c = 1; c < 0xffff; c++) if (c < 0xd800 || c > 0xdfff) s += String.fromCharCode(c);
process.stdout.write(fold(s));`)
	got := newFolding().fold(all)
	wanted := toUnits(want)
	if len(got) != len(wanted) {
		t.Fatalf("%d units, want %d", len(got), len(wanted))
	}
	for i := range got {
		if got[i] != wanted[i] {
			t.Errorf("%U folds to %U here, to %U there", all[i], got[i], wanted[i])
		}
	}
}
