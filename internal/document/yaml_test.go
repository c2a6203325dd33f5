package document_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/nicsim/nicsim/internal/document"
	_ "github.com/nicsim/nicsim/internal/seeded"
)

// anything takes every document that is an object.
var anything = document.MustSchema([]byte(`{"type": "object", "additionalProperties": true}`), "")

// values draws what JSON can have.
func values() *rapid.Generator[any] {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "true", "null", "1", "1.5", "2026-11-27", "~", "no",
		"2026-11-27T10:00:00+05:30", "- a", "a: b", "#c", " x ", "x\ny\n", "\n", "a\tb", "<<", "*a", "&a", "!t", "'", "\"",
		"\u2028",
		"\x00", "\ufeff", "0x1", "1_000", "12:30", "=", "|", ">", "%", "@"}))
	var v *rapid.Generator[any]
	deep := rapid.Deferred(func() *rapid.Generator[any] { return v })
	v = rapid.OneOf(rapid.Map(text, func(s string) any { return s }),
		rapid.Map(rapid.Bool(), func(b bool) any { return b }),
		rapid.Map(rapid.Int64Range(-1<<50, 1<<50), func(n int64) any { return float64(n) }), rapid.Just[any](nil),
		rapid.Map(rapid.SliceOfN(deep, 0, 3), func(l []any) any { return l }),
		rapid.Map(rapid.MapOfN(text, deep, 0, 3), func(m map[string]any) any { return m }))
	return v
}

// A document that is written as YAML is read as what it was as JSON.
func TestYAML(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := map[string]any{"x": values().Draw(t, "value")}
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		written, err := document.ToYAML(text)
		if err != nil {
			t.Fatal(err)
		}
		r := document.Reader{Strict: true}
		value, _ := r.Read(written, anything)
		if err := r.Err(); err != nil {
			t.Fatalf("%s: %v", written, err)
		}
		again, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		var got map[string]any
		if err := json.Unmarshal(again, &got); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%s was written as\n%sand read as %s", text, written, again)
		}
	})
}

func TestYAMLIsReadable(t *testing.T) {
	got, err := document.ToYAML([]byte(`{"b":"text","a":[{"n":1,"ok":true}],"day":"2026-11-27","number":"12"}`))
	want := "b: text\na:\n- n: 1\n  ok: true\nday: '2026-11-27'\nnumber: '12'\n"
	if err != nil || string(got) != want {
		t.Errorf("%s, %v", got, err)
	}
	for _, text := range []string{"{", "a: ]"} {
		if _, err := document.ToYAML([]byte(text)); err == nil || !strings.Contains(err.Error(), "YAML") {
			t.Errorf("%q: %v", text, err)
		}
	}
}
