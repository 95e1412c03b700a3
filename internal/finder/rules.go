package finder

import (
	"fmt"
	"strings"
)

// What the finder knows about places and words is this table. static/finder.js reads it from a file beside the data, see Rules.
// The expressions stay within what Go and JavaScript mean alike: no \s (theirs differs), no flags, bounded repetition only.
// They see folded text.
const (
	// between may stand between a label and its code; filler words change nothing in it.
	gap     = "[ \\n\"'\\`:=>()\\[\\]#<*|~/_-]{0,16}"
	between = gap + "(?:(?:is|was|no|nr|num|number|numero|nummer|n|int|integer|int32|int64|long|string|str|some|der|de|do|da|del|es|ist|lautet|mit|com|con|avec|value|valor|na|protected|private)[.]?" + gap + "){0,3}"

	errorWord = "err(?:os?|eurs?|ores?|ori)?|fehler[a-z]{0,10}|fout[a-z]{0,8}|hata|hatas[iı]|fel|felmeddelande|feil[a-z]{0,8}|fejl[a-z]{0,12}|virhe|chyb[a-z]{0,3}|hib[a-z]{1,4}|" +
		"eroar[a-z]{0,4}|kesalahan|galat|ralat|[gp]o?gresk[a-z]{0,3}|gresk[a-z]{0,3}|napak[a-z]{0,3}|klaid[a-z]{0,4}|klud[a-z]{0,3}|viga|gabim[a-z]{0,3}|xato[a-z]{0,4}|hitilafu|" +
		"kosa"
	errorSign = "ошибк[аиуе]|ошибкои|помилк[аиу]|памылк|грешк|қате|алдаа|σφαλμα|خط[أا]|ایرر|غلطی|שגיאה|त्रुटि|त्रुटी|एरर|ত্রুটি|এরর|பிழை|ఎర్రర్|లోపం|പിശക്|ದೋಷ|ભૂલ|ข้อผิดพลาด|အမှား|កំហុស|" +
		"შეცდომ|սխալ|错误|錯誤|报错?|失败|失敗|エラー|오류|에러|실패|فشل|lỗi|bł[ae]d"
	codeWord = "codigo|codice|koo?d[a-z]{0,4}|cod"
	codeSign = "код|кода|κωδικο|رمز|كود|کد|کوڈ|קוד|कोड|কোড|குறியீடு|కోడ్|รหัส|代码|代碼|码|碼|コード|코드"
	failWord = "fail|failed|failure|fails|failing|reason|denied|rejected|undelivered|undeliverable|warning|fatal|falha|falhou|fallo|echec|fehlgeschlagen"
	// A number after one of these counts or names something of its own.
	counted = "expected|equals?|actual|length|order|invoice|ticket|case|ids?|phone|tel|telephone|mobile|cell|port|line|page|row|col|column|step|room|pr|issue|pull|request|build|version|v|ver|" +
		"uid|pid|process|user|account|customer|ref|reference|tracking|booking|sku|zip|postcode|amount|total|price|sum|count|size|limit|offset|index|at|" +
		"on|in|to|from|for|since|until|pedido|factura|rechnung|commande|bestellung|part|timestamp|ts|time|date|" +
		"duration|after|before|around|over|than|call|text|sent|delivered|batch|job|task|run|wamid|contacts?|recipients?|address|location|argb|crc32|wallet|colou?r|hash|block"
	// A number after one of these is what an API answered.
	answers = "about|as|gives?|gets?|got|handle|has|hits?|hitting|kommt|means?|returns?|sale|saw|sees?|seeing|says|throws?|with"
	unit    = "ms|msecs?|milliseconds?|s|secs?|seconds?|minutes?|mins?|hours?|hrs?|h|days?|weeks?|months?|years?|bytes?|[kmgt]?b|px|pt|usd|eur|gbp|inr|brl|dollars?|euros?|messages|items?|" +
		"rows?|users?|customers?|files?|lines?|times?|attempts?|retries|requests?|calls?|results?|records?|people|tests?|warnings?|errors|contacts?|points?|km|kg|mg|am|pm|st|nd|rd|th|of"
	neutralWord = answers + "|(?:is|do|does|did|wo|ca|has|could|was|are|had|would)(?:nt?)?|[a-z]?[aeiou]|[aeiou][a-z]|after|again|ajuda|all|already|also|always|and|any[a-z]*|aparece|api|auf|avec|ayuda|because|bedeutet|been|beim|being|bisa|bitte|" +
		"bonjour|both|but|by|can|cannot|codes?|com|comment|como|con|cuando|da(?:ri|n?s)|dengan|de[mnrs]|die|ein|eine|either|" +
		"errors?|est[ae]?|estou|even|every|exceptions?|fix|foi|for|from|getting|giving|goes|going|good|had|half|hat|have|having|hay|help|here|hey|hilfe|his|hola|" +
		"how|ich|ini|into|issue|ist|its|itu|just|kann|keeping|keeps?|keine?|know|l[aeo]s|like|look|mai?s|may|meaning|" +
		"might|mir|mit|more|morning|my|n|nach|nao|never|new|nicht|not|notre|nous|now|nr|num|number|numero|one|only|others?|our|out|pas|pel[ao]|people|please|plus|podemos|por|porque|" +
		"pour|pourquoi|problem|pued[eo]|quando|que|quoi|rec[ei]bo|(?:re)?solve|returned|s|sagen|seu|she|should|signifi[a-z]*|since|some[a-z]*|still|" +
		"sua|sub|subcodes?|sur|t|team|tengo|than|thanks?|that|the(?:ir|m|n|re|se|y)?|this|those|three|tidak|today|too|trying|two|una|unable|und|une|until|untuk|" +
		"urgent|use|using|von|warum|what|when|where|which|while|who|why|wie|will|wird?|work|working|works|would|wurde|[0-9]*x[0-9]*|y|yang|yesterday|you|your"

	// signs of a failure, around which a long paste is read.
	signs = `(# code" rror code Code xception ailed`

	// thinWords are those of isThin that have more than two letters; see thin.
	thinWords = "the|and|for|are|was|has|you|your|this|that|with|been|have"

	// commonWords are what any API says: a sentence of nothing else is no vendor's.
	commonWords = "something went wrong error invalid request failed failure not found access denied internal server unavailable service temporarily try again later " +
		"please unknown occurred unexpected permission required missing parameter param value valid user object resource method allowed bad unauthorized " +
		"forbidden timeout timed out too many rate limit exceeded hit reached account locked blocked message long from exist cannot could data input " +
		"format field type name number api call code token expired session memory disk full heap space since when while last more than after before all any other"
)

