package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// obeyed are texts that a terminal, or what reads a terminal's text in CI, obeys.
var obeyed = []string{
	"\u202eevil\u202c", "\u2066x\u2069", "\u200fx\u200e", "\u061cx", "\U000E0041\U000E0042x", "a\u00adb\u2060c", "x\n::error file=x::owned", "x\n::set-output name=x::y", "::error::x", "##[error]x", "x\r::error::y",
	"\x1b[2J\x1b]8;;https://evil.example/\x07x\x1b]8;;\x07", "\u009b2J", "a\x00b", "\x07\b\x7f", "a\u2028b\u2029c\u0085d", "</details><script>alert(1)</script>", "`|x|<img src=x onerror=alert(1)>", "$(touch x)", "\xff\xfe\x80",
}

// TestTerminal runs every command that prints something of the content on sources that are full of such texts, good ones and bad ones: whatever is printed is text.
func TestTerminal(t *testing.T) {
	printed := 0
	for i, text := range obeyed {
		quoted, _ := json.Marshal(strings.ToValidUTF8(text, "\ufffd"))
		name := strings.NewReplacer("/", "_", "\x00", "").Replace(text)
		for what, files := range map[string]map[string]string{
			"fields":           {"content/a/7.yaml": definition("7", string(quoted))},
			"bad fields":       {"content/a/7.yaml": definition("7", string(quoted)) + "unknown: " + string(quoted) + "\nseverity: " + string(quoted) + "\nrelated: [" + string(quoted) + "]\n"},
			"a code":           {"content/a/7.yaml": definition(string(quoted), "T")},
			"raw":              {"content/a/7.yaml": "code: \"7\"\ntitle: " + text + "\nsummary: W\n" + text + ": x\n"},
			"a site":           {"content/site.yaml": "title: " + string(quoted) + "\nbase_url: " + string(quoted) + "\nhosts: [" + string(quoted) + "]\n" + text},
			"a name":           {"content/a/" + name + ".yaml": definition("7", "T")},
			"a folder":         {"content/" + name + "/collection.yaml": "title: B\n", "content/" + name + "/1.yaml": "x"},
			"a template":       {"templates/home.html": "{{" + text + "}}"},
			"a static name":    {"static/" + name: "x", "static/" + name + ".css": "}{" + text},
			"a ledger":         {"content/urls.lock": text + "\n/docs/x" + text + "\ta/1 code 7\n"},
			"a broken link":    {"content/a/7.yaml": "code: \"7\"\ntitle: T\nsummary: \"[x](error:" + strings.Trim(string(quoted), `"`) + ")\"\nfixes: [W]\n"},
			"a name in a link": {"content/a/7.yaml": "code: \"7\"\ntitle: T\nsummary: W\nfixes: [W]\nmeaning: |\n  [x](guide:" + text + ") [y](error:" + text + "#z)\n"},
		} {
			dir := t.TempDir()
			for n, data := range map[string]string{"content/site.yaml": "title: T\nbase_url: https://a.example\nhosts: [s3, nginx]\n", "content/a/collection.yaml": "title: A\nnoun: A error\nurl: /docs/a-{slug}\nindex: /docs/a\n", "content/a/8.yaml": definition("8", "T")} {
				if _, ok := files[n]; !ok {
					files[n] = data
				}
			}
			skip := false
			for n, data := range files {
				path := filepath.Join(dir, filepath.FromSlash(n))
				if os.MkdirAll(filepath.Dir(path), 0o755) != nil || os.WriteFile(path, []byte(data), 0o644) != nil {
					skip = true // this file system does not take such a name
				}
			}
			if skip {
				continue
			}
			out := filepath.Join(dir, "public")
			commands := [][]string{{"check"}, {"check", "--format", "json"}, {"check", "--format", "sarif"}, {"check", "--format", "github"}, {"build", "--out", out, "--no-cache"}, {"lock"}}
			if what == "fields" || what == "a name" { // and those that are told the text
				commands = append(commands, []string{"explain", "7"}, []string{"explain", text}, []string{"find", "7"}, []string{"find", "--format", "json", "a error 7"}, []string{"find", text},
					[]string{"mv", "a/7", "a/" + text}, []string{"mv", "a/" + text, "a/9"}, []string{"deprecate", "a/" + text}, []string{"new", "a/" + text}, []string{"new", text + "/1"}, []string{"schema", text},
					[]string{text}, []string{"build", "--out", filepath.Join(dir, "content", name)}, []string{"build", "--out", filepath.Join(dir, "out", name)}, []string{"check", "--source", text})
			}
			for _, args := range commands {
				var stdout, stderr bytes.Buffer
				if len(args) > 1 && args[0] != "schema" && args[len(args)-2] != "--source" {
					args = append(args[:1:1], append([]string{"--source", dir}, args[1:]...)...)
				} else if len(args) == 1 && args[0] != text {
					args = append(args, "--source", dir)
				}
				env := map[string]string{"SOURCE_DATE_EPOCH": "1767225600", "NO_COLOR": "1", "GITHUB_STEP_SUMMARY": filepath.Join(dir, "summary.md")}
				run(context.Background(), args, streams{strings.NewReader(""), &stdout, &stderr}, func(k string) string { return env[k] })
				summary, _ := os.ReadFile(env["GITHUB_STEP_SUMMARY"])
				os.Remove(env["GITHUB_STEP_SUMMARY"])
				for stream, data := range map[string][]byte{"stdout": stdout.Bytes(), "stderr": stderr.Bytes(), "the summary": summary} {
					printed += len(data)
					reads := args[0] == "find" || args[0] == "explain" // for people, who pasted something; no CI runs them on what strangers write
					if bad := isObeyed(string(data), stream == "stdout" && strings.Contains(strings.Join(args, " "), "github"), reads); bad != "" {
						t.Errorf("text %d (%q) as %s: errdex %q: %s has %s in\n%.600q", i, text, what, args[0:min(len(args), 5)], stream, bad, data)
					}
				}
			}
		}
	}
	if printed < 100_000 {
		t.Errorf("only %d bytes were printed", printed)
	}
}

