package storetest

import (
	"errors"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
)

var (
	token = store.Token{
		Value: "k3bL0zPq8Rj5Tn2Wc7Xv4Ym1A", Environment: nic.Sandbox, ClientID: konkan.ClientID, Username: "dakshin_api",
		GSTIN: dakshin.GSTIN, SEK: []byte("a key of thirty-two bytes, no more"), IssuedAt: noon,
		ExpiresAt: noon.Add(time.Hour),
	}
	invoice = store.Invoice{
		IRN: "b1a5", Environment: nic.Sandbox, SellerGSTIN: dakshin.GSTIN, OperatorGSTIN: "29ABCCO4680D1CN",
		BuyerGSTIN: "29ABCPD1234E2Z9", Document: store.DocumentKey{GSTIN: dakshin.GSTIN, Type: "INV", Number: "A/1",
			Date: "22/11/2026"},
		AckNo: 112610000000001, AckDt: noon, SignedInvoice: "a.b.c", SignedQRCode: "d.e.f", Status: nic.InvoiceActive,
		CancelledAt: noon.Add(time.Hour), Remarks: "none",
		EWayBill: store.EWayBill{No: 331000000001, GeneratedBy: dakshin.GSTIN, At: noon, ValidTill: noon.Add(time.Hour),
			Status: nic.InvoiceActive},
	}
)

// invoices is what is promised of the e-Invoice API's records.
func invoices() []Case {
	return []Case{
		{"a token and an invoice are found by all their names", func(t T, s store.Store) {
			update(t, s, func(tx store.Tx) error { return errors.Join(tx.PutToken(token), tx.AddInvoice(invoice)) })
			view(t, s, func(r store.Reader) error {
				holdsInvoice(t, r, invoice)
				has(t, "Token", token)(r.Token(token.Environment, token.Value))
				has(t, "TokenOf", token)(r.TokenOf(token.Environment, token.ClientID, token.Username))
				lacks[store.Token](t, "Token elsewhere")(r.Token(nic.Production, token.Value))
				lacks[store.Token](t, "TokenOf elsewhere")(r.TokenOf(nic.Production, token.ClientID, token.Username))
				lacks[store.Invoice](t, "Invoice elsewhere")(r.Invoice(nic.Production, invoice.IRN))
				lacks[store.Invoice](t, "InvoiceByDocument elsewhere")(r.InvoiceByDocument(nic.Production, invoice.Document))
				lacks[store.Invoice](t, "InvoiceByEWayBill elsewhere")(r.InvoiceByEWayBill(nic.Production, invoice.EWayBill.No))
				return nil
			})
		}},
		{"a token replaces the one that its client and user had", func(t T, s store.Store) {
			next := token
			next.Value, next.ExpiresAt = "another", noon.Add(2*time.Hour)
			update(t, s, func(tx store.Tx) error { return errors.Join(tx.PutToken(token), tx.PutToken(next)) })
			view(t, s, func(r store.Reader) error {
				lacks[store.Token](t, "the old one")(r.Token(token.Environment, token.Value))
				has(t, "TokenOf", next)(r.TokenOf(token.Environment, token.ClientID, token.Username))
				return nil
			})
			update(t, s, func(tx store.Tx) error { return tx.Sweep(noon.Add(90 * time.Minute)) })
			view(t, s, func(r store.Reader) error {
				has(t, "the new one", next)(r.Token(next.Environment, next.Value))
				return nil
			})
			update(t, s, func(tx store.Tx) error { return tx.Sweep(noon.Add(3 * time.Hour)) })
			view(t, s, func(r store.Reader) error {
				lacks[store.Token](t, "swept, by value")(r.Token(next.Environment, next.Value))
				lacks[store.Token](t, "swept, by owner")(r.TokenOf(next.Environment, next.ClientID, next.Username))
				return nil
			})
		}},
		{"an invoice is added once, then replaced, and outlives every sweep", func(t T, s store.Store) {
			cancelled := invoice
			cancelled.Status = nic.InvoiceCancelled
			update(t, s, func(tx store.Tx) error {
				is(t, "the first", tx.AddInvoice(invoice), nil)
				is(t, "the second", tx.AddInvoice(cancelled), store.ErrExists)
				holdsInvoice(t, tx, invoice)
				return errors.Join(tx.PutInvoice(cancelled), tx.Sweep(noon.AddDate(100, 0, 0)))
			})
			view(t, s, func(r store.Reader) error { holdsInvoice(t, r, cancelled); return nil })
		}},
		{"the newest invoices come first, as many as are wanted", func(t T, s store.Store) {
			numbered := func(no string) store.Invoice {
				i := invoice
				i.IRN, i.Document.Number, i.EWayBill = no, no, store.EWayBill{}
				return i
			}
			for _, no := range []string{"m", "z", "a"} {
				update(t, s, func(tx store.Tx) error { return tx.AddInvoice(numbered(no)) })
			}
			fails := func(tx store.Tx) error { return errors.Join(tx.AddInvoice(numbered("lost")), errChanged) }
			is(t, "Update", s.Update(t.Context(), fails), errChanged)
			update(t, s, func(tx store.Tx) error {
				return errors.Join(tx.PutInvoice(numbered("z")), tx.AddInvoice(numbered("k"))) // replacing one does not move it
			})
			view(t, s, func(r store.Reader) error {
				for limit, want := range [][]string{{}, {"k"}, {"k", "a"}, {"k", "a", "z"}, {"k", "a", "z", "m"},
					{"k", "a", "z", "m"}} {
					list, total, err := r.Invoices(nic.Sandbox, limit)
					inOrder(t, "Invoices", func(i store.Invoice) string { return i.IRN }, want...)(list, err)
					if total != 4 {
						t.Errorf("there are said to be %d invoices", total)
					}
				}
				list, total, err := r.Invoices(nic.Production, 9)
				if len(list) != 0 || total != 0 || err != nil {
					t.Errorf("elsewhere there are %d of %d invoices, %v", len(list), total, err)
				}
				return nil
			})
		}},
		{"a unit that fails takes back tokens and invoices", func(t T, s store.Store) {
			write := func(tx store.Tx) error {
				return errors.Join(tx.PutToken(token), tx.AddInvoice(invoice), errChanged)
			}
			is(t, "Update", s.Update(t.Context(), write), errChanged)
			view(t, s, func(r store.Reader) error {
				lacks[store.Token](t, "TokenOf")(r.TokenOf(token.Environment, token.ClientID, token.Username))
				lacks[store.Invoice](t, "Invoice")(r.Invoice(invoice.Environment, invoice.IRN))
				lacks[store.Invoice](t, "InvoiceByDocument")(r.InvoiceByDocument(invoice.Environment, invoice.Document))
				lacks[store.Invoice](t, "InvoiceByEWayBill")(r.InvoiceByEWayBill(invoice.Environment, invoice.EWayBill.No))
				return nil
			})
		}},
	}
}

func holdsInvoice(t T, r store.Reader, want store.Invoice) {
	t.Helper()
	has(t, "Invoice", want)(r.Invoice(want.Environment, want.IRN))
	has(t, "InvoiceByDocument", want)(r.InvoiceByDocument(want.Environment, want.Document))
	has(t, "InvoiceByEWayBill", want)(r.InvoiceByEWayBill(want.Environment, want.EWayBill.No))
}
