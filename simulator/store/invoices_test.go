package store_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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
		BuyerGSTIN: "29ABCPD1234E2Z9", ClientID: konkan.ClientID, Username: "dakshin_api",
		Document: store.DocumentKey{GSTIN: dakshin.GSTIN, Type: "INV", Number: "A/1",
			Date: "22/11/2026"},
		AckNo: 112610000000001, AckDt: noon, SignedInvoice: "a.b.c", SignedQRCode: "d.e.f", Status: nic.InvoiceActive,
		CancelledAt: noon.Add(time.Hour), CancelReason: "2", CancelRemarks: "a mistake",
	}
	bill = store.EWayBill{
		No: 331000000001, Environment: nic.Sandbox, IRN: invoice.IRN, GeneratedBy: dakshin.GSTIN, At: noon,
		ValidTill: noon.Add(time.Hour), Status: nic.InvoiceActive,
		Movements: []store.Movement{{
			From: store.Place{Location: "Bengaluru", Pincode: "560001"}, To: store.Place{Location: "Pune", Pincode: "411001"},
			Mode: "1", Vehicle: "KA01AB1234", Document: "LR1", At: noon,
		}},
	}
)

// invoices checks the promises for the e-Invoice API's records.
func invoices() []testCase {
	return []testCase{
		{"a token and an invoice are found by all their names", func(t *testing.T, s store.Store) {
			update(t, s, func(tx store.Tx) error {
				return errors.Join(tx.PutToken(token), tx.AddInvoice(invoice), tx.PutEWayBill(bill))
			})
			view(t, s, func(r store.Reader) error {
				holdsInvoice(t, r, invoice)
				has(t, "Token", token)(r.Token(token.Environment, token.Value))
				has(t, "TokenOf", token)(r.TokenOf(token.Environment, token.ClientID, token.Username))
				lacks[store.Token](t, "Token elsewhere")(r.Token(nic.Production, token.Value))
				lacks[store.Token](t, "TokenOf elsewhere")(r.TokenOf(nic.Production, token.ClientID, token.Username))
				lacks[store.Invoice](t, "Invoice elsewhere")(r.Invoice(nic.Production, invoice.IRN))
				lacks[store.Invoice](t, "InvoiceByDocument elsewhere")(r.InvoiceByDocument(nic.Production, invoice.Document))
				has(t, "EWayBill", bill)(r.EWayBill(bill.Environment, bill.No))
				has(t, "EWayBillOf", bill)(r.EWayBillOf(bill.Environment, invoice.IRN))
				lacks[store.EWayBill](t, "EWayBill elsewhere")(r.EWayBill(nic.Production, bill.No))
				lacks[store.EWayBill](t, "EWayBillOf elsewhere")(r.EWayBillOf(nic.Production, invoice.IRN))
				return nil
			})
		}},
		{"a rejected invoice is found by its supplier and its day, and one that is deleted is not", func(t *testing.T,
			s store.Store) {
			before := invoice
			rejected := invoice
			rejected.RejectedAt, rejected.RejectedFor = time.Date(2026, 11, 22, 18, 29, 59, 0, time.UTC), "EY" // 23:59:59 IST
			found := func(env nic.Environment, gstin string, day int) (list []store.Invoice) {
				view(t, s, func(r store.Reader) (err error) {
					list, err = r.RejectedInvoices(env, gstin, time.Date(2026, 11, day, 0, 0, 0, 0, nic.IST))
					return err
				})
				return list
			}
			update(t, s, func(tx store.Tx) error { return tx.AddInvoice(before) })
			if got := found(invoice.Environment, invoice.SellerGSTIN, 22); len(got) > 0 {
				t.Errorf("an invoice that is not rejected is found: %v", got)
			}
			update(t, s, func(tx store.Tx) error { return tx.PutInvoice(rejected) })
			if diff := cmp.Diff([]store.Invoice{rejected}, found(invoice.Environment, invoice.SellerGSTIN, 22)); diff != "" {
				t.Error(diff)
			}
			others := slices.Concat(found(invoice.Environment, invoice.SellerGSTIN, 23),
				found(nic.Production, invoice.SellerGSTIN, 22), found(invoice.Environment, invoice.BuyerGSTIN, 22))
			if len(others) > 0 {
				t.Errorf("found elsewhere: %v", others)
			}
			update(t, s, func(tx store.Tx) error { return tx.DeleteInvoice(invoice.Environment, invoice.IRN) })
			view(t, s, func(r store.Reader) error {
				lacks[store.Invoice](t, "the deleted one")(r.Invoice(invoice.Environment, invoice.IRN))
				lacks[store.Invoice](t, "by its document")(r.InvoiceByDocument(invoice.Environment, invoice.Document))
				return nil
			})
			if got := found(invoice.Environment, invoice.SellerGSTIN, 22); len(got) > 0 {
				t.Errorf("a deleted invoice is found: %v", got)
			}
		}},
		{"a token replaces the one that its client and user had", func(t *testing.T, s store.Store) {
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
		{"an invoice is added once, then replaced, and outlives every sweep", func(t *testing.T, s store.Store) {
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
		{"a document has one invoice", func(t *testing.T, s store.Store) {
			other := invoice
			other.IRN = "b1a6"
			update(t, s, func(tx store.Tx) error {
				is(t, "AddInvoice", tx.AddInvoice(invoice), nil)
				is(t, "AddInvoice of the same document", tx.AddInvoice(other), store.ErrExists)
				is(t, "PutInvoice of the same document", tx.PutInvoice(other), store.ErrExists)
				return nil
			})
			view(t, s, func(r store.Reader) error {
				holdsInvoice(t, r, invoice)
				lacks[store.Invoice](t, "the other")(r.Invoice(other.Environment, other.IRN))
				return nil
			})
		}},
		{"an invoice may have several e-way bills, and an e-way bill no invoice", func(t *testing.T, s store.Store) {
			second, alone := bill, bill
			second.No, alone.No, alone.IRN = 331000000000, 331000000003, ""
			update(t, s, func(tx store.Tx) error {
				return errors.Join(tx.PutEWayBill(bill), tx.PutEWayBill(second), tx.PutEWayBill(alone), tx.PutEWayBill(bill))
			})
			view(t, s, func(r store.Reader) error {
				has(t, "the last that was added", second)(r.EWayBillOf(bill.Environment, bill.IRN))
				has(t, "all, the first first", []store.EWayBill{bill, second})(r.EWayBillsOf(bill.Environment, bill.IRN))
				none[store.EWayBill](t, "all of no IRN")(r.EWayBillsOf(alone.Environment, ""))
				has(t, "the first", bill)(r.EWayBill(bill.Environment, bill.No))
				has(t, "one without an invoice", alone)(r.EWayBill(alone.Environment, alone.No))
				lacks[store.EWayBill](t, "that of no IRN")(r.EWayBillOf(alone.Environment, ""))
				return nil
			})
		}},
		{"the newest invoices come first, as many as are wanted", func(t *testing.T, s store.Store) {
			numbered := func(no string) store.Invoice {
				i := invoice
				i.IRN, i.Document.Number = no, no
				return i
			}
			for _, no := range []string{"m", "z", "a"} {
				update(t, s, func(tx store.Tx) error { return tx.AddInvoice(numbered(no)) })
			}
			fails := func(tx store.Tx) error { return errors.Join(tx.AddInvoice(numbered("lost")), errChanged) }
			is(t, "Update", s.Update(t.Context(), fails), errChanged)
			update(t, s, func(tx store.Tx) error {
				return errors.Join(tx.PutInvoice(numbered("z")), tx.AddInvoice(numbered("k"))) // a replaced record keeps its place
			})
			view(t, s, func(r store.Reader) error {
				irn := func(i store.Invoice) string { return i.IRN }
				for page, want := range map[store.Page][]string{
					{}: {"k", "a", "z", "m"}, {Limit: 1}: {"k"}, {Limit: 3}: {"k", "a", "z"}, {Limit: 9}: {"k", "a", "z", "m"},
					{After: "k", Limit: 2}: {"a", "z"}, {After: "a"}: {"z", "m"}, {After: "m"}: nil,
				} {
					inOrder(t, fmt.Sprintf("Invoices(%+v)", page), irn, want...)(r.Invoices(nic.Sandbox, page))
				}
				none[store.Invoice](t, "elsewhere")(r.Invoices(nic.Production, store.Page{}))
				_, err := r.Invoices(nic.Production, store.Page{After: "k"})
				is(t, "after an invoice that is elsewhere", err, store.ErrNotFound)
				for most, want := range map[int]int{9: 4, 4: 4, 3: 3} {
					if n, err := r.CountInvoices(nic.Sandbox, most); n != want || err != nil {
						t.Errorf("CountInvoices of at most %d: %d, %v", most, n, err)
					}
				}
				return nil
			})
		}},
		{"a unit that fails takes back tokens and invoices", func(t *testing.T, s store.Store) {
			write := func(tx store.Tx) error {
				return errors.Join(tx.PutToken(token), tx.AddInvoice(invoice), tx.PutEWayBill(bill), errChanged)
			}
			is(t, "Update", s.Update(t.Context(), write), errChanged)
			view(t, s, func(r store.Reader) error {
				lacks[store.Token](t, "TokenOf")(r.TokenOf(token.Environment, token.ClientID, token.Username))
				lacks[store.Invoice](t, "Invoice")(r.Invoice(invoice.Environment, invoice.IRN))
				lacks[store.Invoice](t, "InvoiceByDocument")(r.InvoiceByDocument(invoice.Environment, invoice.Document))
				lacks[store.EWayBill](t, "EWayBill")(r.EWayBill(bill.Environment, bill.No))
				lacks[store.EWayBill](t, "EWayBillOf")(r.EWayBillOf(bill.Environment, bill.IRN))
				return nil
			})
		}},
	}
}

func holdsInvoice(t *testing.T, r store.Reader, want store.Invoice) {
	t.Helper()
	has(t, "Invoice", want)(r.Invoice(want.Environment, want.IRN))
	has(t, "InvoiceByDocument", want)(r.InvoiceByDocument(want.Environment, want.Document))
}
