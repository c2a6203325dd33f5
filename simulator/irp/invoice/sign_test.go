package invoice_test

import (
	"strings"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/rulebook"
	"github.com/nicsim/nicsim/simulator/settings"
)

var acknowledged = invoice.Acknowledgement{
	No: 112010000002315, At: time.Date(2026, time.July, 15, 9, 8, 39, 999, time.UTC), IRN: strings.Repeat("0f", 32),
}

// Every member, in another order than NIC's and with digits that binary floating point would lose.
const full = `{
"EwbDtls":{"VehType":"R","VehNo":"ka01ab1234","TransDocDt":"15/07/2026","TransDocNo":"LR/1","Distance":100,"TransMode":"1","TransName":"T C I","TransId":"07ABCFG5678H1Z4"},
"ExpDtls":{"ExpDuty":0.10,"CntCode":"AE","ForCur":"USD","RefClm":"N","Port":"INABG1","ShipBDt":"14/07/2026","ShipBNo":"A-1"},
"AddlDocDtls":[{"Info":"note","Docs":"ZG9j","Url":"http://a.example/x?y=1&z"},{}],
"RefDtls":{"ContrDtls":[{"PORefDt":"01/07/2026","PORefr":"P","ProjRefr":"J","ExtRefr":"E","ContrRefr":"C","TendRefr":"T","RecAdvDt":"02/07/2026","RecAdvRefr":"R"}],
 "PrecDocDtls":[{"OthRefNo":"O","InvDt":"01/06/2026","InvNo":"X1"}],"DocPerdDtls":{"InvEndDt":"30/09/2026","InvStDt":"01/07/2026"},"InvRm":"rem"},
"PayDtls":{"PaymtDue":0.0,"PaidAmt":10.50,"CrDay":30,"DirDr":"dd","CrTrn":"ct","PayInstr":"pi","PayTerm":"pt","FinInsBr":"HDFC0001","Mode":"Cash","AccDet":"5697389713210","Nm":"payee"},
"ValDtls":{"TotInvValFc":14.2,"TotInvVal":1416.0,"RndOffAmt":-0.20,"OthChrg":"20","Discount":10,"StCesVal":0,"CesVal":0.00,"IgstVal":0,"SgstVal":90.1,"CgstVal":90.10,"AssVal":1000.10},
"ItemList":[{"AttribDtls":[{"Val":"10000","Nm":"Tile"}],"BchDtls":{"WrDt":"30/06/2027","ExpDt":"30/06/2027","Nm":"123456"},"PrdSlNo":"12345","OrgCntry":"IN","OrdLineRef":"3256",
 "TotItemVal":1180.30,"OthChrg":0.1,"StateCesNonAdvlAmt":0,"StateCesAmt":0,"StateCesRt":0,"CesNonAdvlAmt":0,"CesAmt":0,"CesRt":0.000,"SgstAmt":90.1,"CgstAmt":90.10,"IgstAmt":null,"GstRt":18.000,
 "AssAmt":1000.10,"PreTaxVal":1,"Discount":0,"TotAmt":1000.10,"UnitPrice":1000.100,"Unit":"NOS","FreeQty":0,"Qty":"01.000","Barcde":"123","HsnCd":"847130","PrdDesc":"Rice <&> Däl","IsServc":"N","SlNo":"1","Unknown":[{}]},
 {"SlNo":"2","IsServc":"N","HsnCd":"84713010","Qty":1,"Unit":"NOS","UnitPrice":2000,"TotAmt":2000.00,"AssAmt":2000.00,"GstRt":0,"TotItemVal":2000}],
"ShipDtls":{"Stcd":"29","Pin":560002,"Loc":"Loc","Addr2":"Block","Addr1":"Gate","TrdNm":"kuv","LglNm":"CBE","Gstin":"URP"},
"DispDtls":{"Stcd":"29","Pin":560003,"Loc":"Loc","Addr2":"abc","Addr1":"xyz","Nm":"ABC co"},
"BuyerDtls":{"Em":"a@b.example","Ph":"9000000000","Stcd":"29","Pin":"580020","Loc":"Hubballi","Addr2":"Two","Addr1":"One","Pos":"29","TrdNm":"Deccan","LglNm":"Deccan House","Gstin":"29ABCPD1234E2Z9"},
"SellerDtls":{"Em":"c@d.example","Ph":"080123456","Stcd":"29","Pin":560001,"Loc":"Bengaluru","Addr2":"Two","Addr1":"One","TrdNm":"NIC","LglNm":"Dakshin","Gstin":"29ABCCD1234E1Z1"},
"DocDtls":{"Dt":"15/07/2026","No":"doc/001","Typ":"inv"},
"TranDtls":{"IgstOnIntra":"N","EcmGstin":null,"RegRev":"N","SupTyp":"b2b ","TaxSch":"GST"},
"Irn":null,"Version":"1.1"}`

