package check

import (
	"strings"

	"errdex/internal/catalog"
	"errdex/internal/markdown"
)

// A token that was pasted with an example is public from the moment the page is. Shapes are those that the vendors have
// published for scanners; a placeholder, or a value without the variety of a real one, is not a secret.
func secretInExample() rule {
	return rule{Rule: fault("secret-in-example", "An example, a message or a text holds what has the shape of a token or a private key."),
		definition: func(p *pass, d *catalog.Definition) {
			for i := range d.Examples {
				p.secrets(d.File, d.Examples[i].Body)
			}
			for _, m := range p.messages(d) {
				p.secrets(d.File, m.Text)
			}
			for _, x := range p.fields(d) {
				p.secrets(d.File, x.Text)
			}
		},
		site: func(p *pass) {
			p.otherProse(func(file, _ string, x *catalog.Prose) { p.secrets(file, x.Text) })
		},
	}
}

func (p *pass) secrets(file string, t catalog.Text) {
	for _, s := range secrets(t.Value) {
		p.report(t.Part(file, s.start, s.end), "this has the shape of "+s.what,
			"write a placeholder such as <ACCESS_TOKEN> or $TOKEN; if it was real, revoke it: it stays in the history of the repository")
	}
}

// secret is a stretch of a text, in bytes.
type secret struct {
	start, end int
	what       string
}

// shortest is the length in bytes below which nothing is a token.
const shortest = 20

// secrets finds the runs of token characters in a text that have the shape of a secret.
func secrets(s string) []secret {
	var out []secret
	for start, end := longRun(s, 0, shortest, &tokenBytes); start < end; start, end = longRun(s, end+1, shortest, &tokenBytes) {
		if key := keyHeader(s, start, end); key >= 0 {
			out = append(out, secret{key, start, "a private key"})
		} else if what := tokenShape(s, start, end); what != "" {
			for what == webToken && end+1 < len(s) && s[end] == '.' && tokenBytes[s[end+1]] != 0 { // its three parts
				for end++; end < len(s) && tokenBytes[s[end]] != 0; end++ {
				}
			}
			out = append(out, secret{start, end, what})
		}
	}
	return out
}

var tokenBytes = markdown.SetOf("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")

// keyHeader returns where the header of a private key begins, whose first line of base 64 is the run s[start:end]; -1 where
// the run is no such line.
func keyHeader(s string, start, end int) int {
	for end < len(s) && (tokenBytes[s[end]] != 0 || s[end] == '+' || s[end] == '/') {
		end++
	}
	before := strings.TrimRight(strings.TrimSuffix(s[max(0, start-60):start], `\n`), " \t\r\n+/")
	if end-start < 40 || !strings.HasSuffix(before, "PRIVATE KEY-----") {
		return -1
	}
	return start - min(start, 60) + max(0, strings.LastIndex(before, "-----BEGIN "))
}

// shapes are tokens that are known by how they begin. least is the length in bytes of the shortest real one.
var shapes = []struct {
	prefix string
	least  int
	what   string
}{
	{"EAA", 60, "a Meta access token"},
	{"AKIA", 20, "an AWS access key"},
	{"ASIA", 20, "an AWS access key"},
	{"ghp_", 40, "a GitHub token"},
	{"gho_", 40, "a GitHub token"},
	{"ghu_", 40, "a GitHub token"},
	{"ghs_", 40, "a GitHub token"},
	{"ghr_", 40, "a GitHub token"},
	{"github_pat_", 80, "a GitHub token"},
	{"glpat-", 26, "a GitLab token"},
	{"xoxb-", 40, "a Slack token"},
	{"xoxp-", 40, "a Slack token"},
	{"xapp-", 40, "a Slack token"},
	{"AIza", 39, "a Google API key"},
	{"ya29", 40, "a Google access token"},
	{"sk_live_", 30, "a Stripe key"},
	{"rk_live_", 30, "a Stripe key"},
	{"sk-ant-", 40, "an API key"},
	{"sk-proj-", 40, "an API key"},
	{"npm_", 40, "an npm token"},
	{"pypi-AgEI", 50, "a PyPI token"},
}

// tokenShape says what the run s[start:end] looks like, or "".
func tokenShape(s string, start, end int) string {
	run := s[start:end]
	if strings.HasPrefix(run, "eyJ") && strings.HasPrefix(s[end:], ".eyJ") {
		return webToken
	}
	for i := range shapes {
		x := &shapes[i]
		if strings.HasPrefix(run, x.prefix) && len(run) >= x.least && varied(run[len(x.prefix):]) {
			return x.what
		}
	}
	before := strings.ToLower(s[max(0, start-24):start])
	if strings.HasSuffix(before, "bearer ") && varied(run) {
		return "a bearer token"
	}
	// As a parameter, or as a value of JSON.
	before = strings.TrimRight(before, `"' =:`)
	for _, key := range [...]string{"access_token", "client_secret", "app_secret", "api_key"} {
		if strings.HasSuffix(before, key) && varied(run) {
			return "a token"
		}
	}
	return ""
}

const webToken = "a JSON web token"

// varied reports whether a run looks drawn at random: letters and digits, at least ten different characters, and none of
// the words that placeholders are made of.
func varied(run string) bool {
	var set [256]bool
	different, letters, digits := 0, 0, 0
	for i := 0; i < len(run); i++ {
		c := run[i]
		if !set[c] {
			set[c] = true
			different++
		}
		if c >= '0' && c <= '9' {
			digits++
		} else {
			letters++
		}
	}
	if different < 10 || letters == 0 || digits == 0 {
		return false
	}
	low := strings.ToLower(run)
	for _, word := range []string{"example", "placeholder", "your", "token", "secret", "xxxx", "abcdef", "123456", "redacted", "sample", "dummy"} {
		if strings.Contains(low, word) {
			return false
		}
	}
	return true
}
