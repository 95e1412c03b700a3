package load

import (
	"slices"

	"gopkg.in/yaml.v3"
)

// otherWords are keys by the names that other tools and habits give them: for each name, what it may stand for. The first that the object has and
// that is not there already is meant.
var otherWords = map[string][]string{
	"name": {"title", "id", "rule", "kind", "vendor"}, "label": {"title", "name"}, "heading": {"title"}, "header": {"title"}, "headline": {"title"}, "subject": {"title"},
	"title": {"text", "question", "name"}, "id": {"code", "ref", "rule", "name"}, "key": {"id", "name", "code"}, "slug": {"id", "ref"}, "anchor": {"id"}, "hole": {"name"},
	"error": {"code", "ref"}, "error_code": {"code", "ref"}, "errorcode": {"code"}, "number": {"code"}, "code": {"ref", "body", "subcode"}, "error_subcode": {"subcode", "subcodes"},
	"sub_code": {"subcode", "subcodes"}, "href": {"url"}, "link": {"url", "ref", "links"}, "url": {"base_url", "links"}, "summary": {"description", "meaning", "text"}, "uri": {"url"}, "web": {"url"}, "address": {"url"}, "site": {"base_url"}, "domain": {"base_url"},
	"website": {"base_url", "url"}, "host": {"base_url"}, "lang": {"language"}, "locale": {"language"}, "org": {"organization"}, "company": {"organization"}, "publisher": {"organization"},
	"description": {"summary", "meaning", "text", "steps", "note"}, "desc": {"summary", "description", "meaning", "text"}, "tldr": {"summary"}, "abstract": {"summary"}, "synopsis": {"summary"},
	"short": {"summary"}, "msg": {"message", "text"}, "message": {"text"}, "text": {"message", "title", "reply", "answer", "note", "body", "meaning"}, "error_message": {"message"}, "template": {"message"},
	"messages": {"variants"}, "details": {"meaning", "text"}, "explanation": {"meaning", "text"}, "about": {"meaning"}, "body": {"text", "meaning"}, "content": {"body", "text"}, "payload": {"body"},
	"json": {"body"}, "sample": {"body", "example", "examples"}, "value": {"example", "text"}, "samples": {"examples"}, "snippet": {"body"}, "format": {"language"}, "syntax": {"language"},
	"category": {"group"}, "section": {"group"}, "categories": {"groups"}, "topics": {"groups"}, "tags": {"keywords"}, "tag": {"keywords"}, "terms": {"keywords"}, "search": {"keywords"},
	"see_also": {"related"}, "seealso": {"related"}, "see": {"related"}, "similar": {"related"}, "relates_to": {"related"}, "relationship": {"relation"}, "type": {"kind", "relation", "policy"},
	"reasons": {"causes"}, "reason": {"causes", "note"}, "why": {"causes", "reason", "note"}, "because": {"reason", "note"}, "comment": {"reason", "note"}, "note": {"reason", "text"}, "notes": {"note"},
	"solution": {"fixes"}, "solutions": {"fixes"}, "resolution": {"fixes"}, "resolutions": {"fixes"}, "remediation": {"fixes"}, "remedies": {"fixes"}, "remedy": {"fixes"}, "workaround": {"fixes"}, "actions": {"fixes"},
	"action": {"first_action", "title"}, "todo": {"first_action"}, "instructions": {"steps"}, "how": {"steps", "verify"}, "warning": {"caution"}, "check": {"verify"}, "verification": {"verify"},
	"references": {"sources", "links"}, "reference": {"ref", "sources"}, "documentation": {"links"}, "docs": {"links"}, "urls": {"links"}, "read_more": {"links"}, "bibliography": {"sources"},
	"level": {"severity"}, "priority": {"severity"}, "importance": {"severity"}, "http_code": {"http_status"}, "status_code": {"http_status"}, "http": {"http_status"}, "httpstatus": {"http_status"},
	"statuses": {"http_status"}, "questions": {"faq"}, "faqs": {"faq"}, "owner": {"attribution"}, "responsible": {"attribution"}, "responsibility": {"attribution"}, "blame": {"attribution"}, "fault": {"attribution"},
	"actor": {"attribution"}, "who": {"attribution"}, "impact": {"blast_radius"}, "scope": {"blast_radius"}, "affects": {"blast_radius"}, "retryable": {"retry"}, "retries": {"retry", "max_attempts"}, "backoff": {"retry", "after"},
	"retry": {"policy"}, "strategy": {"policy"}, "when": {"policy"}, "mode": {"policy"}, "wait": {"after"}, "delay": {"after"}, "retry_after": {"after"}, "interval": {"after"}, "attempts": {"max_attempts"}, "max": {"max_attempts"},
	"max_retries": {"max_attempts"}, "tries": {"max_attempts"}, "times": {"max_attempts"}, "count": {"max_attempts"}, "probability": {"likelihood"}, "frequency": {"likelihood"}, "chance": {"likelihood"},
	"date": {"verified", "retrieved"}, "updated": {"verified"}, "last_updated": {"verified"}, "reviewed": {"verified"}, "last_reviewed": {"verified"}, "checked": {"verified"}, "accessed": {"retrieved"}, "read": {"retrieved"},
	"location": {"where", "path"}, "place": {"where"}, "in": {"where"}, "endpoint": {"where"}, "endpoints": {"where", "surfaces"}, "json_path": {"path"}, "jsonpath": {"path"}, "variables": {"params"}, "placeholders": {"params"}, "parameters": {"params"},
	"holes": {"params"}, "provider": {"vendor"}, "service": {"vendor"}, "company_name": {"vendor"}, "api": {"vendor"}, "redirects": {"aliases"}, "redirect_from": {"aliases"}, "old_urls": {"aliases"}, "permalink": {"aliases"},
	"ignore": {"allow"}, "disable": {"allow"}, "suppress": {"allow"}, "nolint": {"allow"}, "introduced": {"since"}, "added": {"since"}, "added_in": {"since"}, "version": {"since"}, "removed": {"removed_in"}, "superseded_by": {"replaced_by"},
	"replacement": {"replaced_by"}, "replaces": {"replaced_by"}, "q": {"question"}, "a": {"answer"}, "response": {"reply", "answer"}, "template_reply": {"reply"}, "customer_reply": {"reply"}, "escalation": {"collect"}, "gather": {"collect"}, "prevent": {"prevention"},
	"avoid": {"prevention"}, "reproduction": {"reproduce"}, "repro": {"reproduce"}, "path": {"url", "where"}, "pattern": {"url"}, "url_pattern": {"url"}, "index_url": {"index"}, "singular": {"noun"}, "review": {"review_after"}, "stale_after": {"review_after"},
	"hosting": {"hosts"}, "deploy": {"hosts"}, "from_anchor": {"from"}, "old": {"from"}, "new": {"to"}, "guides": {"guides_url"}, "edit": {"edit_url"}, "repo": {"edit_url"}, "repository": {"edit_url"},
}

// meantBy returns the key of an object that goes by another name elsewhere; "" where there is none. m is the mapping in which the name stands: what
// it has already was not meant.
func meantBy(name string, names []string, m *yaml.Node) string {
	for _, key := range otherWords[name] {
		if slices.Contains(names, key) && !hasKey(m, key) {
			return key
		}
	}
	return ""
}

// hasKey reports whether a mapping has a key.
func hasKey(m *yaml.Node, key string) bool {
	for i := 0; m != nil && i+1 < len(m.Content); i += 2 {
		if m.Content[i].Value == key {
			return true
		}
	}
	return false
}