func TestSignedInvoice(t *testing.T) {
	d, violations := invoice.Parse([]byte(full))
	if violations != nil {
		t.Fatal(violations)
	}
	want := `{"AckNo":112010000002315,"AckDt":"2026-07-15 14:38:39","Irn":"` + acknowledged.IRN + `","Version":"1.1",` +
		`"TranDtls":{"TaxSch":"GST","SupTyp":"B2B","RegRev":"N","IgstOnIntra":"N"},` +
		`"DocDtls":{"Typ":"INV","No":"doc/001","Dt":"15/07/2026"},` +
		`"SellerDtls":{"Gstin":"29ABCCD1234E1Z1","LglNm":"Dakshin","TrdNm":"NIC","Addr1":"One","Addr2":"Two","Loc":"Bengaluru","Pin":560001,"Stcd":"29","Ph":"080123456","Em":"c@d.example"},` +
		`"BuyerDtls":{"Gstin":"29ABCPD1234E2Z9","LglNm":"Deccan House","TrdNm":"Deccan","Pos":"29","Addr1":"One","Addr2":"Two","Loc":"Hubballi","Pin":580020,"Ph":"9000000000","Em":"a@b.example","Stcd":"29"},` +
		`"DispDtls":{"Nm":"ABC co","Addr1":"xyz","Addr2":"abc","Loc":"Loc","Pin":560003,"Stcd":"29"},` +
		`"ShipDtls":{"Gstin":"URP","LglNm":"CBE","TrdNm":"kuv","Addr1":"Gate","Addr2":"Block","Loc":"Loc","Pin":560002,"Stcd":"29"},` +
		`"ItemList":[{"ItemNo":0,"SlNo":"1","IsServc":"N","PrdDesc":"Rice <&> Däl","HsnCd":"847130","Barcde":"123","Qty":1.000,"FreeQty":0,"Unit":"NOS","UnitPrice":1000.100,"TotAmt":1000.10,"Discount":0,"PreTaxVal":1,"AssAmt":1000.10,"GstRt":18.000,` +
		`"CgstAmt":90.10,"SgstAmt":90.1,"CesRt":0.000,"CesAmt":0,"CesNonAdvlAmt":0,"StateCesRt":0,"StateCesAmt":0,"StateCesNonAdvlAmt":0,"OthChrg":0.1,"TotItemVal":1180.30,"OrdLineRef":"3256","OrgCntry":"IN","PrdSlNo":"12345",` +
		`"BchDtls":{"Nm":"123456","ExpDt":"30/06/2027","WrDt":"30/06/2027"},"AttribDtls":[{"Nm":"Tile","Val":"10000"}]},` +
		`{"ItemNo":0,"SlNo":"2","IsServc":"N","HsnCd":"84713010","Qty":1,"Unit":"NOS","UnitPrice":2000,"TotAmt":2000.00,"AssAmt":2000.00,"GstRt":0,"TotItemVal":2000}],` +
		`"ValDtls":{"AssVal":1000.10,"CgstVal":90.10,"SgstVal":90.1,"IgstVal":0,"CesVal":0.00,"StCesVal":0,"Discount":10,"OthChrg":20,"RndOffAmt":-0.20,"TotInvVal":1416.0,"TotInvValFc":14.2},` +
		`"PayDtls":{"Nm":"payee","AccDet":"5697389713210","Mode":"Cash","FinInsBr":"HDFC0001","PayTerm":"pt","PayInstr":"pi","CrTrn":"ct","DirDr":"dd","CrDay":30,"PaidAmt":10.50,"PaymtDue":0.0},` +
		`"RefDtls":{"InvRm":"rem","DocPerdDtls":{"InvStDt":"01/07/2026","InvEndDt":"30/09/2026"},"PrecDocDtls":[{"InvNo":"X1","InvDt":"01/06/2026","OthRefNo":"O"}],` +
		`"ContrDtls":[{"RecAdvRefr":"R","RecAdvDt":"02/07/2026","TendRefr":"T","ContrRefr":"C","ExtRefr":"E","ProjRefr":"J","PORefr":"P","PORefDt":"01/07/2026"}]},` +
		`"AddlDocDtls":[{"Url":"http://a.example/x?y=1&z","Docs":"ZG9j","Info":"note"},{}],` +
		`"ExpDtls":{"ShipBNo":"A-1","ShipBDt":"14/07/2026","Port":"INABG1","RefClm":"N","ForCur":"USD","CntCode":"AE","ExpDuty":0.10},` +
		`"EwbDtls":{"TransId":"07ABCFG5678H1Z4","TransName":"T C I","TransMode":"1","Distance":100,"TransDocNo":"LR/1","TransDocDt":"15/07/2026","VehNo":"ka01ab1234","VehType":"R"}}`
	signed := d.SignedInvoice(acknowledged)
	if string(signed) != want {
		t.Errorf("got\n%s\nwant\n%s", signed, want)
	}
	// The signed text can be read again, for a later e-way bill.
	again, violations := invoice.Parse(signed)
	if violations != nil {
		t.Fatal(violations)
	}
	if string(again.SignedInvoice(acknowledged)) != want {
		t.Error("reading it again changes it")
	}
}

