package irp

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/nicsim/nicsim/steps/internal/scene"
)

// invoice is a document of schema INV-01 as it is sent, member by member. Numbers are json.Number,
// so that the digits are those that the step gives.
type invoice map[string]any

// invoiceWords are how steps tell of an invoice.
const invoiceWords = `an? (?:B2B|SEZWP|SEZWOP|EXPWP|EXPWOP|DEXP) (?:invoice|credit note|debit note)` +
	`(?: of (?:Dakshin|Deccan|"[0-9A-Z]{15}"))?(?: to another state)?(?: for services)?(?: under reverse charge)?`

var invoiceParts = regexp.MustCompile(`^an? (\w+) (invoice|credit note|debit note)` +
	`(?: of (Dakshin|Deccan|"[0-9A-Z]{15}"))?( to another state)?( for services)?( under reverse charge)?$`)

// abroadParty is the recipient of exports.
var abroadParty = invoice{"Gstin": "URP", "LglNm": "Baltic Bearings", "Pos": "96",
	"Addr1": "Harbour 1", "Loc": "Riga", "Pin": number("999999"), "Stcd": "96"}

// recipientRole is the role of the recipient in the words of an invoice, empty for an export.
func recipientRole(supply string, elsewhere bool) string {
	switch {
	case strings.HasPrefix(supply, "EXP"):
		return ""
	case strings.HasPrefix(supply, "SEZ"):
		return "sez"
	case supply == "DEXP", elsewhere:
		return "otherState"
	}
	return "sameState"
}

func number(digits string) json.Number { return json.Number(digits) }

// documentType are the schema's words for documents.
var documentType = map[string]string{"invoice": "INV", "credit note": "CRN", "debit note": "DBN"}

// newInvoice makes the smallest valid document of its sort: one line worth 1000 rupees at 18 percent.
func newInvoice(words string, f facts) (invoice, error) {
	m := invoiceParts.FindStringSubmatch(words)
	if m == nil {
		return nil, fmt.Errorf("there is no invoice %q", words)
	}
	supply, document, firm, elsewhere, services, reverse := m[1], m[2], m[3], m[4], m[5], m[6]
	gstin, err := f.seller(firm)
	if err != nil {
		return nil, err
	}
	supplier := supplierParty(gstin)
	transaction := invoice{"TaxSch": "GST", "SupTyp": supply}
	if reverse != "" {
		transaction["RegRev"] = "Y"
	}
	recipient := maps.Clone(abroadParty)
	if role := recipientRole(supply, elsewhere != ""); role != "" {
		gstin, err := f.party(role)
		if err != nil {
			return nil, err
		}
		recipient = recipientParty(gstin)
	}
	goods := invoice{"SlNo": "1", "IsServc": "N", "PrdDesc": "Portable computers", "HsnCd": "847130", "Qty": number("1"),
		"Unit":      "NOS",
		"UnitPrice": number("1000"), "TotAmt": number("1000"), "AssAmt": number("1000"), "GstRt": number("18")}
	if services != "" {
		delete(goods, "Qty")
		delete(goods, "Unit")
		goods["IsServc"], goods["HsnCd"], goods["PrdDesc"] = "Y", "998313", "Consulting"
	}
	i := invoice{
		"Version": "1.1", "TranDtls": transaction,
		"DocDtls":    invoice{"Typ": documentType[document], "No": f.number, "Dt": written(f.today)},
		"SellerDtls": supplier, "BuyerDtls": recipient,
		"ItemList": []any{goods}, "ValDtls": invoice{"AssVal": number("1000")},
	}
	switch {
	case supply == "B2B" && supplier["Stcd"] == recipient["Pos"]:
		i.tax("CGST", "90")
		i.tax("SGST", "90")
	case supply != "SEZWOP" && supply != "EXPWOP":
		i.tax("IGST", "180")
	}
	return i, i.total()
}

// financialYear is that of a day, as in 2026-27.
func financialYear(day string) (string, error) {
	at, err := time.ParseInLocation("02/01/2006", day, scene.InIndia)
	if err != nil {
		return "", fmt.Errorf("reading the day of an invoice: %w", err)
	}
	year := at.Year()
	if at.Month() < time.April {
		year--
	}
	return fmt.Sprintf("%d-%02d", year, (year+1)%100), nil
}

