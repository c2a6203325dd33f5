package main

import (
	"encoding/json"
	"regexp"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// dateForm is how NIC writes dates.
const dateForm = "02/01/2006"

// datesOfInvoice finds the dates of an invoice: the names of all end in Dt.
var datesOfInvoice = regexp.MustCompile(`("\w*Dt"\s*:\s*")(\d{2}/\d{2}/\d{4})"`)

// dated moves the dates of an invoice, so that the document is of a day and the other dates keep their distance. An
// invoice without a date that is one is returned unchanged.
func dated(text string, day time.Time) string {
	var document struct{ DocDtls struct{ Dt string } }
	if err := json.Unmarshal([]byte(text), &document); err != nil {
		return text
	}
	was, err := time.ParseInLocation(dateForm, document.DocDtls.Dt, nic.IST)
	if err != nil {
		return text
	}
	noon := was.Add(12 * time.Hour)
	distance := day.Sub(noon).Round(24 * time.Hour)
	return datesOfInvoice.ReplaceAllStringFunc(text, func(member string) string {
		parts := datesOfInvoice.FindStringSubmatch(member)
		at, err := time.ParseInLocation(dateForm, parts[2], nic.IST)
		if err != nil {
			return member
		}
		return parts[1] + at.Add(distance).Format(dateForm) + `"`
	})
}
