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
	dir      string
	limit    string
	database string
}

func (f *dataFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.dir, "data", "",
		"`directory` in which all worlds are kept, for the next start too (default: they end with the process)")
	flags.StringVar(&f.limit, "data-limit", "",
		"`size` of the database in the directory at most, such as 10GiB (default: that of the disk)")
	flags.StringVar(&f.database, "database", "",
		"`address` of a PostgreSQL database in which all worlds are kept, as postgres://…; several\nprocesses can serve one")
}

// open opens what the flags name and puts it into the options. The caller closes it once no request is under way.
func (f *dataFlags) open(ctx context.Context, o *simulator.Options) (closeData func() error, err error) {
	if f.dir == "" && f.limit != "" {
		return nil, wrongUse{errors.New("--data-limit is the size of a database in a directory"), "give --data too"}
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
	if f.database != "" {
		data, err := sqlstore.OpenPostgres(ctx, f.database)
		if err != nil {
			return nil, wrongUse{fmt.Errorf("--database: %w", err), "as in --database postgres://user:password@host:5432/name"}
		}
		return data, nil
	}
	var limit int64
	if f.limit != "" {
		var err error
		if limit, err = readSize(f.limit); err != nil {
			return nil, wrongUse{fmt.Errorf("--data-limit: %q: %w", f.limit, err), "as in --data-limit 10GiB"}
		}
	}
	data, err := sqlstore.OpenSQLiteWithin(ctx, f.dir, limit)
	if used, ok := errors.AsType[*sqlstore.InUseError](err); ok {
		return nil, wrongUse{fmt.Errorf("--data: %w", used), "stop that one, or choose another directory"}
	}
	if err != nil {
		return nil, wrongUse{fmt.Errorf("--data: %w", err),
			"give a directory that can be written; it is made if it is missing"}
	}
	return data, nil
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