func definition(code, v string) string {
	return fmt.Sprintf("code: %s\ntitle: %s\nsummary: %s\nmessage: %s\nkeywords: [%s]\ncauses: [%s]\nfixes: [{id: f, title: %s, steps: [%s]}]\nmeaning: %s\nsections: [{title: %s, text: %s}]\nexamples: [{title: %s, kind: code, language: text, body: %s}]\n",
		quote(code), quote(v), quote(v), quote(v), quote(v), quote(v), quote(v), quote(v), quote(v), quote(v), quote(v), quote(v), quote(v))
}

// quote leaves alone what is quoted already.
func quote(s string) string {
	if strings.HasPrefix(s, `"`) {
		return s
	}
	return `"` + s + `"`
}

// isObeyed names what a terminal would obey in a text. Under GitHub every line must be a command of ours.
func isObeyed(s string, github, reads bool) string {
	if !utf8.ValidString(s) {
		return "bytes that are no UTF-8"
	}
	for _, r := range s {
		// Marks that only say which way a letter is written, and where a word may be parted, are text.
		if unicode.Is(unicode.Cc, r) && r != '\n' || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) && !strings.ContainsRune("\u200b\u200c\u200d\u200e\u200f\u061c\u00ad\u2060", r) {
			return fmt.Sprintf("%U", r)
		}
	}
	for line := range strings.Lines(s) {
		if reads {
			break
		}
		if github != (strings.HasPrefix(line, "::") || strings.HasPrefix(line, "##[")) && !strings.HasPrefix(line, "::add-matcher") {
			if github && !strings.HasPrefix(line, "::") && !strings.Contains(line, "owned") {
				continue
			}
			return fmt.Sprintf("the line %q", line)
		}
		if github && !strings.HasPrefix(line, "::error ") && !strings.HasPrefix(line, "::warning ") && !strings.HasPrefix(line, "::notice ") && !strings.HasPrefix(line, "::error::") {
			return fmt.Sprintf("the command %q", line)
		}
		if github && strings.Contains(line, "::owned") && !strings.Contains(line, "%0A") {
			return fmt.Sprintf("the command %q", line)
		}
	}
	return ""
}
