package finder

import (
	"fmt"
	"strings"
)

// What the finder knows about places and words is this table. static/finder.js has the same, letter by letter; a test compares them.
// The expressions stay within what Go and JavaScript mean alike: no \s (theirs differs), no flags, bounded repetition only.
// They see folded text.
const (
	// between may stand between a label and its code; filler words change nothing in it.
	gap     = "[ \\n\"'\\`:=>()\\[\\]#<*|~/_-]{0,16}"
	between = gap + "(?:(?:is|was|no|nr|num|number|numero|nummer|n|int|integer|int32|int64|long|string|str|some|der|de|do|da|del|es|ist|lautet|mit|com|con|avec|value|valor)" + gap + "){0,3}"

	errorWord = "err|erro|erros|erreur|fehler|fehlern|errore|errori|fout|blad|hata|hatasi|fel|feil|fejl|virhe|chyba|hiba|eroare|kesalahan|galat"
	errorSign = "ошибк[аиу]|ошибкои|помилка|σφαλμα|خطأ|שגיאה|त्रुटि|错误|錯誤|エラー|오류|에러|lỗi|bład"
	codeWord  = "codigo|codice|kod|kode|kodu|kodi|koodi|cod"
	codeSign  = "код|кода|κωδικος|رمز|كود|קוד|कोड|代码|代碼|码|碼|コード|코드|mã"
	failWord  = "fail|failed|failure|fails|failing|reason|denied|rejected|undelivered|undeliverable|warning|fatal|falha|falhou|fallo|echec|fehlgeschlagen"
	// A number after one of these counts or names something of its own.
	counted = "order|invoice|ticket|case|ids?|phone|tel|telephone|mobile|cell|port|line|page|row|col|column|step|room|flight|pr|issue|pull|request|build|version|v|ver|release|" +
		"chapter|section|year|uid|pid|tid|thread|worker|process|user|account|customer|ref|reference|tracking|booking|sku|zip|postcode|amount|total|price|sum|count|size|limit|offset|index|" +
		"at|on|in|to|from|for|since|until|pedido|factura|rechnung|commande|bestellung|ext|extension|option|part|model|serial|po|parcel|shipment|policy|claim|" +
		"timestamp|ts|time|date|duration|took|after|before|within|about|around|nearly|over|under|than|approximately|call|dial|ring|text|sent|delivered|batch|job|task|run|wamid|contacts?|recipients?"
	unit = "ms|msecs?|milliseconds?|s|secs?|seconds?|minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?|years?|bytes?|[kmgt]?b|px|pt|usd|eur|gbp|inr|brl|dollars?|euros?|messages|items?|rows?|" +
		"users?|customers?|files?|lines?|times?|attempts?|retries|requests?|calls?|results?|records?|people|tests?|warnings?|errors|contacts?|points?|km|kg|mg|am|pm|st|nd|rd|th|x|of"
	neutralWord = "what|which|why|how|where|when|who|is|are|was|the|a|an|my|our|your|i|we|you|me|it|its|this|that|these|those|do|does|did|can|could|would|should|may|might|been|being|be|means?|meaning|" +
		"to|fix|solve|resolve|help|please|got|getting|gets?|has|have|had|having|see|seeing|saw|on|in|of|for|from|with|and|or|by|at|as|if|not|no|any|some|about|while|then|so|but|after|again|always|still|keeps?|" +
		"keeping|just|only|here|there|all|api|errors?|codes?|subcodes?|sub|exceptions?|number|que|el|la|los|las|un|una|significa|como|do|da|o|os|com|em|na|por|con|en|y|e|der|die|das|ein|eine|ist|was|bedeutet|wie|mit|und|" +
		"beim|ich|wir|le|les|une|est|quoi|signifie|pour|avec|et|dans|comment|je|sur|il|mi|tengo|de|es|hola|hi|hey|cannot|cant|unable|couldnt|wont|doesnt|isnt|didnt|dont|team|thanks?|urgent|anyone|know|kann|mir|jemand|sagen|warum|kommt|bitte|hilfe|recibo|sale|ayuda|ajuda|porque|recebo|estou|aparece|pourquoi|ai|bonjour|s|t|n|nr|num|numero"
)

// place is one rule about where a code stands. Its expression sees 64 characters before the code, U+0001 for the code, and
// 16 after it. The first rule that matches decides; without any, the place is nothing special.
type placeRule struct {
	max int    // the rule holds for codes of up to so many digits; a code that has letters counts as 99
	at  int    // see the constants
	re  string // group 1 is the label, where there is one
}

// How strong a place is.
const (
	nowhere = 0 // a place for something else
	lonely  = 1 // nothing special, for a short number or a plain word: a code only where it is all there is
	plain   = 2 // nothing special
	glued   = 3 // after a word that ends in "error", or a code that tells for itself
	failed  = 4 // after a word of failure
	labeled = 5 // after "error"
	keyed   = 6 // as a code
	hashed  = 7 // as "(#190)"
	linked  = 8 // in an address of ours
	alone   = 9 // all there is
	minor   = 9 // in a rule: for a sub-code
)

