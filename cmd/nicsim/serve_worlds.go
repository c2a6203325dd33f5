package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/nicsim/nicsim/simulator"
	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/defect"
	"github.com/nicsim/nicsim/simulator/situation"
	"github.com/nicsim/nicsim/simulator/world"
	"github.com/nicsim/nicsim/simulator/worldfile"
)

// worldFlags are the flags of serve for its worlds.
type worldFlags struct {
	file      string
	situation string
	ttl       time.Duration
	defects   []string
}

func (f *worldFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.file, "world-file", "",
		"`file` (YAML or JSON) that says what worlds begin with (default: the fixtures)")
	flags.StringVar(&f.situation, "situation", situation.Calm, "`name` of what fails in each world from its beginning")
	flags.DurationVar(&f.ttl, "world-ttl", world.IdleLimit,
		"`time` after which a world without requests is closed; 0: never. Neither default nor\n"+
			"a world of --world-file is closed")
	flags.StringArrayVar(&f.defects, "defect", nil, "`name` of a way in which all worlds are wrong on purpose, to prove that "+
		"tests\nfind it; may be repeated; docs/defects.md lists them")
}

// apply puts what the flags say into the options.
func (f *worldFlags) apply(o *simulator.Options) error {
	if _, err := defect.NewSet(f.defects, nil); err != nil {
		hint := "docs/defects.md lists the defects, and so does GET /control/v1/defects"
		if unknown, ok := errors.AsType[*defect.UnknownError](err); ok {
			hint = admin.DefectsLike(unknown.Name) + hint
		}
		return wrongUse{fmt.Errorf("--defect: %w", err), hint}
	}
	o.Defects = f.defects
	switch {
	case f.ttl < 0:
		return wrongUse{fmt.Errorf("--world-ttl: %s is negative", f.ttl), "as in --world-ttl 30m; 0 closes no world"}
	case f.ttl == 0:
		o.WorldTTL = -1
	default:
		o.WorldTTL = f.ttl
	}
	if err := oneOf("situation", f.situation, situation.Names()...); err != nil {
		return err
	}
	o.Situation = f.situation
	if f.file == "" {
		return nil
	}
	worlds, err := worldfile.ReadFile(f.file)
	if wrong, ok := errors.AsType[*worldfile.Error](err); ok {
		return wrongUse{fmt.Errorf("--world-file: this cannot be used:\n%w", wrong),
			"docs/own-world.md explains world files, and docs/world-file.schema.json describes them for editors"}
	}
	if err != nil {
		return wrongUse{fmt.Errorf("--world-file: %w", err), "give a file in YAML or JSON"}
	}
	o.Worlds = worlds
	return nil
}

// situations lists the situations for the help of serve.
func situations() string {
	var b strings.Builder
	for _, s := range situation.All() {
		fmt.Fprintf(&b, "\n  %-28s  %s", s.Name, s.Title)
	}
	return b.String()
}
