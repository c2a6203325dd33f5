package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/dice"
	"github.com/nicsim/nicsim/simulator/store/sqlstore"
)

// dataFlags are the flags of serve for what it keeps.
type dataFlags struct {
	dir string
}

func (f *dataFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.dir, "data", "",
		"`directory` in which all worlds are kept, for the next start too (default: they end with the process)")
}

// open opens what the flags name and puts it into the options. The caller closes it once no request is under way.
func (f *dataFlags) open(ctx context.Context, o *simulator.Options) (closeData func() error, err error) {
	if f.dir == "" {
		return func() error { return nil }, nil
	}
	data, err := sqlstore.OpenSQLite(ctx, f.dir)
	if used, ok := errors.AsType[*sqlstore.InUseError](err); ok {
		return nil, wrongUse{fmt.Errorf("--data: %w", used), "stop that one, or choose another directory"}
	}
	if err != nil {
		return nil, wrongUse{fmt.Errorf("--data: %w", err),
			"give a directory that can be written; it is made if it is missing"}
	}
	if err := resume(ctx, data, o); err != nil {
		return nil, errors.Join(fmt.Errorf("--data: %s: %w", f.dir, err), data.Close())
	}
	o.Stores = data
	return data.Close, nil
}

// resume takes over the seed of an earlier start.
func resume(ctx context.Context, data *sqlstore.Database, o *simulator.Options) error {
	wanted := o.Seed
	if wanted == "" {
		wanted = dice.FreshSeed()
	}
	seed, err := data.Fact(ctx, "seed", wanted)
	if err != nil {
		return err
	}
	if o.Seed != "" && o.Seed != seed {
		return wrongUse{fmt.Errorf("the worlds there were made with the seed %q", seed), "leave --seed out"}
	}
	starts, err := data.Count(ctx, "starts")
	o.Seed, o.Starts = seed, starts-1
	return err
}
