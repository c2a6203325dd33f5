package main

import (
	"cmp"
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
	dir        string
	limit      string
	worldLimit string
	database   string
}

// What the flags are when they are not given.
const (
	defaultDataLimit  = "100GiB"
	defaultWorldLimit = "10GiB"
)

func (f *dataFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.dir, "data", "",
		"`directory` in which all worlds are kept, for the next start too (default: they end with the process)")
	flags.StringVar(&f.limit, "data-limit", "",
		"`size` of the database in the directory at most, or of the records of all worlds in PostgreSQL\n(default "+
			defaultDataLimit+")")
	flags.StringVar(&f.worldLimit, "world-limit", "",
		"`size` of the records of one world in a directory or in PostgreSQL at most (default "+defaultWorldLimit+")")
	flags.StringVar(&f.database, "database", "",
		"`address` of a PostgreSQL database in which all worlds are kept, as postgres://…; several\nprocesses can serve one")
}

// open opens what the flags name and puts it into the options. The caller closes it once no request is under way.
func (f *dataFlags) open(ctx context.Context, o *simulator.Options) (closeData func() error, err error) {
	if f.dir == "" && f.database == "" && f.limit+f.worldLimit != "" {
		return nil, wrongUse{errors.New("--data-limit and --world-limit bound what is kept in a database"),
			"give --data or --database too, or --memory for worlds in memory"}
	}
	if f.dir == "" && f.database == "" {
		return func() error { return nil }, nil
	}
	if f.dir != "" && f.database != "" {
		return nil, wrongUse{errors.New("--data and --database cannot be used together"), "a world is kept in one place"}
	}
	data, err := f.connect(ctx)
	if err != nil {
		return nil, err
	}
	if err := resume(ctx, data, o); err != nil {
		return nil, errors.Join(err, data.Close())
	}
	o.Stores = data
	return data.Close, nil
}

func (f *dataFlags) connect(ctx context.Context) (*sqlstore.Database, error) {
	limits, err := f.limits()
	if err != nil {
		return nil, err
	}
	if f.database != "" {
		data, err := sqlstore.OpenPostgresWithin(ctx, f.database, limits)
		if err != nil {
			return nil, wrongUse{fmt.Errorf("--database: %w", err), "as in --database postgres://user:password@host:5432/name"}
		}
		return data, nil
	}
	data, err := sqlstore.OpenSQLiteWithin(ctx, f.dir, limits)
	if used, ok := errors.AsType[*sqlstore.InUseError](err); ok {
		return nil, wrongUse{fmt.Errorf("--data: %w", used), "stop that one, or choose another directory"}
	}
	if err != nil {
		return nil, wrongUse{fmt.Errorf("--data: %w", err),
			"give a directory that can be written; it is made if it is missing"}
	}
	return data, nil
}

// limits reads the sizes that the flags name.
func (f *dataFlags) limits() (limits sqlstore.Limits, err error) {
	if limits.All, err = readSize(cmp.Or(f.limit, defaultDataLimit)); err != nil {
		return limits, wrongUse{fmt.Errorf("--data-limit: %q: %w", f.limit, err), "as in --data-limit 10GiB"}
	}
	if limits.World, err = readSize(cmp.Or(f.worldLimit, defaultWorldLimit)); err != nil {
		return limits, wrongUse{fmt.Errorf("--world-limit: %q: %w", f.worldLimit, err), "as in --world-limit 1GiB"}
	}
	return limits, nil
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
		return wrongUse{fmt.Errorf("--seed: the worlds that are kept were made with the seed %q", seed), "leave --seed out"}
	}
	starts, err := data.Count(ctx, "starts")
	o.Seed, o.Starts = seed, starts-1
	return err
}
