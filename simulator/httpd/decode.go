package httpd

import (
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

// Decode reads a JSON body of the shape of T, whose members are named exactly, and
// at most once. What does not fit is a *Fail that names the member.
func Decode[T any](r *http.Request, call *Call) (T, error) {
	var v T
	return DecodeOnto(r, call, v)
}

// DecodeOnto is Decode for a value that has what the body leaves out.
func DecodeOnto[T any](r *http.Request, call *Call, v T) (T, error) {
	onto, err := Decoder[T](r, call)
	if err != nil {
		return v, err
	}
	err = onto(&v)
	return v, err
}

// Decoder reads a JSON body, and returns a function that decodes it onto a value as DecodeOnto does.
func Decoder[T any](r *http.Request, call *Call) (onto func(*T) error, err error) {
	body, err := readBody(r, call)
	return func(v *T) error { return decode(body, r.Header.Get("Content-Type"), v) }, err
}

// NoBody reads the body of a call that takes none; an empty JSON object is none.
func NoBody(r *http.Request, call *Call) error {
	body, err := readBody(r, call)
	if err != nil || len(body) == 0 {
		return err
	}
	return decode(body, r.Header.Get("Content-Type"), &struct{}{})
}

func readBody(r *http.Request, call *Call) ([]byte, error) {
	body, err := ReadBody(r, MaxBody)
	call.shown = journal.Mask(body)
	return body, err
}

// ReadBody reads a body of at most limit bytes. A longer one is a *Fail with 413.
func ReadBody(r *http.Request, limit int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, limit+1))
	if err != nil {
		return nil, malformed("the body ended early")
	}
	if int64(len(body)) > limit {
		return nil, &Fail{
			Status: http.StatusRequestEntityTooLarge, Code: "body-too-large", Title: "Body too large",
			Detail: fmt.Sprintf("A body has at most %d bytes.", limit),
		}
	}
	return body, nil
}

func decode(body []byte, contentType string, v any) error {
	if kind, _, err := mime.ParseMediaType(contentType); err != nil || kind != "application/json" {
		return &Fail{
			Status: http.StatusUnsupportedMediaType, Code: "unsupported-media-type", Title: "Unsupported media type",
			Detail: "Send the body as application/json.",
		}
	}
	// Names match exactly and occur once; the text is UTF-8 and ends with the value.
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

// noNull refuses null where text is wanted: an OTP of null is no attempt. A member
// that may be left out is a pointer, and may be null.
var noNull = json.UnmarshalFromFunc(func(d *jsontext.Decoder, _ *string) error {
	if d.PeekKind() == 'n' {
		return &json.SemanticError{GoType: reflect.TypeFor[string](), JSONPointer: d.StackPointer()}
	}
	return errors.ErrUnsupported // the usual way
})

// ruleOf says what a member should have been. What was sent may be a secret and is
// not repeated.
func ruleOf(wrong *json.SemanticError) string {
	switch {
	case errors.Is(wrong, json.ErrUnknownName):
		return "is not a field of this request"
	case wrong.GoType == reflect.TypeFor[settings.Duration]():
		return `must be a duration, as text such as "10m"`
	case wrong.GoType == reflect.TypeFor[time.Time]():
		return "must be an RFC 3339 time, as text"
	}
	return "must be " + kindName(wrong.GoType)
}

// dotted writes a JSON pointer as the contract writes fields: captcha.answer.
func dotted(p jsontext.Pointer) string {
	return strings.ReplaceAll(strings.TrimPrefix(string(p), "/"), "/", ".")
}

func malformed(why string) error {
	return &Fail{
		Status: http.StatusBadRequest, Code: "malformed-request", Title: "Malformed request",
		Detail: "The request cannot be read: " + why + ".",
	}
}

// longestName bounds what is repeated of a name that somebody else gave.
const longestName = 64

// shorten bounds a text that somebody else gave, in bytes.
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
	return &Fail{
		Status: http.StatusBadRequest, Code: "malformed-request", Title: "Malformed request",
		Detail: fmt.Sprintf("The request cannot be read: %s %s.", field, rule),
		Fields: []FieldError{{Field: field, Code: "malformed-request", Message: rule}},
	}
}

// kindName is the JSON name of what a Go type wants.
func kindName(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "a string"
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64:
		return "a whole number"
	case reflect.Float64:
		return "a number"
	case reflect.Slice:
		return "an array"
	}
	return "an object"
}
