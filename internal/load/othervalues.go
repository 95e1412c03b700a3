package load

import "slices"

// otherValues are values by the names that people and other tools give them; what a key does not have is not meant.
var otherValues = map[string][]string{
	"client": {"caller"}, "developer": {"caller"}, "consumer": {"caller"}, "user": {"end_user"}, "customer": {"end_user"}, "recipient": {"end_user", "recipient"}, "admin": {"account_admin"}, "owner": {"account_admin"},
	"server": {"provider"}, "vendor": {"provider"}, "platform": {"provider"}, "api": {"provider"}, "internet": {"network"},
	"high": {"critical"}, "fatal": {"critical"}, "severe": {"critical"}, "medium": {"error"}, "low": {"warning"}, "warn": {"warning"}, "notice": {"info"}, "information": {"info"},
	"obsolete": {"removed"}, "retired": {"removed"}, "gone": {"removed"}, "deleted": {"removed"}, "live": {"active"}, "current": {"active"}, "stable": {"active"}, "planned": {"reserved"},
	"complete": {"full"}, "draft": {"stub"}, "partial": {"stub", "possible"}, "always": {"immediately", "common"}, "now": {"immediately"}, "exponential": {"backoff"}, "retry": {"backoff"}, "true": {"backoff"}, "no": {"never", "none"}, "false": {"never", "none"}, "fix_first": {"after_change"},
	"often": {"common"}, "likely": {"common"}, "usual": {"common"}, "sometimes": {"occasional"}, "unlikely": {"rare"}, "rarely": {"rare"}, "maybe": {"possible"}, "yes": {"possible"},
	"everything": {"app"}, "all": {"app"}, "phone": {"number"}, "single": {"request"}, "call": {"request"}, "response": {"payload"}, "json": {"payload"}, "curl": {"request"}, "snippet": {"code"},
	"similar": {"confused_with"}, "related": {"see_also"}, "replaces": {"supersedes"}, "causes": {"leads_to"}, "cause": {"caused_by"},
}

// valueMeant returns the value of an enumeration that goes by another name elsewhere; "" where there is none.
func valueMeant(s string, values []string) string {
	for _, v := range otherValues[s] {
		if slices.Contains(values, v) {
			return v
		}
	}
	return ""
}