// place is one rule about where a code stands. Its expression sees 64 characters before the code, U+0001 for the code, and
// 16 after it. The first rule that matches decides; the last matches anything.
type placeRule struct {
	max  int    // the rule holds for codes of up to so many digits; a code that has letters counts as 99
	at   int    // see the constants
	word bool   // it cannot match without a letter before the code: a list of numbers need not ask it
	re   string // group 1 is the label, where there is one
}

// How strong a place is.
const (
	nowhere = 0  // a place for something else
	lonely  = 1  // nothing special, for a short number or a plain word: a code only where it is all there is
	plain   = 2  // nothing special
	glued   = 3  // after a word that ends in "error", or a code that tells for itself
	failed  = 4  // after a word of failure, or "a"
	labeled = 5  // after "error"
	keyed   = 6  // as a code
	hashed  = 7  // as "(#190)"
	linked  = 8  // in an address of ours
	alone   = 9  // all there is
	minor   = 9  // in a rule: for a sub-code
	closing = 10 // in brackets at the end of a line, as a linter names its rule
)

func placeRules() []placeRule {
	const any, number, short = 99, 98, 4
	const word, none = true, false
	return []placeRule{
		{number, nowhere, none, "(?:[+$€£@%]|[0-9](?:[.#]|[a-f]-)|[0-9] ?[*+=×] ?|[a-z]\\.[a-z]{1,5}:)\\x01|\\x01(?:%|[.#][1-9]|[.#]0[0-9.]| ?[*+×] ?[0-9])"},
		{3, nowhere, none, "\\x01,[0-9][0-9][0-9](?:[^0-9]|$)|(?:^|[^0-9])[0-9]{1,3},\\x01(?:[^0-9]|$)"},
		{any, minor, word, "(sub[ _-]?cod(?:e|igo|ice))" + between + "\\x01"},
		{any, nowhere, word, "(?:country|zip|postal|post|area|phone|verif[a-z]{0,8}|otp|pin|security|sms|promo|coupon|discount|voucher|gift|product|item|currency|language|lang|locale|qr|sku|access|region|state|branch|bank|color|invite|referral|booking|reservation|confirmation|tracking|order|build|version|activation|license|login|" +
			"\\b(?:your|tu|su|seu|ihr|votre|door|gate|room|auth|pass|key|tax|sort|bar|source))[a-z0-9_]{0,12}[ _-]?(?:codes?|pin|" + codeWord + ")" + between + "\\x01|(?:验证|驗證|校验|認証|確認|인증|확인|تحقق|ยืนยัน)[^ -~]{0,4}" + between + "\\x01"},
		{any, nowhere, word, "(?:product|item|order|coupon|currency|country|language|customer|sku|voucher|discount|region|state|store|shop|invoice|booking|ticket|category)s?[\"']? ?[:=]>? ?\\[?[ \\n]?\\{[^{}]{0,24}code" + between + "\\x01"},
		{short, nowhere, word, "(?:(?:system|windows|socket|stop) errors?|http(?:[ _-]?(?:status|error|code)){0,2}|(?:status|exit|exited|return|response)(?:[ _-]?(?:status|code|with)){0,3})" + between + "\\x01"},
		{any, hashed, none, "(?:^|[^a-z0-9 ] ?|[:.] )\\(#\\x01\\)|\\(#\\x01\\)[ :]{1,2}[a-z(]"},
		{any, keyed, word, "([a-z0-9_-]{0,24}codes?|[a-z]{0,12}koo?d[a-z]{0,4}|(?:^|[^a-z])(?:" + codeWord + ")|(?:" + codeSign + ")[^ -~]{0,3})" + between + "\\x01"},
		{2, lonely, word, "errors?[\"']? ?[:=]>? ?\\x01"},
		{short, nowhere, word, "(?:errors|errs)[ :=\"'\\[(]{1,6}\\x01"},
		{any, labeled, word, "(?:^|[^a-z0-9])(errors?|exceptions?|" + errorWord + ")" + between + "\\x01|(" + errorSign + ")[^ 0-9]{0,4}" + between + "\\x01"},
		{any, glued, word, "([a-z0-9_]{1,30}(?:error|exception)s?)" + between + "\\x01"},
		{any, keyed, word, "/(e)/(?:[a-z0-9-]{1,30}/)?\\x01"},
		// "131047 error", and the languages that always say it so
		{any, labeled, none, "\\x01[)\"']{0,2}(?:-[a-z]{1,4})?[ -]?(?:(?:error|hata[a-z]{0,4}|hiba[a-z]{0,8}|xato[a-z]{0,4}|virhe[a-z]{0,6})(?:[^a-z]|$)|" + errorSign + ")"},
		{any, keyed, word, "[\\n{;:] ?case [\"']?\\x01[\"']? ?:"},
		// what drivers of databases put before the server's number: SQLSTATE[42S02]: Base table not found: 1146, (HY000/2002)
		{any, labeled, word, "(?:sqlstate\\[[0-9a-z]{5}\\](?: \\[|:[^:\\n]{0,48}: )|\\(hy[0-9]{3}/)\\x01"},
		{any, failed, none, "^#\\x01 ?[-:]"},
		{any, keyed, word, "(?:^|[^a-z])(hr|rc|hresult|scode|ntstatus|sqlstate|sqlcode)" + between + "\\x01"},
		{3, lonely, none, "\\x01"},
		{short, plain, word, "[^a-z](?:" + answers + ")" + between + "\\x01"},
		{short, lonely, none, "\\x01"},
		{any, closing, none, "[^ \\n] [\\[(]\\x01[\\])](?:\\n|$)"},
		{any, failed, word, "(?:^|[^a-z])an? \\x01(?:[ ?.!,]|$)"},
		{any, failed, word, "(?:^|[^a-z])(?:(" + failWord + ")|(?:doc[a-z]{0,11}|fix|stuck) (?:on|for))" + between + "\\x01"},
		{number, nowhere, none, "(?:[\"'\\]] ?:|=>?) ?[\"'(\\[]{0,3}\\x01|(?:^|[^a-z])(?:" + counted + ")" + between + "\\x01|\\x01 ?(?:" + unit + ")(?:[^a-z]|$)|\x01 ?x(?:[^a-z0-9]|$)|[0-9][-:]\\x01|/\\x01|\\x01/(?:[^1-9]|[0-9]{1,4}\\b)|\\x01(?:[-:][0-9]| <| in [a-z_]{1,40} ?\\()|[a-z]-?\\x01|[a-z0-9]_\\x01|\\x01_[a-z0-9]|" +
			"(?:[a-z0-9]|[0-9z] |utc |gmt )\\[\\x01\\]"},
		{any, plain, none, ""},
	}
}

