package main

import (
	"fmt"
	"reflect"
	"time"

	"github.com/spf13/pflag"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/rulebook"
	"github.com/nicsim/nicsim/simulator/settings"
)

// bothEnvironments is the value of --environment for the sandbox and production.
const bothEnvironments = "both"

// ruleFlags choose the rules that a command is about.
type ruleFlags struct {
	environment string
	announced   bool

	switched map[string]bool // rules by name, on or off whatever the day
}

func (f *ruleFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.environment, "environment", bothEnvironments, "`environment`: sandbox, production or both")
	f.addAnnounced(flags)
}

func (f *ruleFlags) addAnnounced(flags *pflag.FlagSet) {
	flags.BoolVar(&f.announced, "announced", false,
		"take announced rules as in force from their day on, even if they are on hold")
}

// book returns the rules of a fresh world.
func (f *ruleFlags) book(env nic.Environment, day time.Time) rulebook.Book {
	s := settings.Default()
	s.AnnouncedRules, s.Rules = f.announced, f.switched
	return rulebook.New(&s, env, day)
}

// chosen returns the environments that were chosen.
func (f *ruleFlags) chosen() ([]nic.Environment, error) {
	if f.environment == bothEnvironments {
		return nic.Environments[:], nil
	}
	return []nic.Environment{nic.Environment(f.environment)},
		oneOf("environment", f.environment, string(nic.Sandbox), string(nic.Production), bothEnvironments)
}

// rulesOn returns the rules of a day in each environment; all lists have the same order.
func (f *ruleFlags) rulesOn(day time.Time, environments []nic.Environment) map[nic.Environment][]admin.Rule {
	rules := map[nic.Environment][]admin.Rule{}
	for _, env := range environments {
		rules[env] = admin.RulesOf(f.book(env, day))
	}
	return rules
}

// placed is a value of one environment, or of both where it is the same.
type placed[T any] struct {
	environment string
	value       T
}

// inEach asks for the value of each environment.
func inEach[T any](environments []nic.Environment, of func(nic.Environment) T) (all []placed[T]) {
	for _, env := range environments {
		value := of(env)
		if len(all) > 0 && reflect.DeepEqual(all[0].value, value) {
			all[0].environment = bothEnvironments
			continue
		}
		all = append(all, placed[T]{string(env), value})
	}
	return all
}

// ruleDay reads a day whose rules are known; today if none was given.
func ruleDay(name, text string) (time.Time, error) {
	day, err := dayFlag(name, text)
	if err == nil && !rulebook.Covers(day) {
		err = wrongUse{fmt.Errorf("--%s: %s is not a day from 2020-10-01 to 2099-12-31", name, text),
			"e-invoicing began on 2020-10-01"}
	}
	return day, err
}

// period has the days that a command compares.
type period struct{ from, to string }

func (p *period) add(flags *pflag.FlagSet) {
	flags.StringVar(&p.from, "from", "", "the earlier `day`")
	flags.StringVar(&p.to, "to", "", "the later `day`")
}

func (p *period) days() (from, to time.Time, err error) {
	for _, flag := range []struct {
		name, text string
		day        *time.Time
	}{{"from", p.from, &from}, {"to", p.to, &to}} {
		if flag.text == "" {
			return from, to, wrongUse{fmt.Errorf("--%s is missing", flag.name), "two days are compared: give --from and --to"}
		}
		if *flag.day, err = ruleDay(flag.name, flag.text); err != nil {
			return from, to, err
		}
	}
	if from.After(to) {
		err = wrongUse{fmt.Errorf("--from: %s is after --to, %s", p.from, p.to), "--from is the earlier day"}
	}
	return from, to, err
}
