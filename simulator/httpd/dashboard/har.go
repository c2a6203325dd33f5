package dashboard

import (
	"cmp"
	"encoding/json"
	"net/http"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/nic"
)

// har exports the filtered entries of the journal as an HTTP archive (HAR 1.2), the oldest first. As in the
// journal, secrets are masked, bodies of the e-Invoice API are decrypted, and headers are missing.
func (d *Dashboard) har(r *http.Request, call *httpd.Call) (httpd.Reply, error) {
	v := d.visit(r, call)
	list, _ := v.found(filterOf(r.URL.Query()), journal.Capacity)
	entries := make([]harEntry, 0, len(list))
	for i := len(list) - 1; i >= 0; i-- {
		entries = append(entries, v.harOf(list[i]))
	}
	document, err := json.MarshalIndent(map[string]any{"log": harLog{
		Version: "1.2", Creator: harCreator{"nicsim", "1"}, Entries: entries,
	}}, "", "  ")
	return httpd.Reply{
		Raw: document, RawType: "application/json; charset=utf-8",
		Header: http.Header{"Content-Disposition": {`attachment; filename="nicsim-` + call.World.Name + `.har"`}},
	}, err
}

type harLog struct {
	Version string     `json:"version"`
	Creator harCreator `json:"creator"`
	Entries []harEntry `json:"entries"`
}

type harCreator struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type harEntry struct {
	Started  time.Time   `json:"startedDateTime"`
	Time     float64     `json:"time"` // milliseconds
	Request  harRequest  `json:"request"`
	Response harResponse `json:"response"`
	Cache    struct{}    `json:"cache"`
	Timings  harTimings  `json:"timings"`
	Comment  string      `json:"comment,omitempty"`
	Nicsim   harNicsim   `json:"_nicsim"`
}

// harNicsim holds members that HAR does not define.
type harNicsim struct {
	ID        int64           `json:"id"`
	RequestID string          `json:"requestId"`
	Reason    *journal.Reason `json:"reason,omitempty"`
}

// harMessage is the common part of a request and an answer.
type harMessage struct {
	HTTPVersion string     `json:"httpVersion"`
	Cookies     []struct{} `json:"cookies"`
	Headers     []struct{} `json:"headers"`
	HeadersSize int        `json:"headersSize"` // -1 is unknown
	BodySize    int        `json:"bodySize"`
}

func message(bodySize int) harMessage {
	return harMessage{"HTTP/1.1", []struct{}{}, []struct{}{}, -1, bodySize}
}

type harRequest struct {
	harMessage
	Method      string       `json:"method"`
	URL         string       `json:"url"`
	QueryString []harPair    `json:"queryString"`
	PostData    *harPostData `json:"postData,omitempty"`
}

type harPair struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type harPostData struct {
	MimeType string     `json:"mimeType"`
	Params   []harParam `json:"params"` // of a form; Text is then empty
	Text     string     `json:"text"`
	Comment  string     `json:"comment,omitempty"`
}

type harParam struct {
	Name     string `json:"name"`
	Value    string `json:"value,omitempty"`
	FileName string `json:"fileName,omitempty"`
	Comment  string `json:"comment,omitempty"`
}

type harResponse struct {
	harMessage
	Status      int        `json:"status"`
	StatusText  string     `json:"statusText"`
	Content     harContent `json:"content"`
	RedirectURL string     `json:"redirectURL"`
}

type harContent struct {
	Size     int    `json:"size"`
	MimeType string `json:"mimeType"`
	Text     string `json:"text,omitempty"`
	Comment  string `json:"comment,omitempty"`
}

type harTimings struct {
	Send    float64 `json:"send"`
	Wait    float64 `json:"wait"`
	Receive float64 `json:"receive"`
}

// baseOf returns the base URL of a portal, or an invalid one while it is not known.
func (v *visit) baseOf(env nic.Environment) string {
	return cmp.Or(v.Portal(env), "http://"+string(env)+".nicsim.invalid")
}
