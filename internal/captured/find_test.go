package captured

import (
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	for input, want := range map[string]Text{
		`{"Status":1,"Data":" abc= "}`:                {Data, "abc="},
		`{"data":"abc=","hmac":""}`:                   {Data, "abc="},
		`{"Data":{"Sek":"def=","AuthToken":"token"}}`: {SEK, "def="},
		"  abc=\n":                   {"", "abc="},
		`"abc="`:                     {"", "abc="},
		"Bearer head.body.signature": {Signed, "head.body.signature"},
		`"head.body.signature"`:      {Signed, "head.body.signature"},
		`"{\"Data\":\"abc=\"}"`:      {Data, "abc="}, // as jq prints a string that has the body
	} {
		if found, err := Find([]byte(input)); err != nil || found != want {
			t.Errorf("%s: %q, %v; want %q", input, found, err, want)
		}
	}
	for input, want := range map[string]string{
		`"abc`:                     "begins like a JSON string",
		`{"Data":`:                 "begins like a JSON object",
		`{"Status":0}`:             "no member Data",
		`{"Data":null}`:            "is a refusal",
		`{"Data":" "}`:             "is empty",
		`{"Data":{"Sek":""}}`:      "nor the answer to a login",
		`{"Data":{"Token":"abc"}}`: "nor the answer to a login",
		`{"Data":[1]}`:             "is not a string",
	} {
		if found, err := Find([]byte(input)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %q, %v; want an error with %q", input, found, err, want)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, text := range []string{`{"Data":"abc="}`, "abc=", `{"Data":{"Sek":"x"}}`, "a.b.c", `"x`, "{", `{"data":null}`} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found, err := Find([]byte(text))
		switch {
		case err != nil:
			if found != (Text{}) {
				t.Errorf("%q beside the error %v", found, err)
			}
		case found.Kind == Signed:
			if strings.Count(found.Text, ".") != 2 {
				t.Errorf("%q is called signed", found.Text)
			}
		case found.Kind != "" && found.Text == "":
			t.Errorf("an empty text is called %s", found.Kind)
		}
	})
}
