package httpd

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strings"
	"unicode/utf8"
)

// MaxBody is the longest body, in bytes, that is read.
const MaxBody = 64 << 10

// maxDepth is far deeper than any body of the contract.
const maxDepth = 16

// Decode reads a JSON body of the shape of T, whose members are named exactly, and
// at most once. What does not fit is a *Fail that names the member.
func Decode[T any](r *http.Request, call *Call) (T, error) {
	var v T
	return DecodeOnto(r, call, v)
}

// DecodeOnto is Decode for a value that has what the body leaves out.
func DecodeOnto[T any](r *http.Request, call *Call, v T) (T, error) {
	body, err := readBody(r, call)
	if err != nil {
		return v, err
	}
	err = decode(body, r.Header.Get("Content-Type"), &v)
	return v, err
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
	body, err := io.ReadAll(io.LimitReader(r.Body, MaxBody+1))
	if err != nil {
		return nil, malformed("the body ended early")
	}
	if len(body) > MaxBody {
		return nil, &Fail{
			Status: http.StatusRequestEntityTooLarge, Code: "body-too-large", Title: "Body too large",
			Detail: fmt.Sprintf("A body has at most %d bytes.", MaxBody),
		}
	}
	call.body = body
	return body, nil
}

func decode(body []byte, contentType string, v any) error {
	if kind, _, err := mime.ParseMediaType(contentType); err != nil || kind != "application/json" {
		return &Fail{
			Status: http.StatusUnsupportedMediaType, Code: "unsupported-media-type", Title: "Unsupported media type",
			Detail: "Send the body as application/json.",
		}
	}
	if !utf8.Valid(body) {
		return malformed("the body is not UTF-8")
	}
	tokens := json.NewDecoder(bytes.NewReader(body))
	if err := checkMembers(tokens, reflect.TypeOf(v), "", 0); err != nil {
		return err
	}
	if _, err := tokens.Token(); !errors.Is(err, io.EOF) {
		return malformed("something follows the JSON object")
	}
	err := json.Unmarshal(body, v)
	if mistyped, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return MalformedField(mistyped.Field, "must be "+kindName(mistyped.Type))
	}
	if err != nil {
		return malformed("the body cannot be read as JSON")
	}
	return nil
}

// checkMembers reads one JSON value and compares the names of its members with the
// fields of t: encoding/json would take any case, and the last of two.
func checkMembers(tokens *json.Decoder, t reflect.Type, path string, depth int) error {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	token, err := tokens.Token()
	if err != nil {
		return malformed("the body is not JSON")
	}
	if depth > maxDepth {
		return malformed("the body is nested too deeply")
	}
	if token != json.Delim('{') && depth == 0 {
		return malformed("the body must be a JSON object")
	}
	switch token {
	case json.Delim('{'):
		err = checkObject(tokens, t, path, depth)
	case json.Delim('['):
		for err == nil && tokens.More() {
			err = checkMembers(tokens, nil, path, depth+1)
		}
	default:
		return checkScalar(token, t, path)
	}
	if err != nil {
		return err
	}
	if _, err := tokens.Token(); err != nil { // the closing bracket
		return malformed("the body is not JSON")
	}
	return nil
}

func checkObject(tokens *json.Decoder, t reflect.Type, path string, depth int) error {
	seen := map[string]bool{}
	for tokens.More() {
		token, err := tokens.Token()
		name, isName := token.(string)
		if err != nil || !isName {
			return malformed("the body is not JSON")
		}
		member := strings.TrimPrefix(path+"."+name, ".")
		field, known := memberType(t, name)
		switch {
		case !known:
			return MalformedField(member, "is not a field of this request")
		case seen[name]:
			return MalformedField(member, "is given twice")
		}
		seen[name] = true
		if err := checkMembers(tokens, field, member, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// memberType finds the field of a member. Of what is no struct every name will do:
// that it should not be an object is told elsewhere.
func memberType(t reflect.Type, name string) (reflect.Type, bool) {
	if t == nil || t.Kind() != reflect.Struct {
		return nil, true
	}
	for field := range t.Fields() {
		if tag, _, _ := strings.Cut(field.Tag.Get("json"), ","); tag == name {
			return field.Type, true
		}
	}
	return nil, false
}

// checkScalar lets a type that reads its own JSON say what is wrong, since only here
// the name of the member is known.
func checkScalar(token json.Token, t reflect.Type, path string) error {
	if t == nil || token == nil {
		return nil
	}
	reader, ok := reflect.New(t).Interface().(json.Unmarshaler)
	if !ok {
		return nil
	}
	raw, err := json.Marshal(token)
	if err != nil {
		return MalformedField(path, "cannot be read")
	}
	if err := reader.UnmarshalJSON(raw); err != nil {
		return MalformedField(path, "cannot be read: "+err.Error())
	}
	return nil
}

func malformed(why string) error {
	return &Fail{
		Status: http.StatusBadRequest, Code: "malformed-request", Title: "Malformed request",
		Detail: "The request cannot be read: " + why + ".",
	}
}

// longestName bounds what is repeated of a member's name.
const longestName = 64

// MalformedField refuses a body because of one member.
func MalformedField(field, rule string) error {
	if field == "" {
		return malformed("it " + rule)
	}
	if len(field) > longestName {
		field = strings.ToValidUTF8(field[:longestName], "") + "…"
	}
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
