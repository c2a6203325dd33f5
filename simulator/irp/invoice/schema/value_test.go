package schema

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
)

// plain returns a value as encoding/json decodes it, numbers as json.Number.
func plain(v value) any {
	switch v.kind() {
	case '{':
		m := map[string]any{}
		for name, value := range v.members() {
			m[name] = plain(value)
		}
		return m
	case '[':
		a := []any{}
		for value := range v.elements() {
			a = append(a, plain(value))
		}
		return a
	case '"':
		return v.text()
	case '0':
		return json.Number(v.text())
	case 't', 'f':
		return v.text() == "true"
	}
	return nil
}

func decode(text string) (any, error) {
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var v any
	err := d.Decode(&v)
	return v, err
}

func TestParseReadsWhatEncodingJSONReads(t *testing.T) {
	for _, text := range []string{
		`null`, `true`, ` false `, `0`, `-0.10`, `1e400`, `""`, `"a\u0062\n\"\\\/"`, `"\ud83d\ude00é😀"`,
		`[]`, `[[],{},[1,2,[3]]]`, `{}`, `{"a":{"b":[{"c":null}]},"d":1.50}`, "\t{\r\n\"a\" : [ 1 , 2 ] }\n",
		`{"a":1,"a":2}`, `{"\u0061":"x"}`, `"` + strings.Repeat("9", 300) + `"`, strings.Repeat("9", 300),
		strings.Repeat("[", maxDepth) + strings.Repeat("]", maxDepth),
	} {
		want, err := decode(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		v, err := parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := plain(v); !reflect.DeepEqual(got, want) {
			t.Errorf("%s gave %v, want %v", text, got, want)
		}
	}
	if _, err := parse("\ufeff{}"); err != nil {
		t.Errorf("a byte order mark: %v", err)
	}
}

func TestParseRefuses(t *testing.T) {
	for text, offset := range map[string]int{
		"": 0, "  ": 0, "{": 1, "[1,]": 2, "[1 2]": 3, `{"a"}`: 4, `{"a":}`: 5, `{"a":1,}`: 6, "{1:2}": 1, "[}": 1, "{]": 1,
		"NaN": 0, "nul": 3, "Infinity": 0, "-": 0, "01": 1, "1.": 0, "1.e5": 2, "1e": 0, "+1": 0, ".5": 0, "1 1": 1, `"a`: 2,
		"\"a\nb\"": 2, `"\x"`: 1, `"\u12"`: 1, `"\u+123"`: 1, `"\ud800"`: 1, `"\ud800\u0041"`: 1, `"\udc00"`: 1, "'a'": 0,
		"\"\xff\"": 1, "[1]]": 3, "/*a*/1": 0,
		strings.Repeat("[", maxDepth+1):   maxDepth,
		strings.Repeat("[", 1<<20):        maxDepth,
		strings.Repeat(`{"a":`, maxDepth): 5 * maxDepth,
	} {
		_, err := parse(text)
		syntax, ok := errors.AsType[*SyntaxError](err)
		if !ok || syntax.Line != 1 || syntax.Column != offset+1 {
			t.Errorf("%.40q: %v, want a syntax error at line 1, column %d", text, err, offset+1)
		}
	}
	_, err := parse("{\n \"a\": 1,\n \"b\": 2;\n}")
	if want := "line 3, column 8: invalid character ';' after object value (expecting ',' or '}')"; err == nil ||
		err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func TestSyntaxWantsOneObject(t *testing.T) {
	for text, want := range map[string]string{
		"{}": "", "\ufeff {}\n": "",
		"[]":         "line 1, column 1: the value is not a JSON object",
		"\n \"{}\"":  "line 2, column 2: the value is not a JSON object",
		"\ufeffnull": "line 1, column 1: the value is not a JSON object",
		"{}{}":       "line 1, column 3: there is more than one JSON value",
		"":           "line 1, column 1: there is no JSON value",
	} {
		got := ""
		if err := Syntax(text); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestRepeatedMembersAreAllThere(t *testing.T) {
	v, err := parse(`{"a":1,"b":[2],"a":3}`)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for name, value := range v.members() {
		got = append(got, name+value.text())
	}
	if want := []string{"a1", "b[2]", "a3"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	var zero value
	if zero.kind() != 'n' {
		t.Error("the zero value is not null")
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`{"a":[1,"\ud83d\ude00",null,true]}`, `[1e400,-0.0]`, `"\ud800"`, "[[[[", "\xff",
		`{"a":1,"a":2}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := parse(text)
		if err != nil {
			return
		}
		got := plain(v)
		want, err := decode(strings.TrimPrefix(text, "\ufeff"))
		if err != nil {
			t.Fatalf("read what encoding/json refuses: %v", err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

func TestObjects(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":1}`:              `{"a":1}`,
		" [ {\"a\":1} , {} ]":  `[{"a":1} {}]`,
		`[]`:                   `[]`,
		"[{},\n 7]":            "line 2, column 2: the value is not a JSON object",
		`7`:                    "line 1, column 1: the value is not a JSON object",
		"[{},\n {\"a\" 1}]":    "line 2, column 7: ",
		"[{\"a\":{}},\n [{}]]": "line 2, column 2: the value is not a JSON object",
	} {
		objects, isArray, err := Objects(text)
		got := strings.Join(objects, " ")
		switch {
		case err != nil:
			got = err.Error()
		case isArray:
			got = "[" + got + "]"
		}
		if !strings.HasPrefix(got, want) || err == nil && got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}
