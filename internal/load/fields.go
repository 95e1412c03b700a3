package load

import (
	"errdex/internal/catalog"

	"gopkg.in/yaml.v3"
)

type (
	def  = catalog.Definition
	t    = catalog.Text
	p    = catalog.Prose
	num  = catalog.Number
	yn   = *yaml.Node
	list = []catalog.Text
)

// definitionObject is a definition's file; the order of its keys is the order of DESIGN section 1.
func definitionObject() object[def] {
	return object[def]{
		name:      "a definition",
		doc:       "One error of an API. The file's name without .yaml is its slug.",
		anyOf:     []string{"causes", "fixes"},
		anyHint:   "add one of them, or write `depth: stub` and say in `meaning` why it is one",
		unlessKey: "depth", unlessValue: "stub",
		fields: append(identityFields(), append(recognitionFields(), append(decisionFields(), helpFields()...)...)...),
	}
}

func identityFields() []field[def] {
	return []field[def]{
		code("code", "The code as the API prints it. Always quote it: it is kept as the text that was written, 0190 stays 0190.", func(d *def) *t { return &d.Code }).must(),
		text("title", "What the error is, in a few plain words.", func(d *def) *t { return &d.Title }).must(),
		nameOf("group", "The id of a group in collection.yaml.", func(d *def) *t { return &d.Group }).offers(completeGroup),
		enum("status", "Whether the API still raises it. A removed code keeps its page as a tombstone.", catalog.Statuses, func(d *def) *t { return &d.Status }),
		text("since", "The API version or the date of its first appearance.", func(d *def) *t { return &d.Since }),
		text("deprecated_since", "The API version or the date since which it is deprecated.", func(d *def) *t { return &d.DeprecatedSince }),
		text("removed_in", "The API version or the date that removed it.", func(d *def) *t { return &d.RemovedIn }),
		names("replaced_by", "What takes its place: codes or slugs of this collection, or collection/slug.", func(d *def) *list { return &d.ReplacedBy }).offers(completeReference),
		enum("depth", "A stub is listed, has a URL, and says that it is a stub. Default: full.", catalog.Depths, func(d *def) *t { return &d.Depth }),
		texts("keywords", "Words people type when they look for it.", func(d *def) *list { return &d.Keywords }),
		names("aliases", "Other slugs that must lead here for ever; a whole path where it begins with a slash.", func(d *def) *list { return &d.Aliases }),
		listOf("anchor_aliases", "Anchors that this page once had and that must lead somewhere for ever.", anchorAliasObject(), func(d *def) *[]catalog.AnchorAlias { return &d.AnchorAliases }),
		prose("summary", "What it is and what to do, in one or two sentences of at most 300 characters, without a link. Also the meta description.", func(d *def) *p { return &d.Summary }).must(),
		prose("first_action", "One imperative sentence: what to do first.", func(d *def) *p { return &d.FirstAction }),
	}
}

func recognitionFields() []field[def] {
	variant := object[catalog.Variant]{
		name: "a variant", doc: "Another text the API prints for the same error.",
		fields: []field[catalog.Variant]{
			text("text", "The text, literal but for its {holes}.", func(v *catalog.Variant) *t { return &v.Text }).must(),
			text("field", "The field of the response or webhook it stands in, such as details.", func(v *catalog.Variant) *t { return &v.Field }),
			code("subcode", "The subcode it comes with.", func(v *catalog.Variant) *t { return &v.Subcode }),
		},
		scalar: func(r *reader, n yn, v *catalog.Variant) { v.Text = r.text(n, "variants") },
	}
	param := object[catalog.Param]{
		name: "a param", doc: "What a hole of the message stands for.",
		fields: []field[catalog.Param]{
			nameOf("name", "The hole's name, without braces.", func(v *catalog.Param) *t { return &v.Name }).must(),
			prose("meaning", "What stands there.", func(v *catalog.Param) *p { return &v.Meaning }),
			text("example", "A value, made up.", func(v *catalog.Param) *t { return &v.Example }),
		},
	}
	return []field[def]{
		text("message", "The text the API prints, literal but for its {holes}: names of lower-case letters, digits and _. {{name}} is a literal {name}.", func(d *def) *t { return &d.Message }),
		listOf("variants", "Other texts the API prints for it.", variant, func(d *def) *[]catalog.Variant { return &d.Variants }),
		listOf("params", "What the holes of message and variants stand for.", param, func(d *def) *[]catalog.Param { return &d.Params }),
	}
}

