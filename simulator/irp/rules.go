package irp

import (
	"github.com/nicsim/nicsim/simulator/rulebook"
)

// The checks of the calls that the setting rules can switch; package invoice has those of invoices. Checks that
// are not here always hold: headers, secrets and tokens, unknown records, and steps in the wrong order.
var (
	ruleClientOfUser = rulebook.Rule{Name: "user-of-client", Code: codeOtherClient, Source: "E",
		Says: "An API user logs in with the client id for which it was made."}
	ruleUserActive = rulebook.Rule{Name: "user-active", Code: codeInactiveUser, Source: "E",
		Says: "The API user is not frozen, and its taxpayer is active and enabled for e-invoicing."}
	ruleRefresh = rulebook.Rule{Name: "token-refresh-window", Source: "NIC's description of Authenticate",
		Says: "A token is renewed before its expiry only in its last ten minutes."}
	ruleTwoPortals = rulebook.Rule{Name: "criss-cross-irp", Code: codeBadPortal, Source: "NIC's note of 2024",
		Says: "The header irp names the portal of the IRP at which a call is made, NIC1 or NIC2."}
	ruleCancelWindow = rulebook.Rule{Name: "cancel-window", Code: codeCancelWindow, Source: "E",
		Says: "An invoice is cancelled within a time after its acknowledgement."}
	ruleCancelEWayBill = rulebook.Rule{Name: "cancel-without-ewb", Code: codeHasEWayBill, Source: "E",
		Says: "An invoice with an active e-way bill is not cancelled."}
	ruleReadWindow = rulebook.Rule{Name: "read-window", Code: codeReadWindow, Source: "E",
		Says: "An invoice is read within a time after its acknowledgement."}
	ruleEWayBillCancel = rulebook.Rule{Name: "ewb-cancel-window", Code: codeEWBLate, Source: ewayBillErrors,
		Says: "An e-way bill without Part B is cancelled within 24 hours of its generation."}
	ruleEWayBillCancelPartB = rulebook.Rule{Name: "ewb-cancel-window-part-b", Code: codeEWBLatePartB,
		Source: ewayBillErrors,
		Says:   "An e-way bill with Part B is cancelled within 24 hours of the entry of Part B."}
	ruleEWayBillOnce = rulebook.Rule{Name: "ewb-once", Code: codeEWayBillExists, Source: "E",
		Says: "An invoice has one active e-way bill."}
)

const ewayBillErrors = "the e-way bill system's list of errors"

// Rules returns the rules of the calls.
func Rules() []rulebook.Rule {
	return []rulebook.Rule{ruleClientOfUser, ruleUserActive, ruleRefresh, ruleTwoPortals, ruleCancelWindow,
		ruleCancelEWayBill, ruleReadWindow, ruleEWayBillOnce, ruleEWayBillCancel, ruleEWayBillCancelPartB}
}

func (i IRP) book() rulebook.Book { return i.world.Book(i.env) }

// wrong reports whether the world has a defect, which is one of the constants of package defect.
func (i IRP) wrong(name string) bool { return i.world.Defects().Has(name) }

func (i IRP) holds(r rulebook.Rule) bool { return i.book().Holds(r.Name) }
