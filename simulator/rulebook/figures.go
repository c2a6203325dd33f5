package rulebook

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nicsim/nicsim/simulator/settings"
)

// Figures are what the rules of a book compare with.
type Figures struct {
	AATOThresholdCrore float64   // document-age binds suppliers from this turnover on
	MaxDocumentAgeDays int       // document-age
	FloorDate          time.Time // document-date-floor
	HSNSixDigitsCrore  float64   // hsn-length binds suppliers from this turnover on
	EWayBillMaxAgeDays int       // ewb-age
	TwoFactorCrore     float64   // two-factor-login binds taxpayers from this turnover on
}

// Figure is a figure of an edition, as text. Its name is that of the setting that can replace it.
type Figure struct{ Name, Value string }

// The rules with figures.
var (
	documentAge    = HistoryOf("document-age")
	documentFloor  = HistoryOf("document-date-floor")
	hsnLength      = HistoryOf("hsn-length")
	ewayBillAge    = HistoryOf("ewb-age")
	twoFactorLogin = HistoryOf("two-factor-login")
)

// Figures returns the figures of the book: those that are set, and those of the edition that applies. A rule that no
// edition enforces yet has the figures of its first one, for worlds that switch it on.
func (b Book) Figures() Figures {
	age, hsn := b.figuresOf(documentAge), b.figuresOf(hsnLength)
	floor := b.figuresOf(documentFloor).FloorDate
	if set := b.FloorDate; set != nil {
		floor, _ = set.Time() // a day: the settings were checked
	}
	return Figures{
		AATOThresholdCrore: set(b.AATOThresholdCrore, age.AATOThresholdCrore),
		MaxDocumentAgeDays: set(b.MaxDocumentAgeDays, age.MaxDocumentAgeDays),
		FloorDate:          floor,
		HSNSixDigitsCrore:  set(b.HSNSixDigitsCrore, hsn.HSNSixDigitsCrore),
		EWayBillMaxAgeDays: set(b.EWayBillMaxAgeDays, b.figuresOf(ewayBillAge).EWayBillMaxAgeDays),
		TwoFactorCrore:     b.figuresOf(twoFactorLogin).TwoFactorCrore,
	}
}

// set returns a setting, or the figure of the timeline where it is not set.
func set[T any](setting *T, byDate T) T {
	if setting != nil {
		return *setting
	}
	return byDate
}

// ByDate returns a figure of the timeline as text, whatever is set; "" if no rule with the figure is enforced.
func (b Book) ByDate(figure string) string {
	for _, h := range timeline {
		for _, f := range h.editions[0].Figures {
			if e := b.current(h); f.Name == figure && b.enforces(e) {
				return e.figure(figure)
			}
		}
	}
	return ""
}

// figure returns a figure of an edition as text.
func (e *Edition) figure(name string) string {
	i := slices.IndexFunc(e.Figures, func(f Figure) bool { return f.Name == name })
	if i < 0 {
		return ""
	}
	return e.Figures[i].Value
}

// figuresOf returns the figures of the last edition of a rule that has begun, or else those of the first.
func (b Book) figuresOf(h *History) Figures {
	if e := b.nearest(h); e != nil {
		return e.figures
	}
	return Figures{}
}

// nearest returns the last edition that has begun, or else the first; nil if there is none for the environment.
func (b Book) nearest(h *History) *Edition {
	var nearest *Edition
	for i := range h.editions {
		e := &h.editions[i]
		if e.appliesIn(b.Environment) && (nearest == nil || e.begins <= b.dateFor(e, b.day())) {
			nearest = e
		}
	}
	return nearest
}

// figureSet returns the first figure of a rule that is set; "" if there is none.
func (b Book) figureSet(h *History) string {
	if len(h.editions) == 0 {
		return ""
	}
	for _, f := range h.editions[0].Figures {
		if b.isSet(f.Name) {
			return f.Name
		}
	}
	return ""
}

// isSet reports whether a figure has a setting, and the setting a value.
func (b Book) isSet(figure string) bool {
	switch figure {
	case "aatoThresholdCrore":
		return b.AATOThresholdCrore != nil
	case "maxDocumentAgeDays":
		return b.MaxDocumentAgeDays != nil
	case "floorDate":
		return b.FloorDate != nil
	case "hsnSixDigitsCrore":
		return b.HSNSixDigitsCrore != nil
	case "ewayBillMaxAgeDays":
		return b.EWayBillMaxAgeDays != nil
	}
	return false
}

// readFigures reads figures such as aatoThresholdCrore=10 maxDocumentAgeDays=30.
func (e *Edition) readFigures(text string) error {
	for figure := range strings.FieldsSeq(text) {
		name, value, found := strings.Cut(figure, "=")
		if !found {
			return fmt.Errorf("figure %q: write it as name=value", figure)
		}
		if err := e.figures.put(name, value); err != nil {
			return fmt.Errorf("figure %s: %w", name, err)
		}
		e.Figures = append(e.Figures, Figure{name, value})
	}
	return nil
}

func (f *Figures) put(name, value string) (err error) {
	switch name {
	case "aatoThresholdCrore":
		f.AATOThresholdCrore, err = strconv.ParseFloat(value, 64)
	case "maxDocumentAgeDays":
		f.MaxDocumentAgeDays, err = strconv.Atoi(value)
	case "floorDate":
		f.FloorDate, err = settings.Date(value).Time()
	case "hsnSixDigitsCrore":
		f.HSNSixDigitsCrore, err = strconv.ParseFloat(value, 64)
	case "ewayBillMaxAgeDays":
		f.EWayBillMaxAgeDays, err = strconv.Atoi(value)
	case "twoFactorCrore":
		f.TwoFactorCrore, err = strconv.ParseFloat(value, 64)
	default:
		err = errors.New("there is no such figure")
	}
	return err
}
