package httpd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
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

// MaxUpload is the longest form with a file, in bytes, that is read.
const MaxUpload = 1 << 20

// Upload reads a posted form that may bring files, of at most MaxUpload bytes in all: the first file
// of each field. The journal is shown as much as by [Form], and of files that there were some.
func Upload(r *http.Request, call *Call) (url.Values, map[string][]byte, error) {
	kind, parameters, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		values, err := Form(r, call)
		return values, nil, err
	}
	body, err := ReadBody(r, MaxUpload)
	if err != nil {
		return nil, nil, err
	}
	form, err := multipart.NewReader(bytes.NewReader(body), parameters["boundary"]).ReadForm(MaxUpload)
	if err != nil {
		return nil, nil, malformed("the form is not encoded as multipart/form-data")
	}
	defer func() { _ = form.RemoveAll() }() // nothing is on disk: all of it fits into memory
	values, files := url.Values(form.Value), map[string][]byte{}
	shown := url.Values{}
	for name := range values {
		shown.Set(name, values.Get(name))
	}
	for name, list := range form.File {
		file, err := list[0].Open()
		if err != nil {
			return nil, nil, fmt.Errorf("opening the file of %s: %w", name, err)
		}
		content, err := io.ReadAll(file)
		_ = file.Close() // read from memory
		if err != nil {
			return nil, nil, fmt.Errorf("reading the file of %s: %w", name, err)
		}
		files[name] = content
		shown.Set(name, "")
	}
	call.ShowForm(shown)
	return values, files, nil
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
