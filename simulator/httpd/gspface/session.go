package gspface

import (
	"container/list"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/nicsim/nicsim/simulator/httpd/upstream"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/seal"
	"github.com/nicsim/nicsim/simulator/store"
)

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
	upstream.Session
}

func (s *sessions) get(key string) (upstream.Session, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, known := s.byKey[key]
	if !known {
		return upstream.Session{}, false
	}
	s.order.MoveToFront(at)
	return at.Value.(keptSession).Session, true //nolint:forcetypeassert // nothing else is put in
}

func (s *sessions) put(key string, kept upstream.Session) {
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
	errors []upstream.Error
	info   json.RawMessage // a list; nil for none
}

// errorOf is a code with NIC's message.
func errorOf(code string) upstream.Error {
	message, _ := nic.Message(code)
	return upstream.Error{Code: code, Message: message}
}

// has reports whether NIC refused with one of the codes.
func (o outcome) has(codes ...string) bool {
	return len(o.errors) > 0 && slices.Contains(codes, o.errors[0].Code)
}

// roomForUser is how many bytes of JSON NIC's key has for a user name and a password.
const roomForUser = 66

// shownLength is how many bytes of JSON a text needs, without its quotes.
func shownLength(text string) int {
	written, _ := json.Marshal(text) // a text always marshals
	return len(written) - len(`""`)
}

// logIn makes a login at NIC for a user. A refusal of NIC is in the outcome.
func (a *ask) logIn(gstin, user, password string) (upstream.Session, outcome, error) {
	if name, secret := shownLength(user), shownLength(password); name+secret > roomForUser {
		return upstream.Session{}, outcome{}, &Refusal{Why: BadBody,
			Detail: "The user name and the password are longer than a login at NIC can be"}
	}
	s, err := a.NIC.Login(a.ctx, a.in, a.env, a.configured(), gstin, user, store.Password(password))
	if refused, ok := errors.AsType[*upstream.Refusal](err); ok {
		return s, outcome{errors: refused.Errors}, nil
	}
	return s, outcome{}, unanswered(err)
}

// read reads an answer of NIC. One that is not NIC's envelope, such as that of an outage, is a refusal.
func (a *ask) read(said upstream.Answer) (outcome, error) {
	if a.call.Name == "ewb-cancel" {
		return readEWayBill(said)
	}
	good, err := said.Envelope()
	o := outcome{data: good.Data, info: good.Info}
	if refused, ok := errors.AsType[*upstream.Refusal](err); ok {
		o.errors, o.info, err = refused.Errors, refused.Info, nil
	}
	if string(o.info) == "null" {
		o.info = nil
	}
	return o, unanswered(err)
}

// readEWayBill reads an answer of the e-way bill system.
func readEWayBill(said upstream.Answer) (outcome, error) {
	var e struct {
		Status, Error string
		Data          json.RawMessage
	}
	if said.Status != http.StatusOK || json.Unmarshal(said.Body, &e) != nil || e.Status == "" {
		return outcome{}, &Refusal{Why: Down}
	}
	return outcome{data: e.Data, errors: codesOf(e.Error)}, nil
}

// codesOf reads an error of the e-way bill system: {"errorCodes":"702,"} in base64.
func codesOf(text string) []upstream.Error {
	var codes struct{ ErrorCodes string }
	inner, _ := base64.StdEncoding.DecodeString(text)
	_ = json.Unmarshal(inner, &codes)
	var rows []upstream.Error
	for code := range strings.SplitSeq(strings.TrimSuffix(codes.ErrorCodes, ","), ",") {
		if code != "" {
			rows = append(rows, errorOf(code))
		}
	}
	return rows
}

// under performs a call at NIC with a login. The document is that of a POST.
func (a *ask) under(s upstream.Session, gstin, path string, document []byte) (outcome, error) {
	r := upstream.Request{Method: http.MethodGet, Path: path, Header: http.Header{
		"Gstin": {gstin}, "User_name": {s.UserName}, "Authtoken": {s.AuthToken}, "Content-Type": {"application/json"},
	}}
	if portal := a.params.either("irp"); portal != "" {
		r.Header.Set("irp", portal)
	}
	if supplier := a.params.either("sup-gstin"); supplier != "" {
		r.Header["Sup_gstin"] = []string{supplier}
	}
	if document != nil {
		sealed, err := seal.Encrypt(s.Key, document)
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
	o, err := a.read(said)
	if err != nil || len(o.errors) > 0 {
		return o, err
	}
	var sealed string
	_ = json.Unmarshal(o.data, &sealed)
	if o.data, err = seal.Decrypt(s.Key, sealed); err != nil {
		return outcome{}, &Refusal{Why: Down}
	}
	if inner, err := base64.StdEncoding.DecodeString(string(o.data)); err == nil && json.Valid(inner) {
		o.data = inner
	}
	return o, nil
}
