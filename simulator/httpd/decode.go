package httpd

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/nicsim/nicsim/simulator/journal"
	"github.com/nicsim/nicsim/simulator/settings"
)

// MaxBody is the longest body, in bytes, that is read.
const MaxBody = 64 << 10

// Decode reads a JSON body of the shape of T. Names of members match exactly, and each occurs at most once. The error
// is a *Fail that names the member.
func Decode[T any](r *http.Request, call *Call) (v T, err error) {
	onto, err := Decoder[T](r, call)
	if err == nil {
		err = onto(&v)
	}
	return v, err
}

// Decoder is Decode for a value that has the members which the body leaves out: it reads the body, and returns a
// function that decodes it onto the value.
func Decoder[T any](r *http.Request, call *Call) (onto func(*T) error, err error) {
	body, err := ReadBody(r, MaxBody)
	call.note.request = journal.Mask(body)
	return func(v *T) error { return unmarshal(r, body, v) }, err
}

// JSONBody reads a body that is one JSON object of at most limit bytes, without looking at its members.
func JSONBody(r *http.Request, call *Call, limit int64) ([]byte, error) {
	body, err := ReadBody(r, limit)
	call.note.request = journal.Mask(body)
	if err == nil {
		err = unmarshal(r, body, &map[string]jsontext.Value{})
	}
	return body, err
}

// NoBody reads the body of a call that takes none: it is empty, or an empty JSON object.
func NoBody(r *http.Request, call *Call) error {
	body, err := ReadBody(r, MaxBody)
	call.note.request = journal.Mask(body)
	if err == nil && len(body) > 0 {
		err = unmarshal(r, body, &struct{}{})
	}
	return err
}

// ReadBody reads a body of at most limit bytes. A longer one is a *Fail with 413.
func ReadBody(r *http.Request, limit int64) ([]byte, error) {
	body := bytes.NewBuffer(make([]byte, 0, max(0, min(r.ContentLength, limit, MaxBody))+bytes.MinRead))
	if _, err := body.ReadFrom(io.LimitReader(r.Body, limit+1)); err != nil {
		return nil, malformed("the body ended early")
	}
	if int64(body.Len()) > limit {
		return nil, tooLarge("A body has at most %d bytes.", limit)
	}
	return body.Bytes(), nil
}

func tooLarge(format string, limit int64) error {
	return Refuse(http.StatusRequestEntityTooLarge, "body-too-large", "Body too large", fmt.Sprintf(format, limit))
}

// unsupported refuses a body that was not sent as a media type.
func unsupported(what, kind string) error {
	return Refuse(http.StatusUnsupportedMediaType, "unsupported-media-type", "Unsupported media type",
		"Send the "+what+" as "+kind+".")
}

func unmarshal(r *http.Request, body []byte, v any) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return unsupported("body", "application/json")
	}
	err := json.Unmarshal(body, v, json.RejectUnknownMembers(true), json.WithUnmarshalers(noNull))
	if err == nil && jsontext.Value(body).Kind() == 'n' {
		return malformed("the body must be a JSON object")
	}
	if err == nil {
		return nil
	}
	if wrong, ok := errors.AsType[*json.SemanticError](err); ok {
		return MalformedField(dotted(wrong.JSONPointer), ruleOf(wrong))
	}
	if wrong, ok := errors.AsType[*jsontext.SyntacticError](err); ok && errors.Is(wrong, jsontext.ErrDuplicateName) {
		return MalformedField(dotted(wrong.JSONPointer), "is given twice")
	}
	return malformed("the body is not one JSON object")
}

// noNull refuses null for text: an OTP of null is not an attempt. An optional member is a pointer, and may be null.
var noNull = json.UnmarshalFromFunc(func(d *jsontext.Decoder, _ *string) error {
	if d.PeekKind() == 'n' {
		return &json.SemanticError{GoType: reflect.TypeFor[string](), JSONPointer: d.StackPointer()}
	}
	return errors.ErrUnsupported // decode as usual
})

// ruleOf says what a member should have been. It does not repeat what was sent, which may be a secret.
func ruleOf(wrong *json.SemanticError) string {
	switch {
	case errors.Is(wrong, json.ErrUnknownName):
		return "is not a field of this request"
	case wrong.GoType == reflect.TypeFor[settings.Duration]():
		return `must be a duration, as text such as "10m"`
	case wrong.GoType == reflect.TypeFor[time.Time]():
		return "must be an RFC 3339 time, as text"
	}
	return "must be " + cmp.Or(kindNames[wrong.GoType.Kind()], "an object")
}

// dotted writes a JSON pointer as the contract does: captcha.answer.
func dotted(p jsontext.Pointer) string {
	return strings.ReplaceAll(strings.TrimPrefix(string(p), "/"), "/", ".")
}

func malformed(why string, fields ...FieldError) error {
	return Refuse(http.StatusBadRequest, "malformed-request", "Malformed request",
		"The request cannot be read: "+why+".", fields...)
}

// longestName is how much of a client's name for something an answer repeats, in bytes.
const longestName = 64

// shorten cuts a text from a client to a number of bytes.
func shorten(text string, limit int) string {
	if len(text) > limit {
		text = text[:limit] + "…"
	}
	return strings.ToValidUTF8(text, "")
}

// MalformedField refuses a body because of one member.
func MalformedField(field, rule string) error {
	if field == "" {
		return malformed("it " + rule)
	}
	field = shorten(field, longestName)
	return malformed(field+" "+rule, FieldError{field, "malformed-request", rule})
}

// kindNames are the JSON names of Go types that are not objects.
var kindNames = map[reflect.Kind]string{
	reflect.String: "a string", reflect.Bool: "true or false", reflect.Int: "a whole number",
	reflect.Int64: "a whole number", reflect.Float64: "a number", reflect.Slice: "an array",
}
