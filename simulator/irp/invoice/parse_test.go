package invoice_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
)

func TestParseRefusesWhatIsNoInvoice(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"nothing":         {"", "2255"},
		"blanks":          {" \r\n\t", "2255"},
		"null":            {" null ", "2255"},
		"array":           {"[]", "5002"},
		"string":          {`"{}"`, "5002"},
		"number":          {"1e400", "5002"},
		"NaN":             {`{"Version":NaN}`, "5002"},
		"half":            {full[:len(full)/2], "5002"},
		"two":             {"{}{}", "5002"},
		"not UTF-8":       {"{\"Version\":\"\xff\"}", "5002"},
		"lone surrogate":  {`{"Version":"\udc00"}`, "5002"},
		"deep":            {strings.Repeat(`{"a":[`, 1<<17), "5002"},
		"deep and closed": {`{"a":` + strings.Repeat("[", 1000) + strings.Repeat("]", 1000) + "}", "5002"},
		"too large":       {`{"a":"` + strings.Repeat("x", invoice.MaxBytes) + `"}`, "5002"},
		"empty": {"{}", "5002 Version;5002 TranDtls;5002 DocDtls;5002 SellerDtls;5002 BuyerDtls;5002 " +
			"ItemList;5002 ValDtls"},
		"all null": {`{"Version":null,"TranDtls":null,"DocDtls":{},"SellerDtls":null,"BuyerDtls":null,"ItemList":[null],"ValDtls":null}`, "5002 Version;5002 TranDtls;5002 DocDtls.Typ;5002 DocDtls.No;5002 DocDtls.Dt;5002 SellerDtls;5002 BuyerDtls;5002 ItemList[0];5002 ValDtls"},
	} {
		t.Run(name, func(t *testing.T) {
			d, violations := invoice.Parse([]byte(c.text))
			if got := strings.Join(brief(violations), ";"); d != nil || got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			for _, f := range violations {
				if f.Message == "" || f.Rule == "" || f.Want == "" || len(f.Message) > 500 {
					t.Errorf("incomplete or endless violation %+v", f)
				}
			}
		})
	}
}

func TestParseTakesTwoMegabytes(t *testing.T) {
	text := strings.Replace(full, `"Unknown":[{}]`,
		`"Unknown":"`+strings.Repeat("x", invoice.MaxBytes-len(full)-len(`""`)+len("[{}]"))+`"`, 1)
	if len(text) != invoice.MaxBytes {
		t.Fatalf("%d bytes", len(text))
	}
	if _, violations := invoice.Parse([]byte(text)); violations != nil {
		t.Error(violations)
	}
	_, violations := invoice.Parse([]byte(text + " "))
	wantViolations(t, violations, "5002")
}

// A request just below the limit whose signed copy, with an ItemNo in each line, is above it.
func TestParseSignedHasNoLimit(t *testing.T) {
	doc := sample(t, "B2B")
	merge(nothing, edits{"ItemList": lines(1000)}).apply(doc)
	page := map[string]any{"Docs": strings.Repeat("d", 1000), "Info": strings.Repeat("i", 1000)}
	var pages []any
	for room := invoice.MaxBytes - len(encode(t, doc)); room > 2100; room -= len(encode(t, page)) + 1 {
		pages = append(pages, page)
	}
	doc["AddlDocDtls"] = pages
	d, violations := invoice.Parse(encode(t, doc))
	if violations != nil {
		t.Fatal(violations[0])
	}
	data := d.SignedInvoice(acknowledged)
	if len(data) <= invoice.MaxBytes {
		t.Fatalf("only %d bytes", len(data))
	}
	again, err := invoice.ParseSigned(string(data))
	if err != nil || string(again.SignedInvoice(acknowledged)) != string(data) {
		t.Errorf("read back with a change, or %v", err)
	}
	if d, err := invoice.ParseSigned("{}"); err == nil {
		t.Errorf("read %v", d)
	}
}

