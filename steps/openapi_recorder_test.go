package steps_test

import (
	"bytes"
	"crypto/aes"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/nicsim/nicsim/fixtures"
)

// recorder carries the calls of the scenarios and compares each with the description of its listener.
type recorder struct {
	carrier http.RoundTripper
	by      map[string]*description // by the port of a listener

	mu      sync.Mutex
	wrong   map[string]string // the first misfit of each kind
	seen    map[string]bool   // by the name of met
	failing map[string]bool   // the worlds that were made to fail
	seks    map[string][]byte // by the token
	opened  int               // sealed documents
}

// met is the name of a status in seen. What portals share counts for both: it is one description and one code.
func met(listener, call, status string) string {
	_, path, _ := strings.Cut(call, " ")
	shared := listener == "sandbox" || listener == "production"
	for _, prefix := range []string{"/ei", "/portal/v1/captchas", "/portal/v1/gstin-updates", "/portal/v1/session",
		"/portal/v1/logout"} {
		if shared && strings.HasPrefix(path, prefix) {
			return call + " " + status
		}
	}
	if !strings.HasPrefix(path[1:], "portal") && !strings.HasPrefix(path[1:], "control") {
		return call + " " + status // a probe
	}
	return listener + " " + call + " " + status
}

func (r *recorder) RoundTrip(request *http.Request) (*http.Response, error) {
	var sent []byte
	if request.Body != nil {
		var err error
		if sent, err = io.ReadAll(request.Body); err != nil {
			return nil, err
		}
		request.Body = io.NopCloser(bytes.NewReader(sent))
	}
	response, err := r.carrier.RoundTrip(request)
	d := r.by[request.URL.Port()]
	if err != nil || d == nil || strings.HasPrefix(response.Header.Get("Content-Type"), "text/event") {
		return response, err
	}
	answered, err := io.ReadAll(response.Body)
	_ = response.Body.Close()
	response.Body = io.NopCloser(bytes.NewReader(answered))
	if err != nil { // the answer of a fault
		response.Body = io.NopCloser(io.MultiReader(bytes.NewReader(answered), broken{err}))
		return response, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.compare(d, request, response, sent, answered)
	return response, nil
}

type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }

// breaking are the calls after which a world's portals and APIs answer what is not described.
var breaking = []string{"POST /control/v1/faults", "PUT /control/v1/situation", "PUT /control/v1/defects"}

// habits begin the names of the worlds of scenarios whose clients send what NIC takes and does not describe: numbers
// as text, blanks, names in another case. The descriptions have NIC's form.
var habits = []string{"api-auth-unusual", "api-ewb-cancel-habits", "api-gen-habits", "api-portals-3",
	"api-rule-schema-22", "api-set-retired"}

// general are the statuses that each call can have, which the description has under default.
var general = []int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusNotFound, http.StatusMethodNotAllowed,
	http.StatusConflict, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusMisdirectedRequest,
	http.StatusServiceUnavailable}

func (r *recorder) compare(d *description, request *http.Request, response *http.Response, sent, answered []byte) {
	world, path := "", request.URL.EscapedPath()
	if rest, ok := strings.CutPrefix(path, "/w/"); ok {
		world, path, _ = strings.Cut(rest, "/")
		path = "/" + path
	}
	at := slices.IndexFunc(d.calls, func(c described) bool {
		return c.method == request.Method && c.matches.MatchString(path)
	})
	if at < 0 { // a page, a gateway, or a path that does not exist; the routes are compared elsewhere
		return
	}
	call := d.calls[at]
	if slices.Contains(breaking, call.name) {
		r.failing[world] = true
	}
	if d.listener != "control" && r.failing[world] {
		return
	}
	status := strconv.Itoa(response.StatusCode)
	name := d.listener + " " + call.name + " " + status
	place := call.at + "/responses/" + status
	found, place := d.at(place)
	switch {
	case found != nil:
		r.seen[met(d.listener, call.name, status)] = true
	case slices.Contains(general, response.StatusCode):
		_, place = d.at(call.at + "/responses/default")
	default:
		r.misfit(name, "is not described", answered)
		return
	}
	if why := d.body(place, response.Header.Get("Content-Type"), answered); why != "" {
		r.misfit(name+" answer", why, answered)
	}
	if must, _ := d.at(place + "/headers/Location/required"); must == true && response.Header.Get("Location") == "" {
		r.misfit(name+" answer", "has no Location", answered)
	}
	if response.StatusCode >= http.StatusBadRequest || bytes.Contains(answered, []byte(`"Status":0,`)) ||
		bytes.Contains(answered, []byte(`"status":"0"`)) {
		return // a request that is refused need not fit
	}
	if slices.ContainsFunc(habits, func(prefix string) bool { return strings.HasPrefix(world, prefix) }) {
		return
	}
	if wrong := d.parameters(call, request); wrong != nil {
		r.misfit(name+" request", strings.Join(wrong, "; "), nil)
	}
	if _, body := d.at(call.at + "/requestBody"); body != "" || len(sent) > 0 && request.Method != http.MethodGet {
		if why := d.body(body, request.Header.Get("Content-Type"), sent); why != "" {
			r.misfit(name+" request", why, sent)
		}
	}
	r.inside(d, call, name, request, sent, answered)
}