func TestSignedInvoiceLeavesOutWhatWasNotSent(t *testing.T) {
	d, err := invoice.Sample{Supply: "EXPWOP", Today: now, Number: "E1"}.Document()
	if err != nil {
		t.Fatal(err)
	}
	for _, member := range []string{"DispDtls", "ShipDtls", "PayDtls", "EwbDtls", "null", "CesAmt", "TrdNm", `"Ph"`,
		"RegRev"} {
		if strings.Contains(string(d.SignedInvoice(acknowledged)), member) {
			t.Errorf("has %s", member)
		}
	}
}

func TestQR(t *testing.T) {
	d, violations := invoice.Parse([]byte(full))
	if violations != nil {
		t.Fatal(violations)
	}
	want := `{"SellerGstin":"29ABCCD1234E1Z1","BuyerGstin":"29ABCPD1234E2Z9","DocNo":"doc/001","DocTyp":"INV","DocDt":"15/07/2026","TotInvVal":1416.0,` +
		`"ItemCnt":2,"MainHsnCode":"84713010","Irn":"` + acknowledged.IRN + `","IrnDt":"2026-07-15 14:38:39"}`
	if got := string(d.QR(acknowledged)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestMainHSNIsTheFirstOfTheDearest(t *testing.T) {
	doc := sample(t, "B2B")
	list := []any{line("1"), line("2"), line("3"), line("4")}
	doc["ItemList"] = list
	edits{"ItemList[0].AssAmt": n("9.99"), "ItemList[1].AssAmt": n("100.0"), "ItemList[1].HsnCd": "100110",
		"ItemList[2].AssAmt": n("100.00")}.apply(doc)
	d, violations := invoice.Parse(encode(t, doc))
	if violations != nil {
		t.Fatal(violations)
	}
	if got := d.MainHSN(); got != "100110" {
		t.Errorf("got %s", got)
	}
	if got := new(invoice.Document).MainHSN(); got != "" {
		t.Errorf("without lines %s", got)
	}
}

// The real sandbox tokens again, through a document; upper-cased from June 2025 on.
func TestIRNOfADocument(t *testing.T) {
	d := &invoice.Document{
		SellerDtls: invoice.Supplier{Gstin: "02AMBPG7773M002"},
		DocDtls:    invoice.Identity{Typ: "INV", No: "9sQ5E2", Dt: "03/10/2023"},
	}
	on := func(now time.Time) rulebook.Book { return rulebook.New(new(settings.Default()), nic.Sandbox, now) }
	got := d.IRN(on(time.Date(2023, time.October, 3, 15, 8, 39, 0, nic.IST)))
	if got != "2ecc42a8e81dcbbb56923e4bd046c861ce7374060bd31875ce35447e922c9399" {
		t.Errorf("in 2023 %s", got)
	}
	lower := d.IRN(on(now))
	d.DocDtls.No = "9SQ5E2"
	if upper := d.IRN(on(now)); lower != upper || upper != nic.IRN("02AMBPG7773M002", "2023-24", "INV", "9SQ5E2") {
		t.Errorf("in 2026 %s and %s", lower, upper)
	}
	d.DocDtls.Dt = "31/03/2023"
	if got := d.IRN(on(now)); got != nic.IRN("02AMBPG7773M002", "2022-23", "INV", "9SQ5E2") {
		t.Error("March is of the year before")
	}
}
