package invoice_test

import (
	"fmt"
	"time"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/rulebook"
	"github.com/nicsim/nicsim/simulator/settings"
)

// An invoice whose tax does not match its rate gets no IRN.
func ExampleJudge() {
	now := time.Date(2026, time.July, 15, 10, 30, 0, 0, nic.IST)
	document, err := invoice.Sample{Today: now}.Document()
	if err != nil {
		fmt.Println(err)
		return
	}
	document.ItemList[0].GstRt = document.ItemList[0].Qty // 1 percent instead of 18

	facts := invoice.Facts{Now: now, Book: rulebook.New(new(settings.Default()), nic.Sandbox, now)}
	verdict, err := invoice.Judge(document.JSON(), facts, func(gstin string) (invoice.Taxpayer, bool, error) {
		taxpayer, known := invoice.Synthetic(gstin)
		return taxpayer, known, nil
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("registers:", verdict.Registers())
	for _, v := range verdict.Violations {
		fmt.Println(v.Code, v.Path, v.Rule)
	}
	// Output:
	// registers: false
	// 2234 ItemList[0].CgstAmt cgst-and-sgst
}
