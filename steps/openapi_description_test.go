package steps_test

import (
	"bytes"
	"encoding/json"
	"mime"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// description is the OpenAPI description of a listener.
type description struct {
	listener string
	document any
	compiler *jsonschema.Compiler
	schemas  map[string]*jsonschema.Schema // by their places in the document
	calls    []described
}

// described is a call of a description. The path that is asked is compared with it in any case.
type described struct {
	name    string // "POST /portal/v1/captchas"
	method  string
	at      string // its place in the document
	matches *regexp.Regexp
}

var variables = regexp.MustCompile(`\\\{[^/{}]*\\\}`)

const documentURL = "mem:///openapi.json"

// descriptionOf fetches the description of a listener.
func descriptionOf(t *testing.T, listener, base string) *description {
	t.Helper()
	resp, err := http.Get(base + "/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	d := &description{listener: listener, compiler: jsonschema.NewCompiler(), schemas: map[string]*jsonschema.Schema{}}
	d.compiler.AssertFormat()
	if d.document, err = jsonschema.UnmarshalJSON(resp.Body); err != nil {
		t.Fatal(err)
	}
	if err := d.compiler.AddResource(documentURL, d.document); err != nil {
		t.Fatal(err)
	}
	for path, item := range d.document.(map[string]any)["paths"].(map[string]any) {
		matches := regexp.MustCompile(`(?i)^` + variables.ReplaceAllString(regexp.QuoteMeta(path), `([^/]+)`) + `$`)
		for method := range item.(map[string]any) {
			at := "/paths/" + strings.ReplaceAll(path, "/", "~1") + "/" + method
			method = strings.ToUpper(method)
			d.calls = append(d.calls, described{method + " " + path, method, at, matches})
		}
	}
	return d
}

// at finds what a place in the document holds, behind references; nil if there is nothing. The second value is the
// place without references.
func (d *description) at(place string) (any, string) {
	found, at := d.document, ""
	for _, step := range strings.Split(place, "/")[1:] {
		switch inside := found.(type) {
		case map[string]any:
			found = inside[strings.ReplaceAll(step, "~1", "/")]
		case []any:
			n, _ := strconv.Atoi(step)
			found = inside[n]
		}
		at += "/" + step
		if object, ok := found.(map[string]any); ok {
			if ref, ok := object["$ref"].(string); ok {
				found, at = d.at(strings.TrimPrefix(ref, "#"))
			}
		}
		if found == nil {
			return nil, ""
		}
	}
	return found, at
}

// fits compares a value with the schema at a place. It returns what does not fit.
func (d *description) fits(place string, value any) string {
	schema := d.schemas[place]
	if schema == nil {
		var err error
		if schema, err = d.compiler.Compile(documentURL + "#" + place); err != nil {
			return err.Error()
		}
		d.schemas[place] = schema
	}
	if err := schema.Validate(value); err != nil {
		return err.Error()
	}
	return ""
}

// body compares the body of a request or an answer with the content that is described at a place.
func (d *description) body(place, kind string, text []byte) string {
	content, _ := d.at(place + "/content")
	if content == nil {
		if len(bytes.TrimSpace(text)) > 0 {
			return "a body is not described"
		}
		return ""
	}
	media, _, _ := mime.ParseMediaType(kind)
	if _, at := d.at(place + "/content/" + strings.ReplaceAll(media, "/", "~1") + "/schema"); at != "" {
		switch {
		case strings.HasSuffix(media, "json"):
			return d.json(at, text)
		case strings.HasPrefix(media, "image/"):
			return ""
		}
		return d.fits(at, string(text))
	}
	return "the media type " + media + " is not described"
}

// json compares JSON with the schema at a place.
func (d *description) json(place string, text []byte) string {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err.Error()
	}
	return d.fits(place, value)
}

// header returns a header whose name is written in any case, with - for _ or not.
func header(request *http.Request, name string) string {
	plain := func(name string) string { return strings.ReplaceAll(strings.ToLower(name), "-", "_") }
	for own, values := range request.Header {
		if plain(own) == plain(name) {
			return strings.TrimSpace(values[0])
		}
	}
	return ""
}

// parameters compares the headers and the query of a request with what is described.
func (d *description) parameters(call described, request *http.Request) (wrong []string) {
	query := map[string]string{}
	for name, values := range request.URL.Query() {
		query[strings.ToLower(name)] = values[0]
	}
	list, _ := d.at(call.at + "/parameters")
	all, _ := list.([]any)
	for n := range all {
		parameter, at := d.at(call.at + "/parameters/" + strconv.Itoa(n))
		of := parameter.(map[string]any)
		name := of["name"].(string)
		var value string
		var given bool
		switch of["in"] {
		case "query":
			value, given = query[strings.ToLower(name)]
			delete(query, strings.ToLower(name))
		case "header":
			value = header(request, name)
			given = value != ""
		default:
			continue
		}
		kind, schema := d.at(at + "/schema")
		switch {
		case !given && of["required"] == true:
			wrong = append(wrong, name+" is missing")
		case given:
			var typed any = value
			if kind.(map[string]any)["type"] == "integer" {
				typed = json.Number(value)
			}
			if why := d.fits(schema, typed); why != "" {
				wrong = append(wrong, name+": "+why)
			}
		}
	}
	for name := range query {
		wrong = append(wrong, "the parameter "+name+" is not described")
	}
	return wrong
}

// sealed finds the sealed member of the body with the schema at a place, and the place of the schema of what is in it.
func (d *description) sealed(place string) (member, schema string) {
	for _, form := range []string{"", "/anyOf/0", "/oneOf/0"} {
		members, at := d.at(place + form + "/properties")
		all, _ := members.(map[string]any)
		for name := range all {
			if ref, _ := d.at(at + "/" + name + "/x-sealed"); ref != nil {
				return name, strings.TrimPrefix(ref.(string), "#")
			}
		}
	}
	return "", ""
}
