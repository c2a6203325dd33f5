package nic_test

import (
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
)

// NIC's own example, and the IRNs in sandbox tokens of 2020 to 2023.
func TestIRNOfPublishedDocuments(t *testing.T) {
	for _, c := range []struct{ gstin, year, kind, number, want string }{
		{"01AAAAB1234C1Z0", "2019-20", "INV", "AB1234", "35054cc24d97033afc24f49ec4444dbab81f542c555f9d30359dc75794e06bbe"},
		{"09AAAPG7885R002", "2020-21", "INV", "MSI/084", "d27bf67bcab04c7f5af7de6560e3573b0a4caeafaf86e194db0c817f8a264600"},
		{"01AMBPG7773M002", "2022-23", "INV", "SINV-CFY-00067",
			"706daeccda0ef6f818da78f3a2a05a1288731057373002289b46c3229289a2e7"},
		{"01AMBPG7773M002", "2022-23", "CRN", "g2qxhY", "1c96258af085e45da556494ea5e5a7b401a598ab80af4136309c2dac7b54d795"},
		{"01AMBPG7773M002", "2022-23", "DBN", "g2qxhY", "24f37c80532583c6894d8153e2b12494daa80ddbb197f0fc2c1bac07db67f933"},
		{"02AMBPG7773M002", "2023-24", "INV", "9sQ5E2", "2ecc42a8e81dcbbb56923e4bd046c861ce7374060bd31875ce35447e922c9399"},
	} {
		if got := nic.IRN(c.gstin, c.year, c.kind, c.number); got != c.want {
			t.Errorf("IRN of %s %s = %s, want %s", c.kind, c.number, got, c.want)
		}
	}
}

func TestFinancialYear(t *testing.T) {
	for day, want := range map[string]string{
		"2020-03-31": "2019-20", "2020-04-01": "2020-21", "2023-01-15": "2022-23", "2000-01-01": "1999-00",
		"2009-12-31": "2009-10",
	} {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if got := nic.FinancialYear(at); got != want {
			t.Errorf("FinancialYear(%s) = %s, want %s", day, got, want)
		}
	}
}
