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

// RuleJSON is the rule of the violation by which [Parse] refuses a text that is not JSON.
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
	if trimmed := strings.TrimSpace(body); trimmed == "" || trimmed == "null" {
		message, _ := nic.Message("2255")
		return []Violation{{Code: "2255", Message: message, Rule: "request-empty", Want: "an invoice"}}
	}
	violations, err := s.Decode(body, into)
	if err != nil {
		return []Violation{{Code: schema.Code, Message: "Invalid JSON at " + err.Error(), Rule: RuleJSON, Want: "JSON"}}
	}
	return violations
}
