package irp

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/nicsim/nicsim/client"
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

// Recipients that every simulator knows from its start.
var (
	deccanParty = invoice{"Gstin": "29ABCPD1234E2Z9", "LglNm": "Deccan Trading House", "Pos": "29",
		"Addr1": "Shop 5", "Loc": "Hubballi", "Pin": number("580020"), "Stcd": "29"}
	elloraParty = invoice{"Gstin": "36ABCCE4321F1Z1", "LglNm": "Ellora Telangana Stores Private Limited", "Pos": "36",
		"Addr1": "H. No. 3-4-5", "Loc": "Hyderabad", "Pin": number("500003"), "Stcd": "36"}
	zinniaParty = invoice{"Gstin": "33ABCCZ1357A1ZQ", "LglNm": "Zinnia Circuits Private Limited", "Pos": "33",
		"Addr1": "SDF Block 3", "Loc": "Chennai", "Pin": number("600045"), "Stcd": "33"}
	abroadParty = invoice{"Gstin": "URP", "LglNm": "Baltic Bearings", "Pos": "96",
		"Addr1": "Harbour 1", "Loc": "Riga", "Pin": number("999999"), "Stcd": "96"}
)

func number(digits string) json.Number { return json.Number(digits) }

// documentType are the schema's words for documents.
var documentType = map[string]string{"invoice": "INV", "credit note": "CRN", "debit note": "DBN"}

// newInvoice makes the smallest valid document of its sort: one line worth 1000 rupees at 18 percent.
func newInvoice(words, documentNumber string, today time.Time,
	seller func(firm string) (client.Taxpayer, error)) (invoice, error) {
	m := invoiceParts.FindStringSubmatch(words)
	if m == nil {
		return nil, fmt.Errorf("there is no invoice %q", words)
	}
	supply, document, firm, elsewhere, services, reverse := m[1], m[2], m[3], m[4], m[5], m[6]
	t, err := seller(firm)
	if err != nil {
		return nil, err
	}
	supplier, err := party(t)
	if err != nil {
		return nil, err
	}
	transaction := invoice{"TaxSch": "GST", "SupTyp": supply}
	if reverse != "" {
		transaction["RegRev"] = "Y"
	}
	recipient := map[string]invoice{
		"B2B": deccanParty, "DEXP": elloraParty, "SEZWP": zinniaParty, "SEZWOP": zinniaParty,
		"EXPWP": abroadParty, "EXPWOP": abroadParty,
	}[supply]
	if elsewhere != "" {
		recipient = elloraParty
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
		"DocDtls":    invoice{"Typ": documentType[document], "No": documentNumber, "Dt": written(today)},
		"SellerDtls": supplier, "BuyerDtls": maps.Clone(recipient),
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

// party is a supplier, in the words of the GST record.
func party(t client.Taxpayer) (invoice, error) {
	var address struct{ Building, Location, Pincode string }
	if err := json.Unmarshal(t.Address, &address); err != nil {
		return nil, fmt.Errorf("reading the address of %s: %w", t.GSTIN, err)
	}
	return invoice{"Gstin": t.GSTIN, "LglNm": t.LegalName, "Addr1": address.Building, "Loc": address.Location,
		"Pin": number(address.Pincode), "Stcd": t.GSTIN[:2]}, nil
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

// transport is a way of goods with what it needs and no more, nil for an unknown way.
func transport(by string, today time.Time) any {
	way := invoice{"Distance": number("0")}
	document := func(mode, documentNumber string) {
		way["TransMode"], way["TransDocNo"], way["TransDocDt"] = mode, documentNumber, written(today)
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
		way["TransId"] = "07ABCFG5678H1Z4"
	case "nothing":
	default:
		return nil
	}
	return way
}
