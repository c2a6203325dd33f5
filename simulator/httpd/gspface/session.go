package gspface

import (
	"container/list"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/nicsim/nicsim/simulator/httpd/upstream"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/seal"
)

// session is a login at NIC, which the gateway keeps for its caller.
type session struct {
	user, token string
	sek         []byte
	expiry      string // as NIC writes it
	login       json.RawMessage
}

// maxSessions is how many logins all worlds keep together. A login of which there is no room is made again.
const maxSessions = 2048

// sessions are the logins by key, the one that was used last first.
type sessions struct {
	mu    sync.Mutex // guards what follows
	byKey map[string]*list.Element
	order list.List
}

type keptSession struct {
	key string
	session
}

func (s *sessions) get(key string) (session, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, known := s.byKey[key]
	if !known {
		return session{}, false
	}
	s.order.MoveToFront(at)
	return at.Value.(keptSession).session, true //nolint:forcetypeassert // nothing else is put in
}

func (s *sessions) put(key string, kept session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.byKey == nil {
		s.byKey = map[string]*list.Element{}
	}
	if at, known := s.byKey[key]; known {
		s.order.Remove(at)
	}
	s.byKey[key] = s.order.PushFront(keptSession{key, kept})
	if last := s.order.Back(); len(s.byKey) > maxSessions {
		s.order.Remove(last)
		delete(s.byKey, last.Value.(keptSession).key) //nolint:forcetypeassert // nothing else is put in
	}
}

func (s *sessions) drop(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at, known := s.byKey[key]; known {
		s.order.Remove(at)
		delete(s.byKey, key)
	}
}

// sessionKey is the key of a login, without its secrets.
func (a *ask) sessionKey(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return a.in.World.Name + " " + string(a.env) + " " + a.company.ClientID + " " + hex.EncodeToString(sum[:])
}

// outcome is what NIC said in a call: the document of Data, or the codes of a refusal.
type outcome struct {
	data   json.RawMessage
	errors []nicError
	info   json.RawMessage // a list; nil for none
}

type nicError struct{ ErrorCode, ErrorMessage string }

// nicErrorOf is a code with NIC's message.
func nicErrorOf(code string) nicError {
	message, _ := nic.Message(code)
	return nicError{code, message}
}

// has reports whether NIC refused with a code.
func (o outcome) has(codes ...string) bool {
	for _, code := range codes {
		if len(o.errors) > 0 && o.errors[0].ErrorCode == code {
			return true
		}
	}
	return false
}

// logIn makes a login at NIC for a user. A refusal of NIC is in the outcome.
func (a *ask) logIn(gstin, user, password string) (session, outcome, error) {
	key, err := a.PublicKey(a.env)
	if err != nil {
		return session{}, outcome{}, err
	}
	random := a.in.World.Dice.Stream("gateway keys")
	appKey := random.Bytes(32)
	text := plainJSON(struct {
		UserName, Password      string
		AppKey                  []byte
		ForceRefreshAccessToken bool
	}{user, password, appKey, false})
	sealed, err := seal.CloseAuth(key, text, random)
	if err != nil { // a name and a password that are too long for the key are not those of a user
		return session{}, outcome{errors: []nicError{nicErrorOf("1007")}}, nil //nolint:nilerr // a refusal
	}
	said, err := a.ask(upstream.Request{Method: http.MethodPost, Path: "/eivital/v1.04/auth",
		Header: http.Header{"Gstin": {gstin}, "Content-Type": {"application/json"}}, Body: object("Data", sealed)})
	if err != nil {
		return session{}, outcome{}, err
	}
	envelope, err := readEnvelope(said)
	if err != nil || len(envelope.errors) > 0 {
		return session{}, envelope, err
	}
	var login struct{ AuthToken, Sek, TokenExpiry string }
	if err := json.Unmarshal(envelope.data, &login); err != nil {
		return session{}, outcome{}, &Refusal{Why: Down}
	}
	sek, err := seal.Decrypt(appKey, login.Sek)
	if err != nil {
		return session{}, outcome{}, &Refusal{Why: Down}
	}
	return session{user, login.AuthToken, sek, login.TokenExpiry, envelope.data}, outcome{data: envelope.data}, nil
}

