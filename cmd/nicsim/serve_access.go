package main

import (
	"fmt"

	"github.com/spf13/pflag"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/httpd"
)

// accessFlags are the flags of serve for who may use the control API and the dashboard.
type accessFlags struct {
	token tokenFlags
	open  bool
}

func (f *accessFlags) register(flags *pflag.FlagSet) {
	f.token.register(flags)
	flags.BoolVar(&f.open, "allow-open-control", false, "let everyone who can reach the control API use it without a "+
		"token,\non an address that is not loopback too")
}

// apply puts what the flags say into the addresses and the options.
func (f *accessFlags) apply(a *simulator.Addresses, o *simulator.Options) (err error) {
	if o.ControlToken, err = f.token.read(); err != nil {
		return err
	}
	if _, err := httpd.NewAccess(o.ControlToken); err != nil {
		return wrongUse{fmt.Errorf("--control-token: %w", err), "as 'openssl rand -hex 24' makes one"}
	}
	a.AllowOpenControl = f.open
	return nil
}

// warnOfOpenControl prints a warning if other machines can use the control API without a token.
func (p program) warnOfOpenControl(a simulator.Addresses, o simulator.Options) {
	if o.ControlToken == "" && !simulator.IsLoopback(a.Control) {
		_, _ = fmt.Fprintf(p.err, "nicsim: warning: everyone who can reach %s can read every OTP and change every world; "+
			"--control-token-file protects it\n", a.Control)
	}
}