// Forms that the contract names, which clients send and NIC accepts.
func TestParseIsTolerant(t *testing.T) {
	want := sample(t, "B2B")
	reference := string(signed(t, encode(t, want)))
	for name, change := range map[string]edits{
		"numbers as strings": {"ItemList[0].Qty": "1", "ItemList[0].AssAmt": "1000.00", "SellerDtls.Pin": "560001",
			"ValDtls.TotInvVal": " 1180.00"},
		"padded codes": {"TranDtls.SupTyp": "B2B ", "DocDtls.Typ": " INV", "ItemList[0].IsServc": "N  ",
			"SellerDtls.Gstin": dakshin + " ", "ItemList[0].HsnCd": " 847130 "},
		"lower case": {"DocDtls.Typ": "inv", "TranDtls.SupTyp": "b2b"},
		"null": {"DispDtls": nil, "EwbDtls": nil, "ItemList[0].BchDtls": nil, "ItemList[0].CesAmt": nil,
			"RefDtls": nil, "TranDtls.EcmGstin": nil},
		"unknown members": {"Extra": map[string]any{"a": []any{nil}}, "ItemList[0].Foo": "x"},
		"other case":      {"version": "9.9", "BuyerDtls.POS": "27"}, // the exact names are there too, and win
	} {
		t.Run(name, func(t *testing.T) {
			doc := sample(t, "B2B")
			change.apply(doc)
			if got := string(signed(t, encode(t, doc))); got != reference {
				t.Errorf("got %s, want %s", got, reference)
			}
		})
	}
	t.Run("all names in other case", func(t *testing.T) {
		text := string(encode(t, want))
		for _, name := range []string{"Version", "TranDtls", "Gstin", "Pos", "ItemList", "HsnCd", "TotInvVal"} {
			text = strings.ReplaceAll(text, `"`+name+`":`, `"`+strings.ToUpper(name)+`":`)
		}
		if got := string(signed(t, []byte(text))); got != reference {
			t.Errorf("got %s, want %s", got, reference)
		}
	})
	t.Run("state codes of one digit", func(t *testing.T) {
		doc := sample(t, "B2B")
		f := facts(t)
		f.Requester = gulmohar
		merge(from(gulmohar, "110005", nil), edits{"SellerDtls.Stcd": "7", "BuyerDtls.Pos": "7"}).apply(doc)
		edits{"ItemList[0].IgstAmt": absent, "ValDtls.IgstVal": absent, "ItemList[0].CgstAmt": n("90"),
			"ItemList[0].SgstAmt": n("90"), "ValDtls.CgstVal": n("90"), "ValDtls.SgstVal": n("90")}.apply(doc)
		wantViolations(t, judge(t, doc, f))
	})
}

func signed(t *testing.T, text []byte) []byte {
	t.Helper()
	d, violations := invoice.Parse(text)
	if violations != nil {
		t.Fatal(violations)
	}
	return d.SignedInvoice(acknowledged)
}

func TestTheWorstInvoicesGetAnAnswerOfBoundedLength(t *testing.T) {
	const start = `{"Version":"1.1","TranDtls":{"TaxSch":"GST","SupTyp":"B2B"},"RefDtls":{"PrecDocDtls":[],"ContrDtls":[]},"ItemList":`
	for name, text := range map[string]string{
		"lines without members": start + "[" + strings.Repeat("{},", 600_000) + "{}]}",
		"nulls for lines":       start + "[" + strings.Repeat("null,", 300_000) + "null]}",
		"attributes":            start + `[{"AttribDtls":[` + strings.Repeat("{},", 600_000) + "{}]}]}",
		"members of one name":   `{` + strings.Repeat(`"ItemList":[{}],`, 100_000) + `"Version":"1.1"}`,
		"names":                 `{` + strings.Repeat(`"aaaa":1,`, 200_000) + `"Version":"1.1"}`,
		"escapes":               `{"Version":"` + strings.Repeat(`\u0041`, 300_000) + `"}`,
	} {
		t.Run(name, func(t *testing.T) {
			if len(text) > invoice.MaxBytes {
				t.Fatalf("%d bytes are refused for their number", len(text))
			}
			_, violations := invoice.Parse([]byte(text))
			if len(violations) == 0 || len(violations) > 5000 {
				t.Errorf("%d violations", len(violations))
			}
		})
	}
}

// A thousand lines that are all wrong in every way that a line can be.
func TestCheckOfManyWrongLines(t *testing.T) {
	doc := sample(t, "B2B")
	var wrong []any
	for i := range 1000 {
		l := line(fmt.Sprint(i + 1))
		l["GstRt"], l["CgstAmt"], l["IgstAmt"], l["TotItemVal"], l["HsnCd"] = n("17"), n("50"), n("5"), n("77"), "7799"
		wrong = append(wrong, l)
	}
	doc["ItemList"] = wrong
	violations := judge(t, doc, facts(t))
	if got := len(invoice.Distinct(violations)); got < 3000 || got > len(violations) || len(violations) > 20_000 {
		t.Errorf("%d violations, %d of them distinct", len(violations), got)
	}
}
