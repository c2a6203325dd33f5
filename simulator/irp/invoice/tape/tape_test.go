package tape_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/irp/invoice/tape"
)

// plain makes of a value what encoding/json makes of its text, numbers as json.Number.
func plain(v tape.Value) any {
	switch v.Kind() {
	case tape.Object:
		m := map[string]any{}
		for name, value := range v.Members() {
			m[name] = plain(value)
		}
		return m
	case tape.Array:
		a := []any{}
		for value := range v.Elements() {
			a = append(a, plain(value))
		}
		return a
	case tape.String:
		return v.Text()
	case tape.Number:
		return json.Number(v.Raw())
	case tape.Bool:
		return v.Raw() == "true"
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
		strings.Repeat("[", tape.MaxDepth) + strings.Repeat("]", tape.MaxDepth),
	} {
		want, err := decode(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		v, err := tape.Parse(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := plain(v); !reflect.DeepEqual(got, want) {
			t.Errorf("%s gave %v, want %v", text, got, want)
		}
	}
	if _, err := tape.Parse("\ufeff{}"); err != nil {
		t.Errorf("a byte order mark: %v", err)
	}
}

func TestParseRefuses(t *testing.T) {
	for text, offset := range map[string]int{
		"": 0, "  ": 2, "{": 1, "[1,]": 3, "[1 2]": 3, `{"a"}`: 4, `{"a":}`: 5, `{"a":1,}`: 7, "{1:2}": 1, "[}": 1, "{]": 1,
		"NaN": 0, "nul": 0, "Infinity": 0, "-": 1, "01": 1, "1.": 2, "1.e5": 2, "1e": 2, "+1": 0, ".5": 0, "1 1": 2, `"a`: 2,
		"\"a\nb\"": 2, `"\x"`: 1, `"\u12"`: 1, `"\u+123"`: 1, `"\ud800"`: 1, `"\ud800\u0041"`: 1, `"\udc00"`: 1, "'a'": 0,
		"\"\xff\"": 1, "[1]]": 3, "/*a*/1": 0,
		strings.Repeat("[", tape.MaxDepth+1):   tape.MaxDepth,
		strings.Repeat("[", 1<<20):             tape.MaxDepth,
		strings.Repeat(`{"a":`, tape.MaxDepth): 5 * tape.MaxDepth,
	} {
		_, err := tape.Parse(text)
		var syntax *tape.SyntaxError
		if !errors.As(err, &syntax) || syntax.Offset != offset {
			t.Errorf("%.40q: %v, want a syntax error at %d", text, err, offset)
		}
	}
}

func TestRepeatedMembersAreAllThere(t *testing.T) {
	v, err := tape.Parse(`{"a":1,"b":[2],"a":3}`)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for name, value := range v.Members() {
		got = append(got, name+value.Raw())
	}
	if want := []string{"a1", "b[2]", "a3"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	var zero tape.Value
	if zero.Kind() != tape.Null || zero.Text() != "null" {
		t.Error("the zero value is not null")
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{`{"a":[1,"\ud83d\ude00",null,true]}`, `[1e400,-0.0]`, `"\ud800"`, "[[[[", "\xff",
		`{"a":1,"a":2}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, err := tape.Parse(text)
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
