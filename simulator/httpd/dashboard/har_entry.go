package dashboard

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/journal"
)

const jsonType = "application/json"

// harOf converts an exchange to an entry of the archive.
func (v *visit) harOf(e *journal.Exchange) harEntry {
	took := float64(e.Duration.Microseconds()) / 1000
	entry := harEntry{
		Started: e.At, Time: took, Timings: harTimings{Wait: took},
		Nicsim: harNicsim{ID: e.ID, RequestID: e.RequestID, Reason: e.Reason},
		Request: harRequest{
			harMessage: message(-1), Method: e.Method, URL: v.baseOf(e.Environment) + e.Path,
			QueryString: harQuery(e.Query), PostData: harSent(e),
		},
		Response: harResponse{
			harMessage: message(e.Size), Status: e.Status, StatusText: http.StatusText(e.Status),
			RedirectURL: e.Location, Content: harAnswer(e),
		},
	}
	if e.Query != "" {
		entry.Request.URL += "?" + e.Query
	}
	if e.Reason != nil {
		entry.Comment = e.Reason.Code + ": " + e.Reason.Detail
	}
	return entry
}

func harQuery(query string) []harPair {
	list := []harPair{}
	values, _ := url.ParseQuery(query) // encoded by the journal
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, value := range values[name] {
			list = append(list, harPair{name, value})
		}
	}
	return list
}

// harAnswer returns the content of an answer. The journal keeps the title of a page and nothing of a picture.
func harAnswer(e *journal.Exchange) harContent {
	content := harContent{Size: e.Size, MimeType: e.Answered}
	switch {
	case e.Answered == httpd.HTMLType:
		var shown struct{ Page string }
		_ = json.Unmarshal(e.Response, &shown) // an answer without a title has no comment
		content.Comment = shown.Page
	case strings.Contains(e.Answered, "json"): // a sealed answer is shown decrypted
		content.Size, content.Text = len(e.Response), string(e.Response)
	case e.Response != nil:
		content.Comment = string(e.Response) // the number of bytes
	}
	return content
}

// harSent returns the body of a request: a form as its fields, a sealed body decrypted.
func harSent(e *journal.Exchange) *harPostData {
	if e.Request == nil {
		return nil
	}
	sent := &harPostData{MimeType: cmp.Or(e.Sent, jsonType), Params: []harParam{}, Text: string(e.Request)}
	if sent.MimeType == jsonType {
		return sent
	}
	sent.Text = ""
	var fields map[string]json.RawMessage
	_ = json.Unmarshal(e.Request, &fields) // a body that is no form has no fields
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		var value string
		var file struct {
			File  string
			Bytes int64
		}
		switch raw := fields[name]; {
		case json.Unmarshal(raw, &value) == nil:
			sent.Params = append(sent.Params, harParam{Name: name, Value: value})
		case json.Unmarshal(raw, &file) == nil:
			sent.Params = append(sent.Params, harParam{Name: name, FileName: file.File,
				Comment: fmt.Sprintf("%d bytes", file.Bytes)})
		default: // the number of other fields, or of bytes
			sent.Comment = strings.TrimSpace(sent.Comment + " " + name + ": " + string(raw))
		}
	}
	return sent
}
