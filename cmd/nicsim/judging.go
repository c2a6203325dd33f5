package main

import (
	"fmt"
	"time"

	"github.com/spf13/pflag"

	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
)

// judging has the flags of the commands that judge invoices.
type judging struct {
	ruleFlags
	gstin, unknown string
	turnover       float64 // crore rupees
	hsnFile        string

	hsn *invoice.HSN
}

func (j *judging) add(flags *pflag.FlagSet, unknown settings.UnknownGSTIN) {
	flags.StringVar(&j.unknown, "unknown", string(unknown),
		"how to treat GSTINs that are not in the fixtures: refuse, or synthesise to `make` taxpayers up")
	flags.Float64Var(&j.turnover, "turnover", 0,
		"turnover, in `crore` rupees, of taxpayers that are made up: rules bind suppliers from a turnover on (default 0)")
	flags.StringVar(&j.gstin, "gstin", "", "`GSTIN` of the caller (default: the supplier's)")
	flags.StringVar(&j.hsnFile, "hsn-file", "",
		"`file` with all HSN codes, one a line (default: their chapters are checked)")
}

// prepare checks the flags and reads the file that they name.
func (j *judging) prepare() (err error) {
	if unknown := settings.UnknownGSTIN(j.unknown); unknown != settings.RefuseUnknown &&
		unknown != settings.SynthesiseUnknown {
		return wrongUse{fmt.Errorf("--unknown: %q is neither refuse nor synthesise", j.unknown),
			"synthesise makes up an active taxpayer for each GSTIN"}
	}
	if !(j.turnover >= 0) { // NaN neither
		return wrongUse{fmt.Errorf("--turnover: %v is negative", j.turnover), "give crore rupees, as in 42.5"}
	}
	j.hsn, err = readHSN(j.hsnFile)
	return err
}

// judge returns the answer of the IRP of a fresh world at a moment.
func (j *judging) judge(text string, env nic.Environment, now time.Time) (invoiceReport, error) {
	facts := invoice.Facts{Requester: normalID(j.gstin), Now: now, HSN: j.hsn, Book: j.book(env, now)}
	verdict, err := invoice.Judge([]byte(text), facts, j.find)
	if err != nil {
		return invoiceReport{}, fmt.Errorf("checking the invoice: %w", err)
	}
	return reportOf(verdict, facts), nil
}

func (j *judging) find(gstin string) (invoice.Taxpayer, bool, error) {
	t, known, err := invoice.FindFixture(gstin)
	if !known && err == nil && j.unknown == string(settings.SynthesiseUnknown) {
		t, known = invoice.Synthetic(gstin)
		t.AATOCrore = j.turnover
	}
	return t, known, err
}
