package main

import (
	"strings"

	"github.com/spf13/pflag"

	"github.com/nicsim/nicsim/simulator"
)

// serverFlags are the flags of serve and exec for the simulator that they start.
type serverFlags struct {
	addresses simulator.Addresses
	seed      string
	access    accessFlags
	secure    tlsFlags
	log       logFlags
	worlds    worldFlags
	memory    memoryFlags
	data      dataFlags
	irp       irpFlags
}

func (f *serverFlags) register(flags *pflag.FlagSet, usual simulator.Addresses) {
	addressFlags(flags, &f.addresses, usual)
	f.access.register(flags)
	f.secure.register(flags)
	f.log.register(flags)
	flags.StringVar(&f.seed, "seed", "", "`text` that decides all random values (default: a new one, printed)")
	f.worlds.register(flags)
	f.memory.register(flags)
	f.data.register(flags)
	f.irp.register(flags)
}

// options checks the flags and returns the options of the simulator. It completes the addresses, and limits the
// memory of this process.
func (p program) options(f *serverFlags, given *pflag.FlagSet) (simulator.Options, error) {
	options, err := f.irp.options()
	if err != nil {
		return options, err
	}
	options.Seed = f.seed
	if !given.Changed("gsp") && strings.HasSuffix(f.addresses.Production, ":0") {
		f.addresses.GSP = f.addresses.Production // a script that wants free ports and does not know the GSP's
	}
	if err := f.access.apply(&f.addresses, &options); err != nil {
		return options, err
	}
	if err := f.worlds.apply(&options); err != nil {
		return options, err
	}
	limit, err := f.memory.apply(&options, &f.addresses)
	if err != nil {
		return options, err
	}
	limitMemory(limit)
	if err := checkAddresses(f.addresses); err != nil {
		return options, err
	}
	if err := f.secure.apply(&f.addresses, &options, f.data.dir); err != nil {
		return options, err
	}
	options.Log, err = p.logger(f.log)
	options.LogRequests = true
	return options, err
}
