package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/simulator"
)

// doctor has the flags of one `nicsim doctor`. Those of serve have its defaults.
type doctor struct {
	addresses      simulator.Addresses
	access         accessFlags
	secure         tlsFlags
	data, database string
	sandboxKey     string // files
	productionKey  string
	json           bool
}

func (p program) doctor() *cobra.Command {
	var d doctor
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Check what 'nicsim serve' needs of this machine, and the keys of a client",
		Long: `Checks, before 'nicsim serve' with the same flags and variables or beside it: that each
port is free, or that a simulator answers there; that a control API that others can
reach has a token; that the directory of --data can be written; that the database of
--data or --database can be opened and written, and has tables that this nicsim knows;
that the clock is plausible; that the certificate is valid for the hosts, or that the
certificate authority (CA) of --tls is in order. With --sandbox-key and
--production-key it checks that a client encrypts with the right key: the one of the
sandbox is often given for production.

A check is ok, has a warning, or failed.

Exit codes: 0 no check failed, 1 some failed, 2 wrong use.`,
		Example: `  nicsim doctor
  nicsim doctor --tls --allow-host nicsim.example --json
  nicsim doctor --sandbox-key keys/sandbox.pem --production-key keys/live.pem`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.runDoctor(cmd.Context(), d) },
	}
	flags := cmd.Flags()
	addressFlags(flags, &d.addresses, usualAddresses)
	d.access.register(flags)
	d.secure.register(flags)
	flags.StringVar(&d.data, "data", "", "`directory` in which serve keeps its worlds")
	flags.StringVar(&d.database, "database", "", "`URL` of the database of serve, as in postgres://host/name")
	flags.StringVar(&d.sandboxKey, "sandbox-key", "", "`file` with the public key that your client uses for the sandbox, in PEM")
	flags.StringVar(&d.productionKey, "production-key", "", "`file` with the one that it uses for production")
	flags.BoolVar(&d.json, "json", false, "print one JSON document instead of text")
	return cmd
}

// The results of a check.
const (
	checkOK      = "ok"
	checkWarning = "warning"
	checkFailed  = "failed"
)

// check is a check and its result.
type check struct {
	Name   string `json:"name"`
	Status string `json:"status"`
	Detail string `json:"detail"`
	Hint   string `json:"hint,omitempty"`
}

func ok(name, detail string) check            { return check{name, checkOK, detail, ""} }
func warning(name, detail, hint string) check { return check{name, checkWarning, detail, hint} }
func failed(name, detail, hint string) check  { return check{name, checkFailed, detail, hint} }

// diagnosis is what the doctor found.
type diagnosis struct {
	Good   bool    `json:"good"`
	Checks []check `json:"checks"`
}

func (p program) runDoctor(ctx context.Context, d doctor) error {
	var options simulator.Options
	if err := checkAddresses(d.addresses); err != nil {
		return err
	}
	if err := d.access.apply(&d.addresses, &options); err != nil {
		return err
	}
	var err error
	if d.addresses.Public, err = publicURLs(d.secure.public); err != nil {
		return err
	}
	found := diagnosis{Good: true}
	found.Checks = append(found.Checks, d.ports(ctx)...)
	found.Checks = append(found.Checks, d.control(options.ControlToken)...)
	measured := "" // a temporary directory
	if d.data != "" {
		c := checkDirectory(d.data)
		found.Checks = append(found.Checks, c)
		if c.Status != checkFailed {
			measured = d.data
		}
	}
	if d.database != "" || measured != "" {
		found.Checks = append(found.Checks, checkDatabase(ctx, d.database, measured))
	}
	found.Checks = append(found.Checks, checkClock(measured))
	found.Checks = append(found.Checks, d.certificate()...)
	keys, err := d.keys()
	if err != nil {
		return err
	}
	found.Checks = append(found.Checks, keys...)
	for _, c := range found.Checks {
		found.Good = found.Good && c.Status != checkFailed
	}
	if err := p.report(d.json, found); err != nil {
		return err
	}
	if !found.Good {
		return exit{exitNotConformant}
	}
	return nil
}

func (f diagnosis) print(page page) error {
	rows := make([][]string, 0, len(f.Checks))
	for _, c := range f.Checks {
		text := c.Detail
		if c.Hint != "" {
			text += "; " + strings.TrimSuffix(c.Hint, ".")
		}
		rows = append(rows, []string{c.Status, c.Name, text})
	}
	page.table(0, rows)
	return page.err
}
