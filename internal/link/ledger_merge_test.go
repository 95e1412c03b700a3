package link_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"errdex/internal/link"
)

// TestLedgerMerges has git merge two branches that both added errors and locked, by union and with conflict marks.
func TestLedgerMerges(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not installed")
	}
	base := small()
	data := lock(t, &link.Ledger{}, base).Bytes()
	branch := func(codes ...string) (project, []byte) {
		p := base.clone()
		l := read(t, data)
		for _, c := range codes {
			p["content/api/"+c+".yaml"] = definition(c)
			l = lock(t, read(t, l.Bytes()), p)
		}
		return p, l.Bytes()
	}
	_, ours := branch("191", "200", "9")
	theirs, b := branch("192", "9", "200")
	theirs["content/api/191.yaml"] = definition("191")
	merge := func(flags ...string) []byte {
		dir := t.TempDir()
		for name, text := range map[string][]byte{"base": data, "ours": ours, "theirs": b} {
			if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		cmd := exec.Command(git, append(append([]string{"merge-file", "-p"}, flags...), "ours", "base", "theirs")...)
		cmd.Dir = dir
		out, err := cmd.Output()
		if _, conflicts := err.(*exec.ExitError); err != nil && !conflicts {
			t.Fatal(err)
		}
		return out
	}
	l := read(t, merge("--union"))
	if list := l.Check(theirs.link(t), link.LedgerFile); list.Len() > 0 {
		t.Errorf("the union is not the ledger of the merged site: %v", ids(list))
	}
	if _, n := l.Lock(theirs.link(t)); n != 0 {
		t.Errorf("%d lines are missing from the union", n)
	}
	theirs["content/api/300.yaml"] = definition("300")
	next := lock(t, l, theirs)
	if text := string(read(t, next.Bytes()).Bytes()); strings.Count(text, "\nseal ") != 8 {
		t.Errorf("the seals:\n%s", text[:1000])
	}
	conflict := merge()
	if !bytes.Contains(conflict, []byte("<<<<<<<")) {
		t.Fatal("no conflict to test with")
	}
	c, list := link.ReadLedger(conflict)
	if got := ids(list); len(got) != 1 || got[0] != "unmerged-ledger: a merge conflict was left here" {
		t.Errorf("%v", got)
	}
	if !bytes.Equal(c.Bytes(), l.Bytes()) {
		t.Error("the lines of both sides are not all there")
	}
}