// inside compares what is sealed in a request and in its answer.
func (r *recorder) inside(d *description, call described, name string, request *http.Request, sent, answered []byte) {
	if strings.Contains(name, "/v1.04/auth") {
		r.login(d, name, sent, answered)
		return
	}
	sek := r.seks[header(request, "AuthToken")]
	if sek == nil {
		return
	}
	for part, text := range map[string][]byte{"requestBody": sent, "responses/200": answered} {
		member, schema := d.sealed(call.at + "/" + part + "/content/application~1json/schema")
		var envelope map[string]any
		if schema == "" || json.Unmarshal(text, &envelope) != nil {
			continue
		}
		for own, value := range envelope {
			if !strings.EqualFold(own, member) {
				continue
			}
			plain, ok := open(sek, fmt.Sprint(value))
			if inner, err := base64.StdEncoding.DecodeString(string(plain)); err == nil && len(inner) > 0 {
				plain = inner // a client may seal the base64 text for the e-way bill system
			}
			r.opened++
			if why := d.json(schema, plain); !ok || why != "" {
				r.misfit(name+" inside "+part, why, plain)
			}
		}
	}
}

// login keeps the session key of a login.
func (r *recorder) login(d *description, name string, sent, answered []byte) {
	var in struct{ Data string }
	var out struct {
		Data struct{ AuthToken, Sek string }
	}
	var body struct{ AppKey []byte }
	key, err := fixtures.PayloadKey(d.listener)
	if err != nil || json.Unmarshal(sent, &in) != nil || json.Unmarshal(answered, &out) != nil {
		return
	}
	sealed, _ := base64.StdEncoding.DecodeString(in.Data)
	text, err := rsa.DecryptPKCS1v15(nil, key, sealed) //nolint:staticcheck // NIC's padding
	if err != nil {
		return
	}
	plain, _ := base64.StdEncoding.DecodeString(string(text))
	if why := d.json("/components/schemas/Login", plain); why != "" {
		r.misfit(name+" inside", why, nil)
	}
	if json.Unmarshal(plain, &body) != nil {
		return
	}
	if sek, ok := open(body.AppKey, out.Data.Sek); ok {
		r.seks[out.Data.AuthToken] = sek
	}
}

func (r *recorder) misfit(name, why string, text []byte) {
	if r.wrong[name] == "" {
		r.wrong[name] = why + "\n" + string(text[:min(len(text), 600)])
	}
}

// open decrypts a text that is sealed with AES in ECB mode and PKCS #7 padding.
func open(key []byte, text string) ([]byte, bool) {
	sealed, err := base64.StdEncoding.DecodeString(text)
	cipher, failed := aes.NewCipher(key)
	if err != nil || failed != nil || len(sealed) == 0 || len(sealed)%aes.BlockSize != 0 {
		return nil, false
	}
	for block := sealed; len(block) > 0; block = block[aes.BlockSize:] {
		cipher.Decrypt(block, block)
	}
	padding := int(sealed[len(sealed)-1])
	if padding < 1 || padding > aes.BlockSize {
		return nil, false
	}
	return sealed[:len(sealed)-padding], true
}
