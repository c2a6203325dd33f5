package target_test

import (
	"bytes"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/nicsim/nicsim/steps/target"
)

// The program and a validator of JSON Schema agree on documents that are also JSON.
func TestTheSchemaIsWhatTheProgramChecks(t *testing.T) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(target.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("target.schema.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("target.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text string
		good bool
	}{
		{`{}`, true}, {`[]`, false}, {`{"name":"x"}`, true}, {`{"name":null}`, false}, {`{"nam":"x"}`, false},
		{`{"sandbox":{"api":"http://a/b","headers":{"A":"b"},"paths":{"/a":"/b"}}}`, true},
		{`{"sandbox":{"api":"a"}}`, false}, {`{"sandbox":{"paths":{"/a":"b"}}}`, false}, {`{"sandbox":[]}`, false},
		{`{"production":{"credentials":{"gstin":"29ABCCD1234E1Z1"}}}`, true},
		{`{"credentials":{"gstin":"29"}}`, false}, {`{"credentials":{"pin":"1"}}`, false},
		{`{"parties":{"sez":"29ABCCD1234E1Z1"}}`, true}, {`{"parties":{"zes":"29ABCCD1234E1Z1"}}`, false},
		{`{"otp":"control","control":"http://a"}`, true}, {`{"otp":"prompt"}`, true}, {`{"otp":null}`, false},
		{`{"otp":{"command":["x","y"]}}`, true}, {`{"otp":{"command":"x"}}`, true}, {`{"otp":["control"]}`, false},
		{`{"otp":{"command":""}}`, false}, {`{"otp":{"command":[""]}}`, false}, {`{"otp":{"command":{}}}`, false},
		{`{"otp":{}}`, false}, {`{"otp":{"prompt":"x"}}`, false}, {`{"otp":"sms"}`, false},
		{`{"lacks":["ewb"]}`, true}, {`{"lacks":["all"]}`, false}, {`{"lacks":"ewb"}`, false},
		{`{"limits":{"perMinute":60}}`, true}, {`{"limits":{"perMinute":0}}`, false}, {`{"limits":{"documents":1.5}}`, false},
	} {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(c.text)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); (err == nil) != c.good {
			t.Errorf("%s: the schema says %v", c.text, err)
		}
		if _, err := target.Read([]byte(c.text), "t.json", variables, target.Target{}); (err == nil) != c.good {
			t.Errorf("%s: the program says %v", c.text, err)
		}
	}
}
