package load

import (
	"fmt"
	neturl "net/url"
	"regexp"
	"strings"

	"errdex/internal/catalog"

	"gopkg.in/yaml.v3"
)

// url reads an address on the web. Other schemes are refused here, so that no link of a page can run anything.
func (r *reader) url(n *yaml.Node, key string) catalog.Text {
	t := r.written(n, key)
	if !t.Set() || t.Value == "" || isPlainAddress(t.Value) {
		return t
	}
	t, _ = r.unquoted(t, r.follow(n), "address", func(inner string) string { return key + ": " + inner })
	scheme, _, _ := strings.Cut(t.Value, ":")
	u, err := neturl.Parse(t.Value)
	switch {
	case strings.Contains(t.Value, ":") && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")) && err == nil && u.Host != "" && !strings.ContainsAny(t.Value, " \t\r\n\"<>\\`"):
		return t
	case schemeForm.MatchString(t.Value) && !strings.HasPrefix(strings.ToLower(scheme), "http"):
		r.diags.ErrorHint(r.valueSpan(n), "unsafe-link", fmt.Sprintf("`%s` may not use the scheme %q", key, scheme), "it is an address that begins with https://")
	default:
		r.diags.ErrorHint(r.valueSpan(n), "invalid-url", fmt.Sprintf("%q is not an address on the web", short(t.Value)), urlHint(key, t.Value))
	}
	return catalog.Text{}
}

// isPlainAddress reports an address of the web that has nothing but letters, digits and what needs no escape, as nearly all do.
func isPlainAddress(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok || rest == "" || rest[0] == '/' {
		return false
	}
	for i := range len(rest) {
		if c := rest[i]; !wordByte(c) && c != '/' && c != '.' && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

var halfAddress = regexp.MustCompile(`^(?:(?i:https?):?/{0,2}|//)?([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}(?::[0-9]+)?(?:[/?#]\S*)?)$`)

// urlHint writes an address that lacks its scheme, or a part of it, as it should be.
func urlHint(key, s string) string {
	switch m := halfAddress.FindStringSubmatch(s); {
	case m != nil && len(m[1]) <= maxAnswer:
		return "write https://" + m[1]
	case strings.HasPrefix(s, "/") && key != "base_url":
		return "`" + key + "` is an address on another site, and begins with https://; a page of this one is linked inside a text, as [text](" + short(s) + ")"
	case strings.HasPrefix(s, "https://") && strings.Contains(s, " "):
		return "`" + key + "` has no spaces: write %20 for one that belongs to it"
	}
	return "`" + key + "` begins with https:// and has no spaces"
}

var schemeForm = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9+.-]*:`)
