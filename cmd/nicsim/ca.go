package main

import (
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"github.com/nicsim/nicsim/internal/localca"
)

func (p program) ca() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "ca",
		Short: "Hand out the CA with which 'nicsim serve --tls' makes its certificates",
		Args:  knownCommand,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	var directory, data, out string
	export := &cobra.Command{
		Use:   "export",
		Short: "Print the certificate of the CA, which clients have to trust",
		Long: `Prints the certificate of the certificate authority (CA) of 'nicsim serve --tls', in
PEM, and its fingerprint on standard error. The CA vouches only for localhost, names
below it, loopback addresses and the hosts that serve was started with, so a client
that trusts it trusts it for nothing else. Its key is not printed.

docs/operate.md says how clients in Go, Python, Node, Java, PHP and curl are given it.

Exit codes: 0 good, 2 wrong use, as without a CA.`,
		Example: `  nicsim ca export --out nicsim-ca.pem
  SSL_CERT_FILE=nicsim-ca.pem nicsim walk --sandbox https://localhost:7001 ...`,
		Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			where, err := caDirectory(directory, data)
			if err != nil {
				return err
			}
			ca, err := localca.Open(where, time.Now)
			switch {
			case errors.Is(err, localca.ErrNone):
				return wrongUse{err, "'nicsim serve --tls' makes one"}
			case err != nil:
				return wrongUse{err, "--ca-dir takes the directory that serve was given"}
			}
			if out == "" {
				_, err = p.out.Write(ca.PEM())
			} else {
				err = writeFile(out, func(w io.Writer) error { _, err := w.Write(ca.PEM()); return err })
			}
			if err != nil {
				return err
			}
			_, _ = fmt.Fprintf(p.err, "SHA-256 fingerprint %s\n", ca.Fingerprint()) // for people
			return nil
		},
	}
	caDirFlag(export.Flags(), &directory)
	export.Flags().StringVar(&data, "data", "", "`directory` that serve was given as --data")
	export.Flags().StringVar(&out, "out", "", "write to this `file` instead")
	cmd.AddCommand(export)
	return cmd
}