func decisionFields() []field[def] {
	retry := object[catalog.Retry]{
		name: "`retry`", doc: "Whether and when to try again.",
		fields: []field[catalog.Retry]{
			enum("policy", "When the same call may be tried again.", catalog.Policies, func(v *catalog.Retry) *t { return &v.Policy }),
			duration("after", "The first wait, such as 4s, 2m, 1h or 1d.", func(v *catalog.Retry) *t { return &v.After }),
			number("max_attempts", "How often at most.", 1, 1000, `^([1-9][0-9]{0,2}|1000)$`, func(v *catalog.Retry) *num { return &v.MaxAttempts }),
			prose("note", "What else matters: whether a retry can act twice, and whose figure the wait is.", func(v *catalog.Retry) *p { return &v.Note }),
		},
	}
	surface := object[catalog.Surface]{
		name: "a surface", doc: "A place where the error is seen.",
		fields: []field[catalog.Surface]{
			text("kind", "What carries it: response, webhook, callback, log, ...", func(v *catalog.Surface) *t { return &v.Kind }).must(),
			prose("where", "Which calls or fields.", func(v *catalog.Surface) *p { return &v.Where }),
			text("path", "The JSON path at which the code stands.", func(v *catalog.Surface) *t { return &v.Path }),
		},
	}
	subcode := object[catalog.Subcode]{
		name: "a subcode", doc: "A finer code, with the anchor #subcode-<code>.",
		fields: []field[catalog.Subcode]{
			code("code", "The subcode, quoted.", func(v *catalog.Subcode) *t { return &v.Code }).must(),
			text("title", "What it is.", func(v *catalog.Subcode) *t { return &v.Title }),
			prose("text", "What it says beyond the code.", func(v *catalog.Subcode) *p { return &v.Text }),
			names("fixes", "Ids of fixes on this page.", func(v *catalog.Subcode) *list { return &v.Fixes }),
		},
	}
	return []field[def]{
		numbers("http_status", "The HTTP status of the response, or a list of them.", 100, 599, `^[1-5][0-9]{2}$`, func(d *def) *[]num { return &d.HTTPStatus }),
		enum("attribution", "Whose move it is.", catalog.Attributions, func(d *def) *t { return &d.Attribution }),
		enum("severity", "How bad it is.", catalog.Severities, func(d *def) *t { return &d.Severity }),
		nested("retry", "Whether and when to try again.", retry, func(d *def) *catalog.Retry { return &d.Retry }),
		enum("side_effects", "Whether part of the operation may have happened.", catalog.SideEffects, func(d *def) *t { return &d.SideEffects }),
		enum("blast_radius", "What stops working.", catalog.BlastRadii, func(d *def) *t { return &d.BlastRadius }),
		listOf("surfaces", "Where it is seen.", surface, func(d *def) *[]catalog.Surface { return &d.Surfaces }),
		listOf("subcodes", "Finer codes that come with it.", subcode, func(d *def) *[]catalog.Subcode { return &d.Subcodes }),
	}
}

