package main

import (
	"fmt"
	"strings"
	"time"
)

// The taxpayer of the fixtures that registers invoices.
const (
	seller = "29ABCCD1234E1Z1"
	mobile = "9876543210"
	email  = "accounts@dakshin.example"
)

// numberOf returns numbers of one length, so that all requests have the same size.
func numberOf(n int64) string { return fmt.Sprintf("BENCH%09d", n) }

// invoiceOf writes a B2B invoice within one state whose lines are all alike.
func invoiceOf(number int64, day time.Time, lines int) string {
	items := make([]string, lines)
	for i := range items {
		items[i] = fmt.Sprintf(`{"SlNo":"%d","IsServc":"N","PrdDesc":"Bench goods, sort %d","HsnCd":"847130","Qty":1,`+
			`"Unit":"NOS","UnitPrice":1000.00,"TotAmt":1000.00,"AssAmt":1000.00,"GstRt":18,"CgstAmt":90.00,`+
			`"SgstAmt":90.00,"TotItemVal":1180.00}`, i+1, i+1)
	}
	return fmt.Sprintf(`{"Version":"1.1","TranDtls":{"TaxSch":"GST","SupTyp":"B2B"},`+
		`"DocDtls":{"Typ":"INV","No":"%s","Dt":"%s"},`+
		`"SellerDtls":{"Gstin":"`+seller+`","LglNm":"Dakshin Components Private Limited","Addr1":"Old Mill Road",`+
		`"Loc":"Bengaluru","Pin":560001,"Stcd":"29"},`+
		`"BuyerDtls":{"Gstin":"29ABCPD1234E2Z9","LglNm":"Deccan Trading House","Pos":"29","Addr1":"Market Street",`+
		`"Loc":"Hubballi","Pin":580020,"Stcd":"29"},"ItemList":[%s],`+
		`"ValDtls":{"AssVal":%d.00,"CgstVal":%d.00,"SgstVal":%d.00,"TotInvVal":%d.00}}`,
		numberOf(number), day.Format("02/01/2006"), strings.Join(items, ","), 1000*lines, 90*lines, 90*lines, 1180*lines)
}