// The moods, by their place in the table.
const (
	isNeutral = iota // of one word: it does not say which error it is
	isFailure        // something went wrong at all; "errors": [] and the like do not say so
	isSuccess
	isOther   // another system, whose small numbers look like codes
	isMarked  // what databases and shells put before their numbers
	isTold    // a key under which a text says what went wrong
	isList    // of what lies between two codes: it joins a list
	isHint    // of what lies before a small number in a long log, where few have a label: there may be one
	isColumn  // of a cell of a table: codes stand below it
	isValue   // of the unit before a word and the two behind it, U+0001 between them: a word in quotation marks, or of an address
	isAmong   // of a number's surroundings, two units and its first, its last and three: it is a part of a time, a version, a decimal
	isObject  // of what lies before a label: the key of the object that it is in
	isValued  // of what lies between a name and a number: the number is its value
	isThin    // of one word: texts are kept and compared without it
	isAsked   // how something is done or had, and not what went wrong
	isCited   // in single quotation marks, in which a brace or a bracket is no mark of a format; a count
	isClaimed // what a number in prose may be that is no code
	isSaid    // of what lies before a long number in prose: an API answered it, or it is asked for
)

func moods() []string {
	return []string{
		"^(?:" + neutralWord + "|" + errorWord + "|" + errorSign + "|" + codeWord + "|" + codeSign + ")$",
		"(?:errors?|exceptions?|" + failWord + "|invalid|unable|cannot)(?:[^a-z\"']|[\"'] ?[^ :=]|[\"']? ?[:=]>? ?[^ nf0\\[{]|[\"']? ?[:=]>? ?[\\[{] ?[^\\]} ]|$)|" + errorSign + "|(?:^|[^a-z])(?:" + errorWord + ")(?:[^a-z]|$)",
		"(?:^|[^a-z])(?:success[a-z]{0,8}|ok|true|delivered|accepted)(?:[^a-z]|$)",
		"(?:^|[^a-z])(?:mysql|postgres[a-z]{0,6}|psql|sqlite[0-9]?|oracle|mongo[a-z]{0,6}|redis|npm|yarn|curl|printer|kernel|systemd|nginx|apache|docker|kube[a-z]{0,8}|aws|bash|github|outlook|publickey|throttlingexception|grpc|rpc)(?:[^a-z]|$)",
		"(?:^|[^a-z])(?:errno|insert|sqlstate|hy000|mariadb|exit|exited|econn[a-z]{0,9}|enoent|eacces|etimedout|seg[a-z]{0,8}fault|sig[a-z]{3,4})(?:[^a-z]|$)",
		"(?:message|msg|details?|desc|description|reason|text)[\"']? ?(?:=>|[:=]) ?[\"']?[^ \"'{\\[]{2,40} [a-z]",
		"^ ?(?:[,/|;&+]|and|or|und|oder|et|ou|e|y|o) ?$",
		"(?:[ck]od|err|#|xcept|feh|fout|[^\\n -~])[^0-9]{0,24}$",
		"^[ \"']{0,3}(?:[a-z_ -]{0,16}err[a-z]{0,3}(?:[ _-]?(?:codes?|no|nr|num|number|id))?|(?:reason|status|api|result|response|fail[a-z]{0,4})?[ _-]?(?:codes?|koo?d[a-z]{0,4}|codigo|codice))[ \"']{0,3}$",
		"^['\"`]\\x01['\"`]|^[@/\\\\.]|\\x01(?:[@/\\\\]|\\.[a-z0-9])",
		"^[0-9][:.-][0-9]|\\x01[0-9][:.](?:[1-9]|0[0-9.])",
		"([A-Za-z_]{1,40})[\"']? ?[:=]>? ?(\\[?)[ \\n]?\\{[^{}]*$",
		"^[\"']? ?[:=]>? ?[\"']?$|^\\($",
		"^(?:[a-z]{1,2}|" + thinWords + ")$",
		"^(?:how (?:do|can|to|much)|what|where|wh?o|can (?:i|we|you)|is there|wie|como|bagaimana|comment|onde) [^'\"]*$",
		"'[^'\\n]{1,40}'|[0-9] ?= ?[0-9]",
		"\\b(?:otp|pin|amount|total|price|sum|invoice|codigo de|number is|saldo|balance|verif[a-z]{0,8} code)\\b|call me|(?:call|use) [0-9]",
		"(?:(?:^|[^a-z])(?:" + answers + ")|(?:^|[^a-z ] ?|(?:^|[^a-z])(?:" + neutralWord + ") )(?:" + neutralWord + ")) $|^$|\\($",
	}
}

