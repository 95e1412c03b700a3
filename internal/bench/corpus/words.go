package corpus

// The banks that sentences are drawn from; <words> in angle brackets are filled in by maker.fill. The banks are sized so that two pages share words and clauses, as real pages do, and
// hardly ever a whole paragraph.

type object struct{ name, slug, field string }

var objects = []object{
	{"access token", "access-token", "access_token"}, {"phone number", "phone-number", "phone_number_id"}, {"template", "template", "template_name"},
	{"webhook subscription", "subscription", "subscription_id"}, {"media file", "media-file", "media_id"}, {"payment intent", "payment-intent", "payment_intent"},
	{"business account", "business-account", "account_id"}, {"signing key", "signing-key", "key_id"}, {"session", "session", "session_id"},
	{"bucket policy", "bucket-policy", "policy_id"}, {"upload part", "upload-part", "part_number"}, {"invoice", "invoice", "invoice_id"},
	{"recipient", "recipient", "recipient_ref"}, {"refund", "refund", "refund_id"}, {"card mandate", "card-mandate", "mandate_id"},
	{"callback URL", "callback-url", "callback_url"}, {"object version", "object-version", "version_id"}, {"device certificate", "certificate", "certificate_id"},
	{"idempotency key", "idempotency-key", "idempotency_key"}, {"rate plan", "rate-plan", "rate_plan"}, {"payout", "payout", "payout_id"},
	{"verification code", "verification-code", "otp"}, {"catalog item", "catalog-item", "item_id"}, {"retention rule", "retention-rule", "rule_id"},
}

var states = []string{"expired", "revoked", "not found", "locked", "malformed", "already used", "over its limit", "not permitted", "not verified", "paused",
	"missing a scope", "in the wrong region", "too large", "out of order", "disabled", "in conflict", "still pending", "unknown to the account"}

var actors = []string{"the caller", "the account's administrator", "the person at the other end", "the platform", "your gateway", "the integration's owner"}

var verbs = []string{"refuses", "rejects", "does not accept", "blocks", "drops", "puts off"}

var calls = []string{"a send", "a capture", "an upload", "a read of the account", "a template edit", "a subscription change", "a token exchange", "a batch import", "a refund", "a listing"}

var moments = []string{"soon after set-up", "after a deploy", "at the turn of the month", "while a batch runs", "after a change of ownership", "during a region move",
	"when two workers race", "after sixty days", "at peak hours", "once a trial ends"}

var screens = []string{"Settings, Access", "Developers, Keys", "Billing, Limits", "Account, Integrity", "Webhooks, Deliveries", "Storage, Policies"}

var fields = []string{"error.code", "error.error_data.details", "entry[].changes[].value.statuses[].errors[].code", "errors[0].code", "error.subcode", "response.status.code"}

var surfaces = []string{"response", "webhook", "callback", "log"}

var firstActions = []string{
	"Replace the <object> with one that reaches this account, then send the same call again.",
	"Check the <object> in the console before you retry anything.",
	"Stop the retries and read the `details` text: it names the <object> that is meant.",
	"Ask an administrator to confirm the <object>, then replay the refused calls once.",
	"Compare the <object> in your live configuration with the one on the screen.",
}

var summaries = []string{
	"The API <verb> the call because the <object> is <state>. Nothing of the operation has happened; mend the <object>, then send the call again. Retrying without a change cannot succeed.",
	"The <object> in the call is <state>, so the platform <verb> it. It is not the request's form that is at fault: look at the <object> first, and only then at your code.",
	"Your <object> is <state>. The platform <verb> every call that needs it until somebody with access to the account has acted.",
	"The call was well formed, but its <object> is <state> and the API <verb> it. Wait as the retry policy says; a burst of retries makes the wait longer.",
}

var operations = []string{"opening", "closing", "moving", "copying", "listing", "signing", "sealing", "charging", "sending", "checking", "merging", "renaming", "sharing", "exporting"}

var messages = []string{
	"The <object> is <state> since {time} and <operation> is not possible. The current time is {now}.", "(#<code>) The <object> {id} is <state>",
	"Request refused: <object> {id} is <state> while <operation>",
	"Object with ID '{id}' does not exist, cannot be loaded for <operation>, or its <object> is <state>.", "Cannot go on <operation> with <object> {id}: <state> (retry after {time})",
	"Invalid parameter: `<object>` is <state> at {time} while <operation>",
}

