package irpapi_test

import (
	"regexp"
	"testing"
	"time"
)

// The times of NIC's recordings. Generate answers with the seconds, as the signed copies have them. NIC keeps every
// other time to the nearest minute, and gives an e-way bill the time of its invoice.
func TestTimesAsRecorded(t *testing.T) {
	w := open(t).world(t)
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api")
	for _, c := range []struct{ acknowledged, kept string }{
		{"2021-01-05 14:20:03", "2021-01-05 14:20:00"},
		{"2023-07-06 16:42:38", "2023-07-06 16:43:00"},
		{"2023-09-14 13:20:56", "2023-09-14 13:21:00"},
		{"2023-10-03 15:08:39", "2023-10-03 15:09:00"},
		{"2024-04-11 09:29:42", "2024-04-11 09:30:00"},
		{"2025-03-15 19:59:08", "2025-03-15 19:59:00"},
		{"2025-03-15 20:59:29", "2025-03-15 20:59:00"}, // the last three are not recorded
		{"2025-03-15 21:59:30", "2025-03-15 22:00:00"},
		{"2025-03-15 23:59:30", "2025-03-16 00:00:00"},
	} {
		t.Run(c.acknowledged, func(t *testing.T) {
			u := u.as(func(u *caller) { u.w = w.in(t) })
			at := moment(t, c.acknowledged)
			u.w.clock(at.Format("2006-01-02T15:04:05") + "+05:30")
			u.login()
			doc := changed(invoice("T/"+at.Format("150405")), "DocDtls", object{"Dt": at.Format("02/01/2006")})
			doc["EwbDtls"] = with(byRoad, object{"TransDocDt": nil})
			e := u.generate(doc)
			made := e.good()
			irn := made["Irn"].(string)
			same(t, "AckDt of generate", made["AckDt"], c.acknowledged)
			_, signed := jwsOpen(t, made["SignedInvoice"].(string),
				u.w.control("GET", "/signing-certificates/sandbox.pem", nil).body)
			same(t, "AckDt of the signed copy", regexp.MustCompile(`"AckDt":"([^"]*)"`).FindStringSubmatch(signed)[1],
				c.acknowledged)
			same(t, "EwbDt of generate", made["EwbDt"], c.kept)
			same(t, "EwbValidTill", made["EwbValidTill"], // the computed distance is that of three days
				moment(t, c.kept).AddDate(0, 0, 3).Format(time.DateOnly)+" 23:59:00")
			same(t, "Remarks", made["Remarks"], nil)

			read := u.byIRN(irn).good()
			same(t, "AckDt of a read", read["AckDt"], c.kept)
			same(t, "EwbDt of a read", read["EwbDt"], c.kept)
			duplicate := u.generate(doc).refused("2150").doc["InfoDtls"].([]any)[0].(object)["Desc"].(object)
			same(t, "AckDt of DUPIRN", duplicate["AckDt"], c.kept)
			same(t, "EwbDt of the e-way bill", u.ewb(irn).good()["EwbDt"], c.kept)

			cancelled, code := u.ewayapi("CANEWB", aesSeal(u.sek, []byte(`{"ewbNo":`+digitsOf(e.data, "EwbNo")+`}`)))
			same(t, "code of the e-way bill's cancellation", code, "")
			same(t, "cancelDate of the e-way bill", cancelled["cancelDate"],
				moment(t, c.kept).Format("02/01/2006 03:04:05 PM"))
			again := with(doc["EwbDtls"].(object), object{"Irn": irn})
			same(t, "EwbDt of an e-way bill by IRN",
				u.call("POST", "/eiewb/v1.03/ewaybill", encode(t, again)).good()["EwbDt"], c.kept)

			other := u.generate(changed(with(doc, object{"EwbDtls": nil}), "DocDtls", object{"No": "U/" + at.Format("150405")}))
			same(t, "CancelDate", u.cancel(other.good()["Irn"].(string)).good()["CancelDate"], c.kept)
		})
	}
}

func moment(t *testing.T, written string) time.Time {
	t.Helper()
	at, err := time.Parse(time.DateTime, written)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func same(t *testing.T, what string, got, want any) {
	t.Helper()
	if got != want {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// Windows end after whole seconds, also on a clock that was frozen between two seconds.
func TestWindowsOnAClockWithFractions(t *testing.T) {
	w := open(t).world(t)
	w.clock("2026-07-15T10:30:42.875+05:30")
	u := w.user("sandbox", dakshin, sahyadri, "dakshin_api").login()
	made := u.generate(with(invoice("W-1"), object{"EwbDtls": byRoad}))
	irn := made.good()["Irn"].(string)
	w.advance("24h")
	_, code := u.login().ewayapi("CANEWB", aesSeal(u.sek, []byte(`{"ewbNo":`+digitsOf(made.data, "EwbNo")+`}`)))
	same(t, "code of the e-way bill's cancellation", code, "")
	u.cancel(irn).good()
	w.advance("24h")
	u.login().byIRN(irn).good()
	w.advance("1s")
	u.byIRN(irn).refused("2283")
}
