package main

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// commands returns a root with two commands that have different flags.
func commands() (serve *cobra.Command, port *int, name *string) {
	root := &cobra.Command{Use: "nicsim"}
	serve = &cobra.Command{Use: "serve"}
	port = serve.Flags().Int("port", 1, "")
	name = serve.Flags().String("long-name", "", "")
	walk := &cobra.Command{Use: "walk"}
	walk.Flags().String("gstin", "", "")
	root.AddCommand(serve, walk)
	return serve, port, name
}

func TestApplyEnvironment(t *testing.T) {
	for _, c := range []struct {
		name      string
		args      []string
		environ   []string
		port      int
		long      string
		violation string // in the error
	}{
		{"nothing", nil, nil, 1, "", ""},
		{"other variables", nil, []string{"PATH=/bin", "XNICSIM_PORT=7", "nicsim_port=7", "NICSIMPORT=7"}, 1, "", ""},
		{"a flag's", nil, []string{"NICSIM_PORT=2", "NICSIM_LONG_NAME=a=b"}, 2, "a=b", ""},
		{"the flag wins", []string{"--port", "3"}, []string{"NICSIM_PORT=2"}, 3, "", ""},
		{"the flag wins over nonsense", []string{"--port", "3"}, []string{"NICSIM_PORT=two"}, 3, "", ""},
		{"empty is not given", nil, []string{"NICSIM_PORT="}, 1, "", ""},
		{"another command's", nil, []string{"NICSIM_GSTIN=x"}, 1, "", ""},
		{"for answer commands", nil, []string{"NICSIM_ASK=otp", "NICSIM_ENVIRONMENT=sandbox", "NICSIM_IMAGE=x",
			"NICSIM_CAPTCHA_ID=x",
			"NICSIM_PAN=x", "NICSIM_SENT_TO=x", "NICSIM_PURPOSE=x"}, 1, "", ""},
		{"of a Kubernetes service nicsim", nil,
			[]string{"NICSIM_SERVICE_HOST=10.0.0.1", "NICSIM_SERVICE_PORT=7000", "NICSIM_SERVICE_PORT_CONTROL=7000",
				"NICSIM_PORT_7000_TCP=tcp://10.0.0.1:7000", "NICSIM_PORT_7000_TCP_ADDR=10.0.0.1"}, 1, "", ""},
		{"bad value", nil, []string{"NICSIM_PORT=two"}, 1, "", "NICSIM_PORT"},
		{"unknown", nil, []string{"NICSIM_PROT=2"}, 1, "", "NICSIM_PROT: no command has a flag --prot"},
		{"unknown and empty", nil, []string{"NICSIM_PROT="}, 1, "", "NICSIM_PROT"},
		{"unknown, in small letters", nil, []string{"NICSIM_service_host2=x"}, 1, "", "NICSIM_service_host2"},
		{"no flag that a variable should set", nil, []string{"NICSIM_HELP=true"}, 1, "", "NICSIM_HELP"},
	} {
		t.Run(c.name, func(t *testing.T) {
			serve, port, long := commands()
			if err := serve.ParseFlags(c.args); err != nil {
				t.Fatal(err)
			}
			serve.InitDefaultHelpFlag()
			err := applyEnvironment(serve, c.environ)
			switch {
			case c.violation == "" && err != nil:
				t.Fatal(err)
			case c.violation != "" && (err == nil || !strings.Contains(err.Error(), c.violation)):
				t.Fatalf("error %v, want one with %q", err, c.violation)
			case c.violation != "" && (classify(err).code != exitWrongUse || classify(err).hint == ""):
				t.Errorf("the outcome is %+v", classify(err))
			}
			if c.violation == "" && (*port != c.port || *long != c.long) {
				t.Errorf("--port %d --long-name %q, want %d %q", *port, *long, c.port, c.long)
			}
		})
	}
}
