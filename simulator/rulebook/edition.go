package rulebook

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/nic"
	"github.com/nicsim/nicsim/simulator/settings"
)

// Edition is a row of editions.csv: what NIC enforced of a rule for a time.
type Edition struct {
	Rule        string
	Figures     []Figure        // that the rule compares with
	Environment nic.Environment // empty: both
	Announced   settings.Date   // empty where it is not known
	From, Until settings.Date   // the first day and the last; Until is empty while no end is known
	Status      Status
	Counts      Counts
	Reason      string // why the edition is not in force, or how an unknown day was chosen; may be empty
	Source      string // of the dates; empty where NIC publishes none for the rule

	figures     Figures
	enforced    bool  // in force in any case
	pending     bool  // in force where announced rules are
	begins, end int64 // in Unix seconds; end is not included
	always      bool  // in force on every day, in both environments, and without figures
}

// Status is what is known of an edition.
type Status string

// The statuses of an edition.
const (
	InForce   Status = "in force"
	Announced Status = "announced" // with a day, and not yet in force
	OnHold    Status = "on hold"   // announced with a day, and put off without one
	Suspended Status = "suspended" // published, and not checked
	Uncertain Status = "uncertain" // the sources differ, or the day is not known; the row says whether it is enforced
)

// Counts is the date that an edition is compared with.
type Counts string

// The dates that can count.
const (
	CallDay      Counts = "day"      // of the call
	DocumentDate Counts = "document" // of the document, for calls from the first day of the edition on
)

// beginning is the first day of e-invoicing.
var beginning = time.Date(2020, time.October, 1, 0, 0, 0, 0, nic.IST).Unix()

//go:embed editions.csv
var editionsCSV string

// History is the editions of one rule, in the order of their first days. A caller that asks for many rules finds
// their histories once; the others ask by name.
type History struct {
	rule     string
	editions []Edition
}

// always reports whether the rule is in force on every day, in both environments: it has no editions, or one that
// began with e-invoicing. Most rules are.
func (h *History) always() bool {
	return len(h.editions) == 0 || len(h.editions) == 1 && h.editions[0].always
}

// timeline has the history of each rule.
var timeline = func() map[string]*History {
	rows, err := readEditions(strings.NewReader(editionsCSV))
	if err != nil {
		panic(err) // part of the program, and read by every test
	}
	return rows
}()

// HistoryOf returns the history of a rule; it is empty for a rule that is not in editions.csv.
func HistoryOf(rule string) *History {
	if h := timeline[rule]; h != nil {
		return h
	}
	return &History{rule: rule}
}

// Editions returns the editions of a rule in the order of their first days.
func Editions(rule string) []Edition { return slices.Clone(HistoryOf(rule).editions) }

// Names returns the names of the rules that have editions, sorted.
func Names() []string { return slices.Sorted(maps.Keys(timeline)) }

const columns = "rule,figures,environment,announced,from,until,status,enforced,counts,reason,source"

func readEditions(r io.Reader) (map[string]*History, error) {
	lines := csv.NewReader(r)
	if header, err := lines.Read(); err != nil || strings.Join(header, ",") != columns {
		return nil, fmt.Errorf("editions.csv: the first line must be %s", columns)
	}
	histories := map[string]*History{}
	for {
		row, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return histories, nil
		}
		if err != nil {
			return nil, fmt.Errorf("editions.csv: %w", err)
		}
		e, err := readEdition(row)
		if err != nil {
			line, _ := lines.FieldPos(0)
			return nil, fmt.Errorf("editions.csv, line %d: %w", line, err)
		}
		h := histories[e.Rule]
		if h == nil {
			h = &History{rule: e.Rule}
			histories[e.Rule] = h
		}
		for _, before := range h.editions {
			switch {
			case !e.shares(before):
			case e.begins < before.begins:
				return nil, fmt.Errorf("editions.csv: the editions of %s are not in the order of their days", e.Rule)
			case e.begins < before.end:
				return nil, fmt.Errorf("editions.csv: two editions of %s apply on %s", e.Rule, e.From)
			}
		}
		h.editions = append(h.editions, e)
	}
}

func readEdition(row []string) (Edition, error) {
	e := Edition{
		Rule: row[0], Environment: nic.Environment(row[2]), Announced: settings.Date(row[3]), From: settings.Date(row[4]),
		Until: settings.Date(row[5]), Status: Status(row[6]), Counts: Counts(row[8]), Reason: row[9], Source: row[10],
		end: math.MaxInt64,
	}
	if e.Environment == "both" {
		e.Environment = ""
	} else if e.Environment != nic.Sandbox && e.Environment != nic.Production {
		return e, fmt.Errorf("the environment is both, sandbox or production, not %q", row[2])
	}
	e.enforced = e.Status == InForce || e.Status == Uncertain && row[7] == "yes"
	switch {
	case !slices.Contains([]Status{InForce, Announced, OnHold, Suspended, Uncertain}, e.Status):
		return e, fmt.Errorf("%q is not a status", e.Status)
	case !slices.Contains([]Counts{CallDay, DocumentDate}, e.Counts):
		return e, fmt.Errorf("the date that counts is day or document, not %q", e.Counts)
	case (e.Status == Uncertain) != (row[7] == "yes" || row[7] == "no"):
		return e, errors.New("an uncertain edition, and no other, says whether it is enforced: yes or no")
	case !e.enforced && e.Reason == "":
		return e, errors.New("an edition that is not in force needs a reason")
	}
	e.pending = e.Status == Announced || e.Status == OnHold || e.Status == Uncertain && e.Announced != ""
	if err := e.readDays(); err != nil {
		return e, err
	}
	if err := e.readFigures(row[1]); err != nil {
		return e, err
	}
	e.always = e.enforced && e.Environment == "" && e.begins == beginning && e.Until == "" && e.Figures == nil
	return e, nil
}

func (e *Edition) readDays() error {
	from, err := e.From.Time()
	if err != nil {
		return fmt.Errorf("from: %w", err)
	}
	e.begins = from.Unix()
	if e.Announced != "" {
		if _, err := e.Announced.Time(); err != nil {
			return fmt.Errorf("announced: %w", err)
		}
	}
	if e.Until == "" {
		return nil
	}
	last, err := e.Until.Time()
	if err != nil {
		return fmt.Errorf("until: %w", err)
	}
	if e.end = last.AddDate(0, 0, 1).Unix(); e.end <= e.begins {
		return errors.New("until is before from")
	}
	return nil
}

// Enforced reports whether the edition is in force in a world that has no settings of its own.
func (e *Edition) Enforced() bool { return e.enforced }

func (e *Edition) appliesIn(env nic.Environment) bool {
	return e.Environment == "" || e.Environment == env
}

func (e *Edition) includes(at int64) bool { return e.begins <= at && at < e.end }

// shares reports whether an environment has both editions.
func (e *Edition) shares(other Edition) bool {
	return e.appliesIn(other.Environment) || other.appliesIn(e.Environment)
}
