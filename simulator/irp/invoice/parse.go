package invoice

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/nicsim/nicsim/simulator/irp/invoice/schema"
	"github.com/nicsim/nicsim/simulator/nic"
)

//go:embed fields.csv
var fieldsCSV []byte

// inv01 is compiled when the first invoice arrives.
var inv01 = sync.OnceValue(func() *schema.Schema {
	// NIC computes the IRN and ignores one that a client sends.
	return must(schema.Compile(Fields(), Document{}, "Irn"))
})

// Fields returns the schema of INV-01, a row for each field.
func Fields() []schema.Field { return must(schema.Fields(fieldsCSV)) }

// RuleJSON is the rule of the violation by which [Parse] refuses a text that is not one JSON object.
const RuleJSON = "request-json"

// MaxBytes is how large an invoice may be (NIC validation 33).
const MaxBytes = 2 << 20

// Parse reads the JSON of an invoice and checks it against the schema. It returns either the document or the
// violations. Its time is linear in the length of the text.
func Parse(raw []byte) (*Document, []Violation) {
	d := new(Document)
	if violations := parse(raw, inv01(), d); violations != nil {
		return nil, violations
	}
	return d, nil
}

// ParseSigned reads a document from the text of [Document.SignedInvoice]. The text may be longer than
// [MaxBytes]: it has the acknowledgement and the ItemNo of each line.
func ParseSigned(data string) (*Document, error) {
	d := new(Document)
	if violations := parseText(data, inv01(), d); violations != nil {
		return nil, fmt.Errorf("reading a signed invoice: %s %s", violations[0].Path, violations[0].Message)
	}
	return d, nil
}

func parse(raw []byte, s *schema.Schema, into any) []Violation {
	if len(raw) > MaxBytes {
		return []Violation{{Code: schema.Code, Message: "Request body too large",
			Rule: "request-size", Want: "at most " + strconv.Itoa(MaxBytes) + " bytes"}}
	}
	return parseText(string(raw), s, into)
}

func parseText(body string, s *schema.Schema, into any) []Violation {
	if isEmpty(body) {
		return unreadable("2255", "request-empty", "a JSON object")
	}
	violations, err := s.Decode(body, into)
	if err != nil {
		return notJSON(err)
	}
	return violations
}

// CheckJSON checks that a request is one JSON object, as [Parse] does first.
func CheckJSON(request []byte) []Violation {
	body := string(request)
	if isEmpty(body) {
		return unreadable("2255", "request-empty", "a JSON object")
	}
	if err := schema.Syntax(body); err != nil {
		return notJSON(err)
	}
	return nil
}

func isEmpty(body string) bool {
	trimmed := strings.TrimSpace(body)
	return trimmed == "" || trimmed == "null"
}

// notJSON refuses in NIC's words, which do not say where the text breaks. Want says it to readers of the journal.
func notJSON(err error) []Violation {
	return unreadable(schema.Code, RuleJSON, "a JSON object; "+err.Error())
}

func unreadable(code, rule, want string) []Violation {
	message, _ := nic.Message(code)
	return []Violation{{Code: code, Message: message, Rule: rule, Want: want}}
}