var meanings = []string{
	"<name> is one of the <group> family: the API knows who calls, and it knows the <object>, but it will not let the two meet. In practice it comes <moment>, and then for every call that touches the same <object>.",
	"The platform looks the <object> up before it looks at anything else. Where it is <state>, the call ends there: no side effect, no charge, no message. That is why the answer comes within milliseconds, however large the body.",
	"On the wait the sources disagree. The console shows a countdown for the <object>; the reference speaks of a sliding window. Both agree that <actor> has to act first, and that the count starts again with every refused call.",
	"Do not take it for its neighbour <link>, which looks the same in a log: there the <object> is fine and the permission is missing. The `details` text tells the two apart, the `title` does not.",
	"Older clients print only the number. Newer ones add `<field>` and a trace id; keep both, since support asks for them before anything else. A value such as `<trace>` is safe to share, the <object> itself is not.",
}

var causeTexts = []string{
	"A <object> from the quick start runs in production. It is <state> <moment>, so a new integration stops without a change of yours.",
	"The <object> was <state> by an administrator, and the workers still hold the old one in memory.",
	"Two environments share one <object>; the second call finds it <state>.",
	"The `<field>` of the request belongs to another account: the <object> there is <state> for you.",
	"A proxy cuts the `<field>` header off, so that the platform sees a <object> that is <state>.",
	"The clock of the host is more than *five minutes* off, and the signature of the <object> counts as <state>.",
}

var fixTitles = []string{"Replace the <object>", "Ask for the missing scope of the <object>", "Match the <object> to the account", "Lower the rate at which the <object> is used", "Repair the <object> in the console", "Send the <object> once only"}

var stepTexts = []string{
	"Open **<screen>** in the console and find the <object> by its id.", "Note the `<field>` and the time of the last refused call.",
	"Make a new <object> with the scopes `<field>_read` and `<field>_write`.", "Deploy the new value without quotes or line breaks.",
	"Replay the refused calls once, oldest first, with the same `Idempotency-Key`.", "Revoke the old <object> once nothing uses it.",
	"Wait for the time that the `Retry-After` header gives, then send **one** call before you open the gate.",
	"Compare the id in the path with the one on the screen; <link> tells how they are mixed up.",
}

var verifies = []string{
	"`GET /v3/<path>/<id>` with the production credentials answers 200.", "The console shows the <object> as *active*, and the next call answers within a second.",
	"The refused call goes through, and no new line with the code appears in the log for ten minutes.",
}

var cautions = []string{
	"A new <object> ends every session of the old one: do it outside peak hours.", "Do not paste the <object> into a ticket. Its id is enough.",
	"Each try counts: after **ten** refused calls within an hour the <object> is locked for a day.",
}

var preventions = []string{
	"Track the expiry of the <object> and alert days before it ends, not after.", "Keep one <object> for each environment, and name them so.",
	"Branch on `error.code`, never on the text: the text changes without notice.", "Put a ceiling on retries and spread them with jitter.",
	"Check the <object> again after every change of administrators or ownership.",
}

var questions = []string{"What is <name>?", "Why does the <object> keep being <state>?", "Can I retry <name> at once?", "Is anything charged when <name> comes?", "Why does it work in the console but not from my backend?"}

var answers = []string{
	"The platform no longer accepts the <object> in your call; see [the fixes](#fixes).", "It is probably the quick start's <object>, or one nobody renews. Use one that is made for production.",
	"No. The same call fails until the <object> has changed; wait for the `Retry-After` time and then send *one* call.",
	"The console uses another <object> and another account. Test with the backend's own: `<trace>`.",
	"Nothing is charged: the call ends before anything is done.",
}

var replies = []string{
	"The platform refuses your integration's <object> because it is <state>. Please have an administrator renew it under **<screen>** and repeat the failed calls. Do not send us the <object> itself.",
	"Your messages are waiting because the <object> of the account is <state>. Nothing is lost: once **<screen>** shows it as active, they go out by themselves within the hour.",
}

var collects = []string{"`trace_id`", "the full `error` object", "endpoint, time and zone of the call", "the id of the account", "the version of your SDK", "the last 4 characters of the key, never the key"}

var vendors = []string{"Northwind", "Contoso", "Fabrikam", "Tailspin", "Litware"}

var relations = []string{"see_also", "confused_with", "caused_by", "leads_to"}

var notes = []string{"the account is locked, not the token", "valid token, permission missing", "the hourly call limit", "the same text, another object",
	"comes first when the region is wrong", "what follows when it is ignored", "the webhook's name for it", "after ten refused calls"}

var guideNames = []string{"renewing-credentials", "throttling-and-back-off", "reading-webhooks", "moving-regions", "asking-support", "testing-errors"}
