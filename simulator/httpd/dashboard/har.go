package dashboard

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/internal/count"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/world"
)

const jsonType = "application/json"

// object is an object of the archive. A list of objects is never null there.
type (
	object  = map[string]any
	objects = []object
)

// har exports the filtered entries of the journal as an HTTP archive (HAR 1.2), the oldest first. As in the
// journal, secrets are masked, bodies of the e-Invoice API are decrypted, and the headers of answers are missing.
func (d *Dashboard) har(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	v := d.visit(r, call)
	entries := objects{}
	found, _ := v.found(filterOf(r.URL.Query()), journal.Capacity)
	for _, e := range slices.Backward(found) {
		entries = append(entries, v.harOf(e))
	}
	document, err := json.MarshalIndent(object{"log": object{
		"version": "1.2", "creator": object{"name": "nicsim", "version": "1"}, "entries": entries,
	}}, "", "  ")
	return httpd.Reply{
		Raw: document, RawType: "application/json; charset=utf-8",
		Header: http.Header{"Content-Disposition": {`attachment; filename="nicsim-` + call.World.Name + `.har"`}},
	}, err
}

// harOf converts an exchange to an entry of the archive. HAR does not define _nicsim.
func (v *visit) harOf(e *journal.Exchange) object {
	// The base URL is an invalid one while that of the portal is not known.
	address := cmp.Or(v.Portal(e.Environment), "http://"+string(e.Environment)+".nicsim.invalid")
	if v.world.Name != world.Default && !strings.HasPrefix(e.Path, "/w/") { // the host named the world
		address += "/w/" + v.world.Name
	}
	address += e.Path
	if e.Query != "" {
		address += "?" + e.Query
	}
	request, response := message(-1), message(e.Size)
	maps.Copy(request, object{"method": e.Method, "url": address, "queryString": harQuery(e.Query),
		"headers": append([]journal.Header{}, e.Headers...)})
	if e.Request != nil {
		request["postData"] = harSent(e)
	}
	maps.Copy(response, object{"status": e.Status, "statusText": http.StatusText(e.Status), "redirectURL": e.Location,
		"content": harAnswer(e)})
	nicsim := object{"id": e.ID, "requestId": e.RequestID}
	if len(e.Faults) > 0 {
		nicsim["faults"] = e.Faults
	}
	entry := object{
		"startedDateTime": e.At, "time": milliseconds(e.Duration), "request": request, "response": response,
		"cache": object{}, "timings": object{"send": 0, "wait": milliseconds(e.Duration), "receive": 0},
		"_nicsim": nicsim,
	}
	if e.Reason != nil {
		nicsim["reason"], entry["comment"] = e.Reason, e.Reason.Code+": "+e.Reason.Detail
	}
	return entry
}

// message is the common part of a request and an answer. The size of the headers is unknown.
func message(size int) object {
	none := objects{}
	return object{"httpVersion": "HTTP/1.1", "cookies": none, "headers": none, "headersSize": -1, "bodySize": size}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func harQuery(query string) objects {
	pairs := objects{}
	values, _ := url.ParseQuery(query) // encoded by the journal
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, value := range values[name] {
			pairs = append(pairs, object{"name": name, "value": value})
		}
	}
	return pairs
}

// harAnswer returns the content of an answer. The journal keeps the title of a page and nothing of a picture.
func harAnswer(e *journal.Exchange) object {
	content := object{"size": e.Size, "mimeType": e.Answered}
	switch {
	case e.Answered == httpd.HTMLType:
		var shown struct{ Page string }
		_ = json.Unmarshal(e.Response, &shown) // an answer without a title has an empty comment
		content["comment"] = shown.Page
	case strings.Contains(e.Answered, "json"): // a sealed answer is shown decrypted
		content["size"], content["text"] = len(e.Response), string(e.Response)
	case e.Response != nil:
		content["comment"] = string(e.Response) // the number of bytes
	}
	return content
}

// harSent returns the body of a request: a form as its fields, a sealed body decrypted.
func harSent(e *journal.Exchange) object {
	kind := cmp.Or(e.Sent, jsonType)
	if kind == jsonType {
		return object{"mimeType": kind, "params": objects{}, "text": string(e.Request)}
	}
	params, comment := objects{}, ""
	var fields map[string]json.RawMessage
	_ = json.Unmarshal(e.Request, &fields) // a body that is not a form has no fields
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		var value string
		var file struct {
			File  string
			Bytes int64
		}
		switch raw := fields[name]; {
		case json.Unmarshal(raw, &value) == nil:
			params = append(params, object{"name": name, "value": value})
		case json.Unmarshal(raw, &file) == nil:
			params = append(params,
				object{"name": name, "fileName": file.File, "comment": count.Of(int(file.Bytes), "byte")})
		default: // the number of other fields, or of bytes
			comment = strings.TrimSpace(comment + " " + name + ": " + string(raw))
		}
	}
	return object{"mimeType": kind, "params": params, "text": "", "comment": comment}
}