// cleaning is what static/finder.js cleans a paste with, see clean: escapes, entities and colours; what is nothing; blanks. It stands here because
// the budget of the engine is spent, and that of the table is not.
func cleaning() []string {
	return []string{
		`\\{1,16}(?:u([0-9a-fA-F]{4})|([nrt])|(["'/]))|&(?:amp;)*(?:(quot|#34)|(apos|#0?39|#x27)|#?[a-z0-9]{2,5});|%([2-7][0-9a-fA-F])|\x1b\[[0-9;]*[a-zA-Z]`,
		`[\0-\x08\x0e-\x1f\x7f\xad\u0300-\u036f\u200b-\u200f\ufe00-\ufe0f\ufeff]+`,
		`[\t-\r \xa0\u060c\u061b\u061f\u06d4\u0964\u0965\u2000-\u200a\u3000]+`,
	}
}

// Rules is the table as a file, which static/finder.js reads: the moods and cleaning, a line each, the places with their at and max, the common words, the signs.
func Rules() []byte {
	lines := append(moods(), cleaning()...)
	for _, r := range placeRules() {
		lines = append(lines, fmt.Sprintf("%d %d %s", r.at, r.max, r.re))
	}
	return []byte(strings.Join(append(lines, commonWords, signs), "\n"))
}