// isNumeric tells of members that are numbers in the schema, by how their names end.
func isNumeric(member string) bool {
	for _, ending := range []string{"Pin", "Qty", "Amt", "Rt", "Val", "Chrg", "Price", "Discount", "Distance", "Duty",
		"CrDay", "PaymtDue"} {
		if strings.HasSuffix(member, ending) {
			return true
		}
	}
	return member == "TotInvValFc"
}

// supplierParty is a supplier at the first place of the state of its GSTIN.
func supplierParty(gstin string) invoice {
	state := gstin[:2]
	at := places[state]
	return invoice{"Gstin": gstin, "LglNm": "Dakshin Components Private Limited", "Addr1": "No. 12 Mayura House",
		"Loc": at.city, "Pin": number(at.pin), "Stcd": state}
}

// recipientParty is a recipient at the other place of the state of its GSTIN.
func recipientParty(gstin string) invoice {
	state := gstin[:2]
	at := places[state]
	return invoice{"Gstin": gstin, "LglNm": "Deccan Trading House", "Pos": state,
		"Addr1": "Shop 5", "Loc": at.city, "Pin": number(at.other), "Stcd": state}
}

// written is a day as the schema has it.
func written(day time.Time) string { return day.In(scene.InIndia).Format("02/01/2006") }

// object is a member that is an object; it comes into being if it is not there.
func (i invoice) object(name string) invoice {
	o, ok := i[name].(invoice)
	if !ok {
		o = invoice{}
		i[name] = o
	}
	return o
}

func (i invoice) lines() []any {
	lines, _ := i["ItemList"].([]any)
	return lines
}

// text is the text of a member deep inside, "" if there is none.
func (i invoice) text(object, member string) string {
	return fmt.Sprint(i.object(object)[member])
}

// setLines makes that many lines: the first is worth something, the others are worth nothing.
func (i invoice) setLines(count int) {
	lines := i.lines()
	for n := len(lines) + 1; n <= count; n++ {
		lines = append(lines, invoice{"SlNo": strconv.Itoa(n), "IsServc": "N", "HsnCd": "847130", "Qty": number("1"),
			"Unit":      "NOS",
			"UnitPrice": number("0"), "TotAmt": number("0"), "AssAmt": number("0"), "GstRt": number("18"),
			"TotItemVal": number("0")})
	}
	i["ItemList"] = lines[:count]
	if count == 0 {
		i["ValDtls"] = invoice{"AssVal": number("0"), "TotInvVal": number("0")}
	}
}

// moveWorth exchanges the first line, which alone is worth something, for another. Both keep their SlNo.
func (i invoice) moveWorth(line int) {
	lines := i.lines()
	first, other := lines[0].(invoice), lines[line-1].(invoice)
	first["SlNo"], other["SlNo"] = other["SlNo"], first["SlNo"]
	lines[0], lines[line-1] = other, first
}

// mainHSN is the code of the line with the highest taxable value, the first of several.
func (i invoice) mainHSN() string {
	var code string
	most := new(big.Rat).SetInt64(-1)
	for _, line := range i.lines() {
		value, ok := new(big.Rat).SetString(fmt.Sprint(line.(invoice)["AssAmt"]))
		if ok && value.Cmp(most) > 0 {
			most, code = value, fmt.Sprint(line.(invoice)["HsnCd"])
		}
	}
	return code
}

// transport is a way of goods with what it needs and no more.
func transport(by string, f facts) (invoice, error) {
	way := invoice{"Distance": number("0")}
	document := func(mode, documentNumber string) {
		way["TransMode"], way["TransDocNo"], way["TransDocDt"] = mode, documentNumber, written(f.today)
	}
	switch by {
	case "road":
		way["TransMode"], way["VehNo"], way["VehType"] = "1", "KA01AB1234", "R"
	case "rail":
		document("2", "PNZM2020307306")
	case "air":
		document("3", "AW/1")
	case "ship":
		document("4", "BL/1")
		way["VehType"] = "O"
	case "transporter":
		transporter, err := f.party(by)
		if err != nil {
			return nil, err
		}
		way["TransId"] = transporter
	case "nothing":
	default:
		return nil, fmt.Errorf("there is no way of goods %q", by)
	}
	return way, nil
}
