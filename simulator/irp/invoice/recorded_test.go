package invoice_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/rulebook"
	"github.com/nicsim/nicsim/simulator/settings"
)

// recording is what NIC answered to an input of testdata/recorded: whole answers that users published in bug trackers
// and documentation from 2020 to 2026. The parties of the inputs are made up.
type recording struct {
	input   string
	clock   string // of the call, in India; empty: 27/11/2026
	changes edits  // to the input
	facts   func(*invoice.Facts)
	refused []string // code and message of each violation; none: registered
	bill    []string // likewise of the e-way bill part; not answered when the document is refused
}

var recordings = map[string]recording{
	"each attribute of a number that fails": {
		input: "other-charges-negative",
		refused: []string{
			`5002 The field Other Charges must match the regular expression '^\d+.?\d{0,2}$'.`,
			"5002 The field Other Charges must be between 0 and 99999999999999.98.",
		},
	},
	"each attribute of a text that fails": {
		input: "operator-gstin-short",
		refused: []string{
			"5002 The field e-Commerce GSTIN must be a string with a minimum length of 15 and a maximum length of 15.",
			"5002 Invalid GSTIN",
		},
	},
	"too many decimals within the range": {
		input:   "round-off-float-noise",
		refused: []string{`5002 The field Round Off Amount must match the regular expression '^-?\d+.?\d{0,2}$'.`},
	},
	"a description of 301 characters": {
		input: "description-too-long",
		refused: []string{
			"5002 The field Product Description must be a string with a minimum length of 3 and a maximum length of 300.",
		},
	},
	"a transporter's id of 14 characters": {
		input: "transporter-id-short",
		refused: []string{
			"5002 The field Transporter ID must be a string with a minimum length of 15 and a maximum length of 15.",
			"5002 Invalid GSTIN",
		},
	},
	"empty lists": {input: "empty-lists"},

	"services and nothing but the distance": {input: "ewb-distance-only-service", bill: partAWanted},
	"goods and nothing but the distance":    {input: "ewb-distance-only-goods", bill: partAWanted},
	"a credit note and nothing but the distance": {
		input: "ewb-distance-only-goods", changes: edits{"DocDtls.Typ": "CRN"}, bill: partAWanted,
	},
	"a debit note and nothing but the distance": {
		input: "ewb-distance-only-goods", changes: edits{"DocDtls.Typ": "DBN"}, bill: partAWanted,
	},
	"an export and nothing but the distance": {
		input: "ewb-distance-only-goods", bill: partAWanted,
		changes: edits{
			"TranDtls.SupTyp": "EXPWP", "BuyerDtls.Gstin": "URP", "BuyerDtls.Pos": "96", "BuyerDtls.Stcd": "96",
			"BuyerDtls.Pin": n("999999"),
		},
	},
	"an export's credit note, with goods that leave from abroad": {
		input:   "export-credit-note-dispatch-abroad",
		refused: []string{"2273 Dispatch from PIN code cannot be 999999"},
	},

	"a PIN code that no state has": {
		input: "seller-pin-unknown", clock: "2023-09-14 13:20:56", facts: smallSupplier,
		refused: []string{"3038 Seller details Details:Pincode-101301 does not exists"},
	},
	"a port that is in no list, of an invoice that is not an export": {
		input: "full-september-2023", clock: "2023-09-14 13:20:56", facts: smallSupplier,
	},
	"by rail with a free text": {input: "rail-receipt-free-text", bill: []string{"4042 Invalid RR number"}},
	"by rail as a parcel":      {input: "rail-receipt-parcel"},

	"a transporter who is enrolled under 88": {input: "transporter-id-88"},

	"HSN code 521211, which the list lacks": {
		input: "hsn-521211", refused: []string{"2176 HSN code(s)-521211 is invalid"},
	},
	"HSN code 630411, which the list lacks": {
		input: "hsn-521211", changes: hsnCode("630411"), refused: []string{"2176 HSN code(s)-630411 is invalid"},
	},
	"HSN code 391520, which the list lacks": {
		input: "hsn-521211", changes: hsnCode("391520"), refused: []string{"2176 HSN code(s)-391520 is invalid"},
	},
	"an HSN code of eight digits below 521211": {input: "hsn-521211", changes: hsnCode("52121100")},

	"an export that names no country": {input: "export-without-country"}, // uncertain: see the rule export-country

	"tobacco, whose IGST is that of its retail sale price":  {input: "rsp-tobacco-igst"},
	"tobacco, whose total is that of its retail sale price": {input: "rsp-tobacco-total"},

	"every member there is": {input: "full-april-2024", clock: "2024-04-11 09:29:42", facts: smallSupplier},
}

var partAWanted = []string{"4019 Provide Transporter ID in order to generate Part A of e-Way Bill"}

func hsnCode(code string) edits { return edits{"ItemList[0].HsnCd": code} }

// smallSupplier gives the supplier a turnover of two crore rupees.
func smallSupplier(f *invoice.Facts) {
	with(f, dakshin, func(p *invoice.Taxpayer) { p.AATOCrore = 2 })
}

func TestWhatNICAnswered(t *testing.T) {
	unused := map[string]bool{}
	files, err := filepath.Glob("testdata/recorded/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		unused[strings.TrimSuffix(filepath.Base(file), ".json")] = true
	}
	for name, r := range recordings {
		delete(unused, r.input)
		t.Run(name, func(t *testing.T) {
			v := r.judge(t)
			if got := said(v.Violations); !slices.Equal(got, r.refused) {
				t.Errorf("refused with\n%s\nNIC:\n%s", strings.Join(got, "\n"), strings.Join(r.refused, "\n"))
			}
			if got := said(v.EWayBill); v.Registers() && !slices.Equal(got, r.bill) {
				t.Errorf("no e-way bill for\n%s\nNIC:\n%s", strings.Join(got, "\n"), strings.Join(r.bill, "\n"))
			}
		})
	}
	for input := range unused {
		t.Errorf("testdata/recorded/%s.json is not judged", input)
	}
}

func (r recording) judge(t *testing.T) invoice.Verdict {
	t.Helper()
	text, err := os.ReadFile("testdata/recorded/" + r.input + ".json")
	if err != nil {
		t.Fatal(err)
	}
	doc := decode(t, text)
	r.changes.apply(doc)
	f := facts(t)
	f.Now = time.Date(2026, time.November, 27, 10, 30, 0, 0, nic.IST)
	if r.clock != "" {
		if f.Now, err = time.ParseInLocation(time.DateTime, r.clock, nic.IST); err != nil {
			t.Fatal(err)
		}
	}
	f.Book = rulebook.New(new(settings.Default()), nic.Sandbox, f.Now)
	if r.facts != nil {
		r.facts(&f)
	}
	v, err := invoice.Judge(encode(t, doc), f, func(gstin string) (invoice.Taxpayer, bool, error) {
		record, known := f.Taxpayers[gstin]
		return record, known, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func said(violations []invoice.Violation) []string {
	var all []string
	for _, v := range violations {
		all = append(all, v.Code+" "+v.Message)
	}
	return all
}
