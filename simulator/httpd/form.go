package httpd

import (
	"encoding/json"
	"mime"
	"net/http"
	"net/url"

	"github.com/nicsim/nicsim/simulator/journal"
)

// FormType is how a browser sends a form.
const FormType = "application/x-www-form-urlencoded"

// Form reads a posted form of at most MaxBody bytes. The journal is shown its fields, all
// hidden that are not known to be harmless.
func Form(r *http.Request, call *Call) (url.Values, error) {
	body, err := ReadBody(r, MaxBody)
	if err != nil {
		return nil, err
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != FormType {
		return nil, &Fail{
			Status: http.StatusUnsupportedMediaType, Code: "unsupported-media-type", Title: "Unsupported media type",
			Detail: "Send the form as " + FormType + ".",
		}
	}
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, malformed("the form is not encoded as " + FormType)
	}
	call.ShowForm(values)
	return values, nil
}

// ShowForm tells the journal what was filled in.
func (call *Call) ShowForm(values url.Values) {
	fields := make(map[string]string, len(values))
	for name := range values {
		fields[name] = values.Get(name)
	}
	document, _ := json.Marshal(fields) // a map of text always marshals
	call.shown = journal.Mask(document)
}

// showPage tells the journal which page was answered, instead of its markup.
func (call *Call) showPage(title string) {
	call.answer, _ = json.Marshal(struct { // text always marshals
		Page string `json:"page"`
	}{title})
}
