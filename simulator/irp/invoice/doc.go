// Package invoice judges invoices as NIC's Invoice Registration Portal does.
//
// [Parse] reads the JSON that a client sent and holds it against the schema; [Check] applies the
// business rules, one after the other, and collects what they refuse. Each rule is one row of a
// table, grouped in files by what it is about: document, parties, places, supply, lines, totals,
// e-way bill. A row has NIC's code, the sentence that the rule enforces, where NIC says so, and the
// check itself.
//
// What a judgement depends on besides the document, who is registered, what day it is, who asks,
// comes in as [Facts]. Nothing here knows HTTP, a store or a clock. Money is decimal, and keeps the
// digits that the client sent: [Document.SignedInvoice] and [Document.QR] write them as they came.
package invoice

import "github.com/nicsim/nicsim/simulator/irp/invoice/schema"

// Violation is one thing that is wrong with a document: NIC's code and words, and for the journal the
// JSON path, the rule's name and the value that would have passed.
type Violation = schema.Violation