// readEnvelope reads an answer of NIC. One that is not NIC's envelope, such as that of an outage, is a refusal.
func readEnvelope(said upstream.Answer) (outcome, error) {
	var e struct {
		Status       json.RawMessage
		Data         json.RawMessage
		Error        string
		ErrorDetails json.RawMessage
		InfoDtls     json.RawMessage
	}
	if said.Status != http.StatusOK || json.Unmarshal(said.Body, &e) != nil || e.Status == nil {
		return outcome{}, &Refusal{Why: Down}
	}
	o := outcome{data: e.Data}
	if string(e.InfoDtls) != "null" {
		o.info = e.InfoDtls
	}
	if strings.Trim(string(e.Status), `"`) == "1" {
		return o, nil
	}
	o.errors = detailsOf(e.ErrorDetails)
	if e.Error != "" {
		o.errors = codesOf(e.Error)
	}
	if len(o.errors) == 0 {
		return outcome{}, &Refusal{Why: Down}
	}
	return o, nil
}

// detailsOf reads ErrorDetails: a list, a text with one, or that in base64.
func detailsOf(details json.RawMessage) []nicError {
	var rows []nicError
	if json.Unmarshal(details, &rows) == nil {
		return rows
	}
	var text string
	_ = json.Unmarshal(details, &text)
	if json.Unmarshal([]byte(text), &rows) == nil {
		return rows
	}
	inner, _ := base64.StdEncoding.DecodeString(text)
	_ = json.Unmarshal(inner, &rows)
	return rows
}

// codesOf reads an error of the e-way bill system: {"errorCodes":"702,"} in base64.
func codesOf(text string) []nicError {
	var codes struct{ ErrorCodes string }
	inner, _ := base64.StdEncoding.DecodeString(text)
	_ = json.Unmarshal(inner, &codes)
	var rows []nicError
	for code := range strings.SplitSeq(strings.TrimSuffix(codes.ErrorCodes, ","), ",") {
		if code != "" {
			rows = append(rows, nicErrorOf(code))
		}
	}
	return rows
}

// under performs a call at NIC with a login. The document is that of a POST.
func (a *ask) under(s session, gstin, path string, document []byte) (outcome, error) {
	r := upstream.Request{Method: http.MethodGet, Path: path, Header: http.Header{
		"Gstin": {gstin}, "User_name": {s.user}, "Authtoken": {s.token}, "Content-Type": {"application/json"},
	}}
	if portal := a.params.either("irp"); portal != "" {
		r.Header.Set("irp", portal)
	}
	if supplier := a.params.either("sup-gstin"); supplier != "" {
		r.Header["Sup_gstin"] = []string{supplier}
	}
	if document != nil {
		sealed, err := seal.Encrypt(s.sek, document)
		if err != nil {
			return outcome{}, fmt.Errorf("sealing a document: %w", err)
		}
		r.Method, r.Body = http.MethodPost, object("Data", sealed)
		if a.call.Name == "ewb-cancel" {
			r.Body = object("action", "CANEWB", "data", sealed)
		}
	}
	said, err := a.ask(r)
	if err != nil {
		return outcome{}, err
	}
	o, err := readEnvelope(said)
	if err != nil || len(o.errors) > 0 {
		return o, err
	}
	var sealed string
	_ = json.Unmarshal(o.data, &sealed)
	if o.data, err = seal.Decrypt(s.sek, sealed); err != nil {
		return outcome{}, &Refusal{Why: Down}
	}
	if inner, err := base64.StdEncoding.DecodeString(string(o.data)); err == nil && json.Valid(inner) {
		o.data = inner
	}
	return o, nil
}
