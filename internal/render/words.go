package render

import (
	"net/http"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The words for the enumerated values of a definition. A key that is not here is shown as it was written.

var attributions = map[string]Fact{
	"caller":        {"caller", "You, the caller", "The request, its code or its credentials have to change."},
	"account_admin": {"account_admin", "An account admin", "Someone with access to the business account has to act."},
	"end_user":      {"end_user", "The end user", "The person at the other end has to act."},
	"provider":      {"provider", "The provider", "The platform has to recover or decide; you can wait, retry or escalate."},
	"network":       {"network", "The network", "Something between the two ends failed."},
}

var severities = map[string]Fact{
	"info":     {"info", "Info", "Nothing is broken."},
	"warning":  {"warning", "Warning", "Something will break if nothing is done."},
	"error":    {"error", "Error", "The operation did not happen."},
	"critical": {"critical", "Critical", "More than one operation stops until this is mended."},
}

var policies = map[string]Fact{
	"never":        {"never", "Never", "The same call will fail again."},
	"immediately":  {"immediately", "At once", "The same call may succeed at once."},
	"backoff":      {"backoff", "With back-off", "Wait, then try again, and wait longer each time."},
	"after_change": {"after_change", "After a change", "The same call fails until something has changed."},
	"unknown":      {"unknown", "Not documented", "Whether a retry helps is not documented."},
}

var sideEffects = map[string]Fact{
	"none":     {"none", "None", "Nothing of the operation has happened."},
	"possible": {"possible", "Possible", "Part of the operation may have happened."},
	"unknown":  {"unknown", "Unknown", "Whether part of the operation happened is not documented."},
}

var blastRadii = map[string]Fact{
	"request":   {"request", "This request", "Other requests are not affected."},
	"recipient": {"recipient", "This recipient", "Other recipients are not affected."},
	"number":    {"number", "The whole number", "Everything sent from this number is affected."},
	"account":   {"account", "The whole account", "Every number of the account is affected."},
	"app":       {"app", "The whole app", "Every call of the app is affected."},
}

var likelihoods = map[string]Fact{
	"common":     {"common", "Common", ""},
	"occasional": {"occasional", "Occasional", ""},
	"rare":       {"rare", "Rare", ""},
}

var statuses = map[string]Fact{
	"active":     {"active", "Active", "The API raises it."},
	"deprecated": {"deprecated", "Deprecated", "The API may still raise it, but it is on its way out."},
	"removed":    {"removed", "Removed", "The API no longer raises it."},
	"reserved":   {"reserved", "Reserved", "The number is set aside and not raised yet."},
}

var relations = map[string]string{
	"confused_with": "Often confused with",
	"caused_by":     "Caused by",
	"leads_to":      "Leads to",
	"supersedes":    "Supersedes",
	"see_also":      "See also",
}

// relationsInText are the same words inside a sentence.
var relationsInText = func() map[string]string {
	out := make(map[string]string, len(relations))
	for k, v := range relations {
		out[k] = strings.ToLower(v)
	}
	return out
}()

// relationOrder is the order in which a reader in trouble wants them.
var relationOrder = []string{"confused_with", "caused_by", "leads_to", "supersedes", "see_also"}

var surfaceKinds = map[string]string{
	"response": "Response", "webhook": "Webhook", "callback": "Callback", "log": "Log", "ui": "Screen",
}

func fact(words map[string]Fact, key string) Fact {
	if f, ok := words[key]; ok {
		return f
	}
	return Fact{Key: key, Label: humanize(key)}
}

func surfaceLabel(kind string) string {
	if s, ok := surfaceKinds[kind]; ok {
		return s
	}
	return humanize(kind)
}

// humanize turns a key such as dead_letter into "Dead letter".
func humanize(key string) string {
	s := strings.ReplaceAll(key, "_", " ")
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

func httpFact(n int) Fact {
	key := strconv.Itoa(n)
	return Fact{Key: key, Label: strings.TrimSpace(key + " " + http.StatusText(n))}
}

// wait puts a duration such as 4s into words.
func wait(s string) string {
	if len(s) < 2 {
		return s
	}
	unit := map[byte]string{'s': "second", 'm': "minute", 'h': "hour", 'd': "day"}[s[len(s)-1]]
	n := s[:len(s)-1]
	if unit == "" {
		return s
	}
	if n != "1" {
		unit += "s"
	}
	return n + " " + unit
}
