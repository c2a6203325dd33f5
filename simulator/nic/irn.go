package nic

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// IRN computes the invoice reference number of a document: the SHA-256, in 64 lower-case
// hexadecimal digits, of supplier's GSTIN, financial year ("2022-23", see [FinancialYear]), type
// of document (INV, CRN, DBN) and document number, with nothing between them. The rules of the day say
// whether the number is written in capital letters first.
func IRN(supplierGSTIN, financialYear, documentType, number string) string {
	sum := sha256.Sum256([]byte(supplierGSTIN + financialYear + documentType + number))
	return hex.EncodeToString(sum[:])
}

// FinancialYear writes the year from April to March in which a day lies as 2022-23. The day is
// taken as it stands, whatever its zone.
func FinancialYear(day time.Time) string {
	first := day.Year()
	if day.Month() < time.April {
		first--
	}
	return fmt.Sprintf("%04d-%02d", first, (first+1)%100)
}
