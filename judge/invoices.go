package judge

import (
	"bytes"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// passing are refusals after which the same document may be sent again: they are about the token, the session key or
// NIC's own state. 2150 has a rule of its own.
var passing = append([]string{"2150", "3020", "3043", "5001", "2148", "2154"}, ended...)

// unknownParty are the codes of a GSTIN that NIC does not have or has as inactive. After NIC synchronised it, the
// document may be sent again.
var unknownParty = []string{"3028", "3029"}

// refusedByRules reports whether NIC's rules refused what the call sent.
func (c call) refusedByRules() bool {
	return c.Status == 200 && c.Reason != nil && len(c.Faults) == 0 && c.Reason.NICCode != "" &&
		!slices.Contains(passing, c.code())
}

// document is what a call sent, in a form that can be compared: "" if the journal does not have it.
func (c call) document() string {
	var members map[string]json.RawMessage
	if !read(c.Sent, &members) {
		return ""
	}
	var compact bytes.Buffer
	if json.Compact(&compact, c.Sent) != nil {
		return ""
	}
	return c.name + " " + c.Environment + " " + c.header("Gstin") + " " + compact.String()
}

func noResend(s *seen) (f finding) {
	f.skipped = "no document that was refused by NIC's rules was seen, or it is too long for the journal"
	refused := map[string]call{}
	for _, c := range s.calls {
		switch c.name {
		case "sync-gstin":
			for document, first := range refused {
				if slices.Contains(unknownParty, first.code()) {
					delete(refused, document)
				}
			}
			continue
		case "generate", "cancel", "ewb-generate", "ewb-cancel":
		default:
			continue
		}
		document := c.document()
		if document == "" {
			continue
		}
		if first, again := refused[document]; again {
			f.breaks(c, "the document of request %d, which was refused with %s", first.ID, first.code())
		}
		if c.refusedByRules() {
			f.applied++
			refused[document] = c
		}
	}
	return f
}

var irnText = regexp.MustCompile(`\b[0-9a-f]{64}\b`)

func duplicateRead(s *seen) (f finding) {
	f.skipped = "no refusal with 2150 was seen"
	for i, c := range s.calls {
		if c.name != "generate" || c.code() != "2150" || len(c.Faults) > 0 {
			continue
		}
		f.applied++
		isRead := func(later call) bool { return later.name == "read-irn" || later.name == "read-document" }
		if irn := irnText.FindString(string(c.Answered)); irn != "" {
			number := c.documentNumber()
			isRead = func(later call) bool {
				return later.name == "read-irn" && strings.Contains(strings.ToLower(later.Path), irn) ||
					later.name == "read-document" && (number == "" || later.asked("docnum") == number)
			}
		}
		document, after := c.document(), s.calls[i+1:]
		again := slices.IndexFunc(after, func(later call) bool { return document != "" && later.document() == document })
		reads := slices.IndexFunc(after, isRead)
		switch {
		case again >= 0 && (reads < 0 || again < reads):
			f.breaks(after[again], "the document of request %d, which was refused with 2150", c.ID)
		case reads < 0:
			f.breaks(c, "refused with 2150, and the invoice was not read afterwards")
		}
	}
	return f
}

func (c call) documentNumber() string {
	var sent struct{ DocDtls struct{ No string } }
	read(c.Sent, &sent) // no number if the journal does not have the document
	return sent.DocDtls.No
}

// reasons of a cancellation, by call: a code, and words of a remark that belong to it.
var reasons = map[string]map[string][]string{
	"cancel":     {"1": {"duplicate"}, "2": {"data entry", "mistake"}, "3": {"order cancel"}, "4": nil},
	"ewb-cancel": {"1": {"duplicate"}, "2": {"order cancel"}, "3": {"data entry", "mistake"}, "4": nil},
}

func cancelReasons(s *seen) (f finding) {
	f.skipped = "no cancellation was seen"
	for _, c := range s.calls {
		table := reasons[c.name]
		var sent struct {
			CnlRsn, CancelRsnCode any
			CnlRem, CancelRmrk    any
		}
		if table == nil || !read(c.Sent, &sent) {
			continue
		}
		f.applied++
		code, remark := textOf(sent.CnlRsn, sent.CancelRsnCode), strings.ToLower(textOf(sent.CnlRem, sent.CancelRmrk))
		if _, known := table[code]; !known {
			f.breaks(c, "the reason %q is not in the table of this call, which has 1 to 4", code)
			continue
		}
		for meant, words := range table {
			if meant != code && slices.ContainsFunc(words, func(w string) bool { return strings.Contains(remark, w) }) &&
				!slices.ContainsFunc(table[code], func(w string) bool { return strings.Contains(remark, w) }) && code != "4" {
				f.breaks(c, "the reason is %s, and its remark is that of %s in the table of this call", code, meant)
			}
		}
	}
	return f
}

// asked is the value of a name in the query.
func (c call) asked(name string) string {
	values, _ := url.ParseQuery(c.Query) // the journal wrote it
	for sent, v := range values {
		if strings.EqualFold(sent, name) && len(v) > 0 {
			return v[0]
		}
	}
	return ""
}

// textOf is the first value that is there, a text or a number, as text.
func textOf(values ...any) string {
	for _, v := range values {
		switch v := v.(type) {
		case string:
			return v
		case float64:
			return strconv.FormatFloat(v, 'f', -1, 64)
		}
	}
	return ""
}
