package link_test

import (
	"bytes"
	"strings"
	"testing"

	"errdex/internal/link"
)

// TestLedgerGoneAfterSpaces adds `gone` the way a person does who sees a terminal, where a tab is spaces.
func TestLedgerGoneAfterSpaces(t *testing.T) {
	p := small()
	data := string(lock(t, &link.Ledger{}, p).Bytes())
	at := strings.Index(data, "/docs/api-error-190\t")
	end := at + strings.IndexByte(data[at:], '\n')
	tabs := data[:end] + "\tgone 2026-11-22 published by mistake" + data[end:]
	delete(p, "content/api/190.yaml")
	p["content/api/7.yaml"] += "group: access\n"
	for _, gap := range []string{" ", "    ", " \t", "\t ", "\t\t"} {
		l := read(t, []byte(data[:end]+gap+"gone 2026-11-22 published by mistake"+data[end:]))
		if !bytes.Equal(l.Bytes(), []byte(tabs)) {
			t.Errorf("%q: written again it is not the line with tabs:\n%s", gap, l.Bytes())
		}
		if list := l.Check(p.link(t), link.LedgerFile); list.Len() > 0 {
			t.Errorf("%q: %v", gap, ids(list))
		}
	}
	// Lines that nobody has sealed yet, and a code that holds the word: that one is a code, as it ever was.
	for in, want := range map[string]string{
		"/a\tapi/a gone 2026-11-22 by mistake":                   "/a\tapi/a\tgone 2026-11-22 by mistake",
		"/a\tapi/a\tcode 7  gone 2026-11-22 by mistake":          "/a\tapi/a\tcode 7\tgone 2026-11-22 by mistake",
		"/a\tapi/a\tcode he is gone now":                         "/a\tapi/a\tcode he is gone now",
		"/a\tapi/a\tcode x gone 2026-11-22 y\tgone 2026-11-23 z": "/a\tapi/a\tcode x gone 2026-11-22 y\tgone 2026-11-23 z",
	} {
		if l := read(t, []byte(in+"\n")); !strings.HasSuffix(string(l.Bytes()), "\n"+want+"\n") {
			t.Errorf("%q is written as\n%s", in, l.Bytes())
		}
	}
}

// TestLedgerFaultIsSaidOnce holds that a line that cannot be read is not reported as taken away as well.
func TestLedgerFaultIsSaidOnce(t *testing.T) {
	data := string(lock(t, &link.Ledger{}, small()).Bytes())
	line := data[strings.Index(data, "/docs/api-error-190\t"):]
	line = line[:strings.IndexByte(line, '\n')]
	seal := data[strings.Index(data, "seal "):]
	seal = seal[:strings.IndexByte(seal, '\n')]
	for old, bad := range map[string]string{
		line:                     line + " gone soon",
		line + "\n":              strings.ReplaceAll(line, "\t", "    ") + "\n", // an editor turned tabs into spaces
		"/docs/api-error-7\tapi": "docs/api-error-7\tapi",
		seal:                     strings.ReplaceAll(seal, "\t", " "),
		"seal " + seal[5:13]:     "seal " + seal[5:12],
	} {
		_, list := link.ReadLedger([]byte(strings.Replace(data, old, bad, 1)))
		if got := ids(list); len(got) != 1 || !strings.HasPrefix(got[0], "malformed-ledger") {
			t.Errorf("%q for %q: %v", bad, old, got)
		}
	}
	for _, gap := range []string{" ", "   ", "\t "} {
		owned := strings.Replace(strings.Replace(data, seal, seal+gap+"broken 2026-11-22 lost", 1), line+"\n", "", 1)
		if l, list := link.ReadLedger([]byte(owned)); list.Len() != 0 || !strings.Contains(string(l.Bytes()), "lines\tbroken 2026-11-22 lost\n") {
			t.Errorf("broken after %q: %v", gap, ids(list))
		}
	}
	// A line that is missing beside it is still missed.
	cut := strings.Replace(strings.Replace(data, line, line+" gone soon", 1), "\n/docs/api-error-7\tapi", "\n# /docs/api-error-7\tapi", 1)
	if _, list := link.ReadLedger([]byte(cut)); !strings.Contains(strings.Join(ids(list), "\n"), "altered-ledger: 1 of the ") {
		t.Errorf("%v", ids(list))
	}
}

func TestLedgerCountsInWords(t *testing.T) {
	data := string(lock(t, &link.Ledger{}, small()).Bytes())
	at := strings.Index(data, "/docs/api-error-190\t")
	end := at + strings.IndexByte(data[at:], '\n') + 1
	id := data[strings.Index(data, "seal ")+5:][:8]
	for want, changed := range map[string]string{
		" lines under the seal " + id + " was taken away": data[:at] + data[end:],
		"1 line was added by hand under the seal " + id:   data + "/docs/x\tapi/x\t@" + id + "\n",
	} {
		if _, list := link.ReadLedger([]byte(changed)); len(ids(list)) != 1 || !strings.Contains(ids(list)[0], want) {
			t.Errorf("want %q, got %v", want, ids(list))
		}
	}
}
