// Package invoice judges invoices as NIC's Invoice Registration Portal (IRP) does.
//
// [Judge] does all of it: [Parse] reads the JSON and checks it against the schema, [Check] applies the
// business rules and collects their violations, and [Shipment.Check] applies those of an e-way bill.
// Each rule is one row of a table; the files group them by subject: document, parties, places, PIN codes,
// supply, lines, taxes, totals, e-way bill, transport. A row has NIC's code, the sentence that the rule enforces, its
// source, and the check.
//
// [Facts] are the other inputs of a judgement: the taxpayers, the day, the caller. Nothing here uses
// HTTP, a store or a clock. Money is decimal and keeps the digits that the client sent;
// [Document.SignedInvoice] and [Document.QR] write them unchanged.
package invoice

import "github.com/nicsim/nicsim/simulator/irp/invoice/schema"

// Violation is one violation of the schema or of a rule: NIC's code and words, and for the journal the JSON path,
// the rule's name and the value that would have passed.
type Violation = schema.Violation
