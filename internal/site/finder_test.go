package site_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"errdex/internal/finder"
	"errdex/internal/finder/cases"
	"errdex/internal/render"
	"errdex/internal/site"
)

var (
	heldFlag   = flag.String("held", "", "a file of pastes that the finder has not seen, in the form of internal/finder/testdata/cases.txt")
	sourceFlag = flag.String("source", "../..", "the folder with the content that they are about")
)

// bars are what the finder must reach with pastes that nobody has tuned it to, in percent.
var bars = struct{ top1, sub, rejected float64 }{97, 90, 95}

// TestFinder asks the finder of a whole site, in Go and, where node is there, in JavaScript. Without flags the site is ours and the pastes are the
// finder's own; with -held and -source both are somebody else's:
//
//	go test ./internal/site -run 'TestFinder$' -v -held pastes.txt -source folder
func TestFinder(t *testing.T) {
	file := *heldFlag
	if file == "" {
		file = "../finder/testdata/cases.txt"
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	list, err := cases.Parse(string(data))
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	r, err := site.Check(context.Background(), site.Options{Source: os.DirFS(*sourceFlag)})
	if err != nil {
		t.Fatal(err)
	}
	ix := finder.Build(render.Entries(r.Map))
	have := map[string]bool{}
	for _, e := range render.Entries(r.Map) {
		have[e.Collection+"/"+e.Slug] = true
	}
	for _, c := range list {
		for _, w := range c.Want {
			if !have[w.Collection+"/"+w.Slug] {
				t.Errorf("line %d: no page %s", c.Line, w)
			}
		}
	}
	score(t, "Go", list, func(i int) cases.Answer {
		res := ix.Find(list[i].Text)
		var a cases.Answer
		for _, m := range res.Matches {
			if res.Confident {
				a = append(a, cases.Page{Collection: m.Collection, Slug: m.Slug, Subcode: m.Subcode})
			}
		}
		return a
	})
	if answers := inNode(t, ix.Encode(), list); answers != nil {
		score(t, "JavaScript", list, func(i int) cases.Answer { return answers[i] })
	}
}

func score(t *testing.T, engine string, list []cases.Case, answer func(i int) cases.Answer) {
	var s cases.Score
	for i, c := range list {
		s.Judge(c, answer(i))
	}
	t.Logf("%s: %v", engine, &s)
	for _, f := range s.Failures {
		t.Log(f)
	}
	for _, b := range []struct {
		what      string
		got, want float64
	}{
		{"top-1", cases.Percent(s.Top1, s.Cases), bars.top1},
		{"sub-code", cases.Percent(s.Sub, s.WithSub), bars.sub},
		{"rejected", cases.Percent(s.Rejected, s.None), bars.rejected},
	} {
		if b.got < b.want {
			t.Errorf("%s: %s %.1f %%, want at least %.0f", engine, b.what, b.got, b.want)
		}
	}
}

// inNode asks the browser's engine. It returns nil where there is no node.
func inNode(t *testing.T, data []byte, list []cases.Case) []cases.Answer {
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal("no node to run the browser's engine with")
		}
		return nil
	}
	script, err := filepath.Abs("../../static/finder.js")
	if err != nil {
		t.Fatal(err)
	}
	rules, index := filepath.Join(t.TempDir(), "rules"), filepath.Join(t.TempDir(), "index")
	for name, data := range map[string][]byte{rules: finder.Rules(), index: data} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var pastes []string
	for _, c := range list {
		pastes = append(pastes, c.Text)
	}
	in, err := json.Marshal(pastes)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(node, "-e", `const fs = require('fs'), [engine, ...files] = process.argv.slice(1), find = require(engine).decode(...files.map(f => fs.readFileSync(f, 'utf8')));
console.log(JSON.stringify(JSON.parse(fs.readFileSync(0)).map(text => find(text)).map(r => r.confident ? r.matches : [])))`, script, rules, index)
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var answers []cases.Answer
	if err := json.NewDecoder(strings.NewReader(string(out))).Decode(&answers); err != nil {
		t.Fatal(err)
	}
	return answers
}
