package worldfile_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/nicsim/nicsim/simulator/worldfile"
)

// whole has every member that a document can have.
const whole = `{"$schema":"world-file.schema.json","version":1,"worlds":[{"name":"w","extends":"empty",
"clock":{"mode":"frozen","now":"2025-03-15T10:00:00+05:30"},
"settings":{"otpMaxSends":4,"otpLifetime":"9m","unknownGstin":"refuse","smsDropped":true,"aatoThresholdCrore":1.5,
"maxDocumentAgeDays":null,"floorDate":"2025-01-01","rulesOn":"clock","rules":{"hsn-length":false}},
"organisations":[{"pan":"AABCA1234A","legalName":"A","type":"ERP","mobile":"9876501234","email":"a@a.example"}],
"providers":[{"companyName":"A","type":"GSP","through":["GSP","ERP"],"clientId":"A","clientSecret":"s","pan":"AABCA1234A"},
{"through":"ERP","clientId":"B","clientSecret":"s","pan":""}],
"directAccess":[{"pan":"AABCA1234A","status":"REJECTED"}],
"taxpayers":[{"gstin":"29AWGPV7107B1Z1","legalName":"A","tradeName":"B","status":"ACTIVE","taxpayerType":"SEZ",
"mobile":"9876501234","email":"a@a.example","eInvoiceEnabled":true,"transporterOnly":false,"ewayBillBlocked":true,
"aatoCrore":1.5,"registeredOn":"2018-01-01","cancelledOn":"","dummyOf":"AABCA1234A","address":{"building":"1","floor":"2",
"street":"3","location":"4","pincode":"560001"}},{"gstin":"88AWGPV7107B1Z1"}],
"portalUsers":[{"username":"u","password":"p","gstin":"88AWGPV7107B1Z1","source":"EWAY_BILL","frozen":true}],
"apiUsers":[{"environment":"sandbox","gstin":"29AWGPV7107B1Z1","clientId":"A","username":"u","password":"p",
"registrationThrough":"ERP","companyName":"C","frozen":false,"createdAt":"2025-03-15T10:00:00Z"}],
"invoices":[{"environment":"production","irp":"EY","sellerGstin":"29AWGPV7107B1Z1","buyerGstin":"","documentType":"CRN",
"documentNumber":"C-1","documentDate":"15/03/2025","ackDate":"2025-03-15T10:00:00Z"}],
"state":{"note":"n","replaced":{"otpMaxSends":{"before":"3","during":"1"}},"faults":[{"name":"a","does":{"kind":"html"}}],
"defects":["captcha-reusable"],"inbox":[{"id":"1","environment":"sandbox","sentAt":"2025-03-15T10:00:00.5+05:30"}],
"invoices":[{"irn":"a","environment":"sandbox","irp":"EY","sellerGstin":"29AWGPV7107B1Z1","buyerGstin":"URP","ackNo":152600000000001,
"document":{"number":"1"}}],"flows":[{"id":"f","environment":"sandbox","pan":"","otp":{"sentTo":["x"],"sends":1}}],
"eWayBills":[{"no":181000000001,"environment":"sandbox","movements":[{"from":{"location":"a"}}]}],
"counters":[{"environment":"production","series":"e-way bill","last":3}]}}]}`

// published compiles the schema that is published.
func published(t *testing.T) *jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(worldfile.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	if err := compiler.AddResource("world-file.schema.json", document); err != nil {
		t.Fatal(err)
	}
	compiled, err := compiler.Compile("world-file.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return compiled
}

// The program and a validator of JSON Schema agree on each document that has another value, no value or one member more
// at one place.
func TestTheSchemaIsWhatTheProgramChecks(t *testing.T) {
	schema := published(t)
	var document any
	if err := json.Unmarshal([]byte(whole), &document); err != nil {
		t.Fatal(err)
	}
	tried, refused := 0, 0
	each(document, "", func(path string, put func(any)) {
		for _, value := range []any{1.0, 1.5, -1.0, 1e9, true, "", "x", []any{}, []any{"x"}, object{}, object{"x": 1}} {
			if isNumberForText(path, value) { // the program takes more than the schema
				continue
			}
			put(value)
			want := schema.Validate(document) == nil
			text, err := json.Marshal(document)
			if err != nil {
				t.Fatal(err)
			}
			_, err = worldfile.Read(bytes.NewReader(text), "")
			if mayBeLeftOut(err) {
				continue
			}
			tried++
			if got := err == nil; got != want {
				t.Errorf("%s is %v: the schema says %t, and the program %v", path, value, want, err)
			}
			if !want {
				refused++
			}
		}
	})
	if tried < 500 || refused < 300 {
		t.Errorf("%d documents were tried, and %d refused", tried, refused)
	}
}

// isNumberForText reports whether a number stands where the document has text.
func isNumberForText(path string, value any) bool {
	_, number := value.(float64)
	return number && !strings.Contains(path, "settings") && !strings.HasSuffix(path, "version")
}

// mayBeLeftOut reports whether all mistakes are those that a schema cannot describe.
func mayBeLeftOut(err error) bool {
	wrong, ok := errors.AsType[*worldfile.Error](err)
	return ok && !slices.ContainsFunc(wrong.Mistakes, func(m worldfile.Mistake) bool {
		return m.Code == "member-unknown" || m.Code == "value-invalid" || m.Code == "value-missing"
	})
}

// each calls try with every place of a document and a function that replaces the value there. Afterwards the value
// is as it was.
func each(at any, path string, try func(path string, put func(any))) {
	switch at := at.(type) {
	case object:
		for _, name := range slices.Sorted(maps.Keys(at)) {
			before := at[name]
			try(path+"/"+name, func(v any) { at[name] = v })
			at[name] = before
			each(before, path+"/"+name, try)
		}
	case []any:
		for i, before := range at {
			try(fmt.Sprint(path, "/", i), func(v any) { at[i] = v })
			at[i] = before
			each(before, fmt.Sprint(path, "/", i), try)
		}
	}
}

func TestTheWholeDocumentIsRead(t *testing.T) {
	if _, err := worldfile.Read(strings.NewReader(whole), "whole.json"); err != nil {
		t.Error(err)
	}
}