func helpFields() []field[def] {
	cause := object[catalog.Cause]{
		name: "a cause", doc: "A condition that a person can observe, tied to the fixes that end it.",
		fields: []field[catalog.Cause]{
			nameOf("id", "Its anchor becomes #cause-<id>.", func(v *catalog.Cause) *t { return &v.ID }),
			prose("text", "The condition.", func(v *catalog.Cause) *p { return &v.Text }).must(),
			enum("likelihood", "How often it is the one.", catalog.Likelihoods, func(v *catalog.Cause) *t { return &v.Likelihood }),
			names("fixes", "Ids of the fixes that end it.", func(v *catalog.Cause) *list { return &v.Fixes }),
		},
		scalar: func(r *reader, n yn, v *catalog.Cause) { v.Text = r.prose(n, "causes") },
	}
	fix := object[catalog.Fix]{
		name: "a fix", doc: "Something a person can do.",
		fields: []field[catalog.Fix]{
			nameOf("id", "Its anchor becomes #fix-<id>.", func(v *catalog.Fix) *t { return &v.ID }),
			prose("title", "What it does, in a few words.", func(v *catalog.Fix) *p { return &v.Title }).must(),
			proses("steps", "The exact call, screen or field, a step each.", func(v *catalog.Fix) *[]p { return &v.Steps }),
			prose("verify", "How to see that it worked.", func(v *catalog.Fix) *p { return &v.Verify }),
			prose("caution", "The catch, if there is one.", func(v *catalog.Fix) *p { return &v.Caution }),
		},
		scalar: func(r *reader, n yn, v *catalog.Fix) { v.Title = r.prose(n, "fixes") },
	}
	example := object[catalog.Example]{
		name: "an example", doc: "A payload, a request or a piece of code.",
		fields: []field[catalog.Example]{
			text("title", "What it shows.", func(v *catalog.Example) *t { return &v.Title }),
			enum("kind", "A payload must parse and carry this code.", catalog.ExampleKinds, func(v *catalog.Example) *t { return &v.Kind }),
			text("language", "For the colours: json, bash, http, python, ...", func(v *catalog.Example) *t { return &v.Language }),
			text("body", "The sample itself, with invented ids.", func(v *catalog.Example) *t { return &v.Body }).must(),
		},
	}
	question := object[catalog.Question]{
		name: "a question", doc: "One entry of the FAQ.",
		fields: []field[catalog.Question]{
			nameOf("id", "Its anchor becomes #faq-<id>, whatever the question is reworded to.", func(v *catalog.Question) *t { return &v.ID }),
			prose("question", "In the words people type.", func(v *catalog.Question) *p { return &v.Question }).must(),
			prose("answer", "In one to three sentences.", func(v *catalog.Question) *p { return &v.Answer }).must(),
		},
	}
	support := object[catalog.Support]{
		name: "`support`", doc: "What a support engineer needs.",
		fields: []field[catalog.Support]{
			prose("reply", "Words that can be sent to the customer as they stand.", func(v *catalog.Support) *p { return &v.Reply }),
			proses("collect", "What to collect before escalating.", func(v *catalog.Support) *[]p { return &v.Collect }),
		},
	}
	return []field[def]{
		prose("meaning", "What the API is telling you, and what it is not telling you.", func(d *def) *p { return &d.Meaning }),
		prose("where", "Response or webhook, which endpoints, where in the payload.", func(d *def) *p { return &d.Where }),
		listOf("causes", "Conditions that raise it, most likely first.", cause, func(d *def) *[]catalog.Cause { return &d.Causes }),
		listOf("fixes", "Ways out.", fix, func(d *def) *[]catalog.Fix { return &d.Fixes }),
		proses("prevention", "Habits and alarms.", func(d *def) *[]p { return &d.Prevention }),
		prose("reproduce", "How to raise it on purpose, to test one's handling.", func(d *def) *p { return &d.Reproduce }),
		listOf("examples", "Samples.", example, func(d *def) *[]catalog.Example { return &d.Examples }),
		listOf("faq", "Questions and answers.", question, func(d *def) *[]catalog.Question { return &d.FAQ }),
		nested("support", "What a support engineer needs.", support, func(d *def) *catalog.Support { return &d.Support }),
		listOf("related", "Other errors and why they matter here.", relatedObject(), func(d *def) *[]catalog.Related { return &d.Related }),
		listOf("equivalents", "The same fault as other vendors number it.", equivalentObject(), func(d *def) *[]catalog.Equivalent { return &d.Equivalents }),
		listOf("sections", "Further sections, in order, after the FAQ.", sectionObject(), func(d *def) *[]catalog.Section { return &d.Sections }),
		listOf("links", "Further reading elsewhere.", linkObject(), func(d *def) *[]catalog.WebLink { return &d.Links }),
		listOf("sources", "What the facts rest on.", sourceObject(), func(d *def) *[]catalog.Source { return &d.Sources }),
		date("verified", "The day the facts were last checked against the sources.", func(d *def) *t { return &d.Verified }),
		listOf("allow", "Rules that are silenced for this definition, with the reason.", allowObject(), func(d *def) *[]catalog.Allow { return &d.Allow }),
	}
}

