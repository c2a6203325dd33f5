package invoice_test

import (
	"encoding/json"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/fixtures"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/irp/invoice/schema"
)

// broken are values that a field must refuse, by the constraint that they break, and good ones that it
// must take. They are made from the table alone.
func broken(f schema.Field) (bad map[string]any, good []any) {
	bad = map[string]any{}
	switch f.Type {
	case "object", "array":
		bad["a number instead"], bad["a string instead"] = n("1"), "x"
	case "number":
		bad["true instead"], bad["words"], bad["an exponent"], bad["300 digits"] = true, "ten", n("1e2"),
			n(strings.Repeat("9", 300))
		bad["NaN in a string"], bad["infinite exponent"], bad["an array instead"] = "NaN", n("1e400"), []any{}
		least, greatest := f.Min, f.Max
		bad["above the maximum"] = n(next(greatest))
		bad["one decimal too many"] = n(decimals(least, f.Decimals+1))
		if strings.HasPrefix(least, "-") {
			bad["below the minimum"] = n(next(least))
		} else {
			bad["below the minimum"] = n("-1")
		}
		good = []any{n(least), n(greatest), greatest, " " + least + " "}
		if f.Decimals > 0 {
			good = append(good, n(decimals(least, f.Decimals)))
		}
	case "string":
		least, err := strconv.Atoi(f.Min)
		greatest, errMax := strconv.Atoi(f.Max)
		if err != nil || errMax != nil {
			panic(f.Path)
		}
		bad["a number instead"], bad["an object instead"] = n("1"), map[string]any{}
		bad["too long"] = strings.Repeat("1", greatest+1)
		if least > 1 {
			bad["too short"] = strings.Repeat("1", least-1)
		} else if !strings.HasSuffix(f.Pattern, ")?$") {
			bad["empty"] = ""
		}
		if f.Pattern != "" {
			bad["a quote"], bad["a backslash"] = pad(`"`, least), pad(`\`, least)
		}
		if strings.Contains(f.Pattern, "|") && f.Enum != nil {
			bad["a bar"] = "|"
		}
		if strings.Contains(f.Pattern, "(?!0+$)") {
			bad["zeros"] = strings.Repeat("0", greatest)
		}
		for _, v := range f.Enum {
			good = append(good, v, v+" ", " "+v)
			if strings.HasPrefix(f.Pattern, "(?i)") {
				good = append(good, strings.ToLower(v))
			}
		}
		if strings.Contains(f.Pattern, `^([^\\"])*$`) {
			good = append(good, strings.Repeat("é", least), strings.Repeat("é", greatest))
		}
	}
	return bad, good
}

func pad(s string, length int) string { return s + strings.Repeat("1", max(0, length-1)) }

// next is a number that is just further from 0.
func next(bound string) string {
	digits := []byte(bound)
	for i := len(digits) - 1; i >= 0; i-- {
		switch digits[i] {
		case '.', '-':
		case '9':
			digits[i] = '0'
		default:
			digits[i]++
			return string(digits)
		}
	}
	if rest, negative := strings.CutPrefix(string(digits), "-"); negative {
		return "-1" + rest
	}
	return "1" + string(digits)
}

// decimals writes a number with so many of them.
func decimals(bound string, count int) string {
	whole, _, _ := strings.Cut(bound, ".")
	if count == 0 {
		return whole
	}
	return whole + "." + strings.Repeat("0", count-1) + "1"
}

// failing returns the attributes of a field that a value breaks, after the table and Go's regular expressions alone.
func failing(f schema.Field, value any) (reasons []string) {
	note := func(reason string, fails bool) {
		if fails {
			reasons = append(reasons, "schema-"+reason)
		}
	}
	text, isText := value.(string)
	number, isNumber := value.(json.Number)
	switch {
	case f.Type == "string" && isText:
		least, _ := strconv.Atoi(f.Min)
		greatest, _ := strconv.Atoi(f.Max)
		note("required", f.Required && text == "")
		note("length", len(text) < least || len(text) > greatest)
		note("pattern", text != "" && !matches(f, text))
	case f.Type == "number" && isNumber:
		sign := "-?"
		if f.Pattern != "" && f.Min == "0" {
			sign = ""
		}
		plain := `^` + sign + `[0-9]+$`
		if f.Decimals > 0 {
			plain = `^` + sign + `[0-9]+(\.[0-9]{1,` + strconv.Itoa(f.Decimals) + `})?$`
		}
		note("pattern", !regexp.MustCompile(plain).MatchString(number.String()))
		if x, ok := new(big.Rat).SetString(number.String()); ok && !strings.Contains(number.String(), "e") {
			least, _ := new(big.Rat).SetString(f.Min)
			greatest, _ := new(big.Rat).SetString(f.Max)
			note("range", x.Cmp(least) < 0 || x.Cmp(greatest) > 0)
		}
	default:
		note("type", true)
	}
	return reasons
}

// matches applies NIC's expression with Go's: without look-ahead, anchored, and the lists in place of [Y|N].
func matches(f schema.Field, text string) bool {
	if f.Enum != nil {
		return slices.Contains(f.Enum, text)
	}
	if f.Pattern == "" {
		return true
	}
	p := strings.Replace(f.Pattern, "(?!0+$)", "", 1)
	if p != f.Pattern && strings.Trim(text, "0") == "" {
		return false
	}
	return regexp.MustCompile(`^(?:` + p + `)$`).MatchString(text)
}

// Every row of the table is enforced: each constraint breaks with 5002 at the field's own path, and there only. All
// the attributes of the field that fail are reported, in their order.
func TestEveryFieldIsEnforced(t *testing.T) {
	fields := invoice.Fields()
	if len(fields) != 150 {
		t.Errorf("%d fields, INV-01 has 150", len(fields))
	}
	for _, f := range fields {
		if f.Path == "Irn" { // NIC computes it; see TestTheClientsIRNIsNotLookedAt
			continue
		}
		t.Run(f.Path, func(t *testing.T) {
			path := strings.ReplaceAll(f.Path, "[]", "[0]")
			bad, good := broken(f)
			if len(bad) < 2 {
				t.Fatal("nothing breaks it")
			}
			for what, value := range bad {
				doc := decode(t, []byte(full))
				edits{path: value}.apply(doc)
				_, violations := invoice.Parse(encode(t, doc))
				var reasons []string
				for _, v := range violations {
					reasons = append(reasons, v.Rule)
					named := strings.Contains(v.Message, "field "+f.Label+" must ") ||
						strings.Contains(v.Message, "The "+f.Label+" field is") || v.Message == "Invalid GSTIN"
					if v.Code != "5002" || v.Path != path || !named {
						t.Errorf("%s: %+v", what, v)
					}
				}
				if want := failing(f, value); !slices.Equal(reasons, want) || want == nil {
					t.Errorf("%s, %v: %q, want %q", what, value, reasons, want)
				}
			}
			for _, value := range good {
				doc := decode(t, []byte(full))
				edits{path: value}.apply(doc)
				if _, violations := invoice.Parse(encode(t, doc)); violations != nil {
					t.Errorf("%#v: %v", value, violations)
				}
			}
			for _, nothing := range []any{absent, nil} {
				doc := decode(t, []byte(full))
				edits{path: nothing}.apply(doc)
				_, violations := invoice.Parse(encode(t, doc))
				if !f.Required {
					wantViolations(t, violations)
					continue
				}
				wantViolations(t, violations, "5002 "+path)
				if want := "The " + f.Label + " field is required."; len(violations) > 0 && violations[0].Message != want {
					t.Errorf("message %q, want %q", violations[0].Message, want)
				}
			}
		})
	}
}

func TestMessagesThatArePublished(t *testing.T) {
	doc := sample(t, "B2B")
	edits{"DocDtls.No": strings.Repeat("1", 17), "SellerDtls.Addr1": strings.Repeat("1", 101), "BuyerDtls.Addr1": "a\"b",
		"ItemList[0].AssAmt": n("1.001")}.apply(doc)
	_, violations := invoice.Parse(encode(t, doc))
	var got []string
	for _, f := range violations {
		got = append(got, f.Message)
	}
	want := []string{
		"The field Document Number must be a string with a minimum length of 1 and a maximum length of 16.",
		`The field Document Number must match the regular expression '^([a-zA-Z1-9]{1}[a-zA-Z0-9/-]{0,15})$'.`,
		"The field Address 1 must be a string with a minimum length of 1 and a maximum length of 100.",
		`The field Address 1 must match the regular expression '^([^\\"])*$'.`,
		`The field Assessable Amount must match the regular expression '^\d+.?\d{0,2}$'.`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTheClientsIRNIsNotLookedAt(t *testing.T) {
	for _, irn := range []any{nil, "x", n("7"), strings.Repeat("a", 64)} {
		doc := sample(t, "B2B")
		doc["Irn"] = irn
		wantViolations(t, judge(t, doc, facts(t)))
	}
}

// The short lists stand in the table of fields and in the masters; they are the same.
func TestEnumsAreTheMasters(t *testing.T) {
	m, err := fixtures.LoadMasters()
	if err != nil {
		t.Fatal(err)
	}
	lists := map[string]map[string]string{
		"TranDtls.SupTyp": m.SupplyTypes, "DocDtls.Typ": m.DocumentTypes, "EwbDtls.TransMode": m.TransportModes,
		"EwbDtls.VehType": m.VehicleTypes,
	}
	for _, f := range invoice.Fields() {
		list, listed := lists[f.Path]
		if !listed {
			continue
		}
		delete(lists, f.Path)
		if len(f.Enum) != len(list) {
			t.Errorf("%s: %v and %v", f.Path, f.Enum, list)
		}
		for _, code := range f.Enum {
			if list[code] == "" {
				t.Errorf("%s: %s is in no master", f.Path, code)
			}
		}
	}
	if len(lists) > 0 {
		t.Errorf("no field for %v", lists)
	}
}

func TestEWayBillFieldsAreThoseOfTheInvoice(t *testing.T) {
	invoiceFields := map[string]schema.Field{}
	for _, f := range invoice.Fields() {
		invoiceFields[f.Path] = f
	}
	for _, f := range invoice.EWayBillFields() {
		path := f.Path
		switch {
		case strings.HasPrefix(path, "ExpShipDtls."):
			path = strings.Replace(path, "ExpShipDtls", "ShipDtls", 1)
		case path == "Irn", path == "ExpShipDtls", strings.HasPrefix(path, "DispDtls"):
		default:
			path = "EwbDtls." + path
		}
		g, ok := invoiceFields[path]
		if !ok && f.Path != "ExpShipDtls" || f.Type == "string" && f.Max != g.Max || f.Type == "number" &&
			(f.Min != g.Min || f.Max != g.Max) {
			t.Errorf("%s is %+v, in the invoice %+v", f.Path, f, g)
		}
	}
}