func placeRules() []placeRule {
	const any, number, short = 99, 98, 4
	return []placeRule{
		{number, nowhere, "(?:[+$€£@%]|[0-9][.,])\\x01|\\x01(?:%|[.#][0-9])"},
		{3, nowhere, "\\x01,[0-9][0-9][0-9](?:[^0-9]|$)"},
		{any, minor, "(sub[ _-]?cod(?:e|igo|ice))" + between + "\\x01"},
		{any, nowhere, "(?:country|zip|postal|post|area|phone|verif[a-z]{0,8}|otp|pin|security|sms|promo|coupon|discount|voucher|gift|product|item|currency|language|lang|locale|dial[a-z]{0,4}|calling|key|char|bar|qr|sku|" +
			"access|region|state|iso|branch|bank|sort|swift|source|byte|color|tax|airport|invite|referral|booking|reservation|confirmation|tracking|order|build|version|activation|license|login|signal|" +
			"your|tu|su|seu|ihr|votre|door|gate|room|party|auth|mfa)[a-z0-9_]{0,12}[ _-]?(?:codes?|pin|" + codeWord + ")" + between + "\\x01"},
		{short, nowhere, "(?:http(?:[ _-]?(?:status|error|code)){0,2}|(?:status|exit|exited|return|response)(?:[ _-]?(?:status|code|with)){0,3})" + between + "\\x01"},
		{any, hashed, "(?:^|[^a-z0-9 ] ?|[:.] )\\(#\\x01\\)|\\(#\\x01\\)[ :]{1,2}[a-z]"},
		{any, keyed, "([a-z0-9_-]{0,24}codes?|(?:^|[^a-z])(?:" + codeWord + ")|" + codeSign + ")" + between + "\\x01"},
		{2, lonely, "errors?[\"']? ?[:=]>? ?\\x01"},
		{short, nowhere, "(?:errors|errs)[ :=\"'\\[(]{1,6}\\x01"},
		{any, labeled, "(?:^|[^a-z0-9])(errors?|exceptions?|" + errorWord + ")" + between + "\\x01|(" + errorSign + ")[^ ]{0,3}" + between + "\\x01"},
		{any, glued, "([a-z0-9_]{1,30}(?:error|exception)s?)" + between + "\\x01"},
		{any, keyed, "/(e)/(?:[a-z0-9-]{1,30}/)?\\x01"},
		{short, lonely, "\\x01"},
		{any, failed, "(?:^|[^a-z])(" + failWord + ")" + between + "\\x01"},
		{number, nowhere, "(?:[\"'\\]] ?:|=>?) ?[\"'(\\[]{0,3}\\x01|(?:^|[^a-z])(?:" + counted + ")" + between + "\\x01|\\x01 ?(?:" + unit + ")(?:[^a-z]|$)|[0-9][-/:]\\x01|\\x01[-/:][0-9]"},
	}
}

// moods are asked of the whole paste, or of one word (neutral).
func moods() []string {
	return []string{
		"^(?:" + neutralWord + "|" + errorWord + "|" + errorSign + "|" + codeWord + "|" + codeSign + ")$",
		// failure: something went wrong at all; "errors": [] and the like do not say so
		"(?:errors?|exceptions?|" + failWord + "|invalid|unable|cannot)(?:[^a-z\"']|[\"'] ?[^ :=]|[\"']? ?[:=]>? ?[^ nf0\\[{]|[\"']? ?[:=]>? ?[\\[{] ?[^\\]} ]|$)|" + errorSign + "|(?:^|[^a-z])(?:" + errorWord + ")(?:[^a-z]|$)",
		"(?:^|[^a-z])(?:success[a-z]{0,8}|ok|true|delivered|accepted)(?:[^a-z]|$)",
		// foreign: other systems whose small numbers look like codes
		"(?:^|[^a-z])(?:errno|sqlstate|mysql|mariadb|postgres[a-z]{0,6}|psql|sqlite[0-9]?|oracle|hy000|mongo[a-z]{0,6}|redis|npm|yarn|curl|exit|exited|econn[a-z]{0,9}|enoent|eacces|etimedout|printer|seg[a-z]{0,8}fault|sig[a-z]{3,4}|" +
			"kernel|systemd|nginx|apache|docker|kube[a-z]{0,8}|grpc|rpc|gcc|clang|linker)(?:[^a-z]|$)",
		// told: a key under which a text says what went wrong
		"(?:message|msg|details?|desc|description|reason|text)[\"']? ?(?:=>|[:=]) ?[\"']?[^ \"'{\\[]{2,40} [a-z]",
		// list: what joins the codes of a list
		"^ ?(?:[,/|;&+]|and|or|und|oder|et|ou|e|y|o) ?$",
		// hint: what a label may be; asked first of the small numbers in a long log, where few have one
		"(?:[ck]od|err|#|xcept|feh|fout|[^\\n -~])[^0-9]{0,24}$",
	}
}

// ruleLines is the table as text, a line a rule: the moods, then the places with their at and max.
func ruleLines() string {
	lines := moods()
	for _, r := range placeRules() {
		lines = append(lines, fmt.Sprintf("%d %d %s", r.at, r.max, r.re))
	}
	return strings.Join(lines, "\n")
}