func anchorAliasObject() object[catalog.AnchorAlias] {
	return object[catalog.AnchorAlias]{
		name: "an anchor alias", doc: "An anchor that was published and what takes its place.",
		fields: []field[catalog.AnchorAlias]{
			nameOf("from", "The anchor that was published, without #, such as fix-old.", func(v *catalog.AnchorAlias) *t { return &v.From }).must(),
			nameOf("to", "The anchor of this page where it leads now, such as fix-new.", func(v *catalog.AnchorAlias) *t { return &v.To }).must(),
		},
	}
}

func relatedObject() object[catalog.Related] {
	return object[catalog.Related]{
		name: "a related error", doc: "A reference to another definition; a plain string is its ref.",
		fields: []field[catalog.Related]{
			nameOf("ref", "A code or slug of this collection, or collection/slug.", func(v *catalog.Related) *t { return &v.Ref }).must().offers(completeReference),
			enum("relation", "How the two belong together. Default: see_also.", catalog.Relations, func(v *catalog.Related) *t { return &v.Relation }),
			text("note", "The reason, in three to eight words.", func(v *catalog.Related) *t { return &v.Note }),
		},
		scalar: func(r *reader, n yn, v *catalog.Related) { v.Ref = r.name(n, "related", true) },
	}
}

func equivalentObject() object[catalog.Equivalent] {
	return object[catalog.Equivalent]{
		name: "an equivalent", doc: "The same fault at another vendor.",
		fields: []field[catalog.Equivalent]{
			text("vendor", "Who numbers it so.", func(v *catalog.Equivalent) *t { return &v.Vendor }).must(),
			code("code", "Their code.", func(v *catalog.Equivalent) *t { return &v.Code }).must(),
			url("url", "Their page.", func(v *catalog.Equivalent) *t { return &v.URL }),
			prose("note", "How sure the match is.", func(v *catalog.Equivalent) *p { return &v.Note }),
		},
	}
}

func sectionObject() object[catalog.Section] {
	return object[catalog.Section]{
		name: "a section", doc: "A further section of the page; its anchor is a slug of its title.",
		fields: []field[catalog.Section]{
			text("title", "Its heading.", func(v *catalog.Section) *t { return &v.Title }).must(),
			prose("text", "Its text.", func(v *catalog.Section) *p { return &v.Text }).must(),
		},
	}
}

func linkObject() object[catalog.WebLink] {
	return object[catalog.WebLink]{
		name: "a link", doc: "Further reading elsewhere.",
		fields: []field[catalog.WebLink]{
			text("title", "What it is.", func(v *catalog.WebLink) *t { return &v.Title }).must(),
			url("url", "Where it is.", func(v *catalog.WebLink) *t { return &v.URL }).must(),
		},
	}
}

func sourceObject() object[catalog.Source] {
	return object[catalog.Source]{
		name: "a source", doc: "What a fact rests on.",
		fields: []field[catalog.Source]{
			text("title", "Its name.", func(v *catalog.Source) *t { return &v.Title }).must(),
			url("url", "Its address.", func(v *catalog.Source) *t { return &v.URL }),
			date("retrieved", "The day it was read.", func(v *catalog.Source) *t { return &v.Retrieved }),
		},
	}
}

func allowObject() object[catalog.Allow] {
	return object[catalog.Allow]{
		name: "an allow", doc: "Silences one rule for this definition.",
		fields: []field[catalog.Allow]{
			nameOf("rule", "The id of the rule.", func(v *catalog.Allow) *t { return &v.Rule }).must().offers(completeRule),
			text("reason", "Why the rule does not hold here.", func(v *catalog.Allow) *t { return &v.Reason }).must(),
		},
	}
}
