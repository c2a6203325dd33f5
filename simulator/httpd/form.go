package httpd

import (
	"encoding/json"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/journal"
)

// FormType is the media type of a form without files.
const FormType = "application/x-www-form-urlencoded"

// Form reads a posted form of at most MaxBody bytes. The journal records its fields: harmless values as they are,
// other values masked, and fields that no form has as a number.
func Form(r *http.Request, call *Call) (url.Values, error) {
	body, err := ReadBody(r, MaxBody)
	if err != nil {
		return nil, err
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != FormType {
		return nil, unsupported("form", FormType)
	}
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, malformed("the form is not encoded as " + FormType)
	}
	call.showForm(values, nil)
	return values, nil
}

// showForm gives the journal the fields of a form, and the names and sizes of its files.
func (call *Call) showForm(values url.Values, files map[string]File) {
	typed, others := named(values)
	sent, more := named(files)
	fields := make(map[string]string, len(typed))
	for name := range typed {
		fields[name] = values.Get(name)
	}
	document, _ := json.Marshal(fields) // a map of text always marshals
	call.note.request = journal.Mask(document)
	if others += more; others == 0 && len(sent) == 0 {
		return
	}
	var shown map[string]any
	_ = json.Unmarshal(call.note.request, &shown) // journal.Mask writes an object
	for name, file := range sent {
		shown[name] = shownFile{shorten(file.Name, longestName), file.Size}
	}
	if others > 0 {
		shown["others"] = others
	}
	document, _ = json.Marshal(shown) // text and numbers always marshal
	call.note.request = journal.Written(document)
}

// fieldNames has the names of all fields of the portals' forms. Another name may be a secret: a body that is not a
// form, such as JSON or a bare password, is parsed as names.
var fieldNames = strings.Fields(`form as newCaptcha captchaId captcha.answer category gstin pan mobile email otp
	registrationThrough companyName companyNameERP clientId clientSecret username password confirmPassword
	currentPassword newPassword stateCode login appKey sealedSek sek plain data signed file
	makeAppKey encryptLogin decryptSek encryptBody decryptData environment`)

// named returns the fields whose names are in fieldNames, and the number of other fields.
func named[V any](fields map[string]V) (list map[string]V, others int) {
	list = make(map[string]V, len(fields))
	for name, value := range fields {
		if slices.Contains(fieldNames, name) {
			list[name] = value
		}
	}
	return list, len(fields) - len(list)
}

// showPage gives the journal the title of the page that was answered, in place of its markup.
func (call *Call) showPage(title string) {
	call.note.answer, _ = json.Marshal(struct { // text always marshals
		Page string `json:"page"`
	}{title})
}
