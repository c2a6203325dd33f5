// Command fill puts copies of an invoice and of an API user into the world "default" of a directory of
// `nicsim serve --data`, without signing them. `make scale` uses it to measure a world with a million of each.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/store/sqlstore"
)

// digits is how many digits a document number ends with. They are counted up from one copy to the next.
const digits = 9

// together is how many copies are kept in one unit.
const together = 10_000

func main() {
	dir := flag.String("data", "", "`directory` of a nicsim that does not run")
	from := flag.Int("from", 2, "`number` of the first copy")
	to := flag.Int("to", 1_000_000, "`number` of the last copy")
	flag.Parse()
	if *dir == "" || flag.NArg() > 0 || *from < 0 || *to < *from {
		fmt.Fprintln(os.Stderr, "fill: -data is needed, -from is at most -to, and there are no other arguments")
		os.Exit(2)
	}
	if err := fill(context.Background(), *dir, *from, *to); err != nil {
		fmt.Fprintln(os.Stderr, "fill:", err)
		os.Exit(1)
	}
}

// fill copies the newest invoice and the first API user of the trial environment.
func fill(ctx context.Context, dir string, from, to int) (err error) {
	d, err := sqlstore.OpenSQLite(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.Close()) }()
	world, err := d.Open(ctx, "default")
	if err != nil {
		return err
	}
	var o originals
	if err := world.View(ctx, o.read); err != nil {
		return err
	}
	forms := map[string]store.Form{}
	for _, f := range store.Forms(store.Nowhere) {
		forms[f.Name] = f
	}
	for ; from <= to; from += together {
		var invoices, users []any
		for n := from; n <= min(to, from+together-1); n++ {
			invoices, users = append(invoices, o.invoiceOf(n)), append(users, o.userOf(n))
		}
		err := world.Update(ctx, func(tx store.Tx) error {
			return errors.Join(tx.AddRecords(forms["invoices"], invoices), tx.AddRecords(forms["apiUsers"], users))
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// originals are the records that are copied.
type originals struct {
	invoice store.Invoice
	year    string // the financial year of its IRN
	user    store.APIUser
}

func (o *originals) read(r store.Reader) error {
	invoices, err := r.Invoices(nic.Sandbox, store.Page{Limit: 1})
	if err != nil {
		return err
	}
	users, err := r.APIUsers(nic.Sandbox, store.Page{Limit: 1})
	if err != nil {
		return err
	}
	if len(invoices) == 0 || len(users) == 0 || len(invoices[0].Document.Number) < digits {
		return fmt.Errorf("the world needs an API user, and an invoice whose number ends with %d digits", digits)
	}
	o.invoice, o.user, o.year = invoices[0], users[0], nic.FinancialYear(invoices[0].AckDt.In(nic.IST))
	return nil
}

func (o *originals) invoiceOf(n int) store.Invoice {
	i := o.invoice
	number := i.Document.Number[:len(i.Document.Number)-digits]
	i.Document.Number = fmt.Sprintf("%s%0*d", number, digits, n)
	i.IRN = nic.IRN(i.SellerGSTIN, o.year, i.Document.Type, i.Document.Number)
	i.AckNo += int64(n)
	return i
}

// userOf gives ten users to each taxpayer.
func (o *originals) userOf(n int) store.APIUser {
	u := o.user
	u.Username = fmt.Sprintf("fill_%0*d", digits, n)
	u.GSTIN = fmt.Sprintf("29FILP%c%04dF1Z5", 'A'+n/100_000%26, n/10%10_000)
	return u
}
