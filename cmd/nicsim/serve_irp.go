package main

import (
	"fmt"
	"os"

	"github.com/spf13/pflag"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/irp/invoice"
	"github.com/nicsim/nicsim/simulator/settings"
)

// irpFlags are the flags of serve for the e-Invoice API, which is that of the Invoice Registration Portal
// (IRP). A world can change all but the list of HSN codes through its settings.
type irpFlags struct {
	v103         bool
	errorDetails string
	hsnFile      string
}

func (f *irpFlags) register(flags *pflag.FlagSet) {
	flags.BoolVar(&f.v103, "irp-v103", false, "answer the login of version 1.03 too, which NIC has retired")
	flags.StringVar(&f.errorDetails, "irp-error-details", "array",
		"`form` of the API's ErrorDetails: array, base64 or json")
	flags.StringVar(&f.hsnFile, "hsn-file", "",
		"`file` with all HSN codes, one a line (default: only chapter and length are checked)")
}

func (f *irpFlags) options() (simulator.Options, error) {
	figures := settings.Default()
	figures.IRPv103 = f.v103
	figures.IRPErrorDetails = settings.ErrorDetailsForm(f.errorDetails)
	if err := oneOf("irp-error-details", f.errorDetails, string(settings.ErrorDetailsArray),
		string(settings.ErrorDetailsBase64), string(settings.ErrorDetailsJSON)); err != nil {
		return simulator.Options{}, err
	}
	hsn, err := readHSN(f.hsnFile)
	return simulator.Options{Settings: &figures, HSN: hsn}, err
}

// readHSN reads a list of HSN codes (Harmonised System of Nomenclature); it is nil without a file.
func readHSN(name string) (*invoice.HSN, error) {
	if name == "" {
		return nil, nil //nolint:nilnil // a nil list is valid
	}
	file, err := os.Open(name)
	var hsn *invoice.HSN
	if err == nil {
		defer file.Close() //nolint:errcheck // nothing was written to it
		hsn, err = invoice.ReadHSN(file)
	}
	if err != nil {
		return nil, wrongUse{fmt.Errorf("--hsn-file: %w", err),
			"give a file with one code a line, or CSV with the code first"}
	}
	return hsn, nil
}
