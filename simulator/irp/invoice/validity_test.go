package invoice_test

import (
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
)

// The first row is published: 2,467 km, made on 16/09/2022 and valid till 29/09/2022.
func TestValidTill(t *testing.T) {
	for _, c := range []struct {
		km, vehicle, made, want string
	}{
		{"2467", "R", "2022-09-16 10:00:00", "2022-09-29 23:59:00"},
		{"200", "R", "2026-07-15 23:59:59", "2026-07-16 23:59:00"},
		{"201", "R", "2026-07-15 00:00:00", "2026-07-17 23:59:00"},
		{"1", "R", "2026-02-28 12:00:00", "2026-03-01 23:59:00"},
		{"20", "O", "2026-07-15 12:00:00", "2026-07-16 23:59:00"},
		{"21", "O", "2026-07-15 12:00:00", "2026-07-17 23:59:00"},
	} {
		doc := sample(t, "B2B")
		merge(byRoad, sent(c.km), edits{"EwbDtls.VehType": c.vehicle}).apply(doc)
		d, violations := invoice.Parse(encode(t, doc))
		if violations != nil {
			t.Fatal(violations)
		}
		made, err := time.ParseInLocation(time.DateTime, c.made, nic.IST)
		if err != nil {
			t.Fatal(err)
		}
		if got := d.Shipment().ValidTill(made.UTC(), nil).Format(time.DateTime); got != c.want {
			t.Errorf("%s km (%s) from %s: till %s, want %s", c.km, c.vehicle, c.made, got, c.want)
		}
	}
	doc := sample(t, "B2B")
	partA.apply(doc)
	d, violations := invoice.Parse(encode(t, doc))
	if violations != nil {
		t.Fatal(violations)
	}
	if till := d.Shipment().ValidTill(now, nil); !till.IsZero() {
		t.Errorf("Part A alone is valid till %v", till)
	}
}
