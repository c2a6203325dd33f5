package irp

import (
	"cmp"
	"context"
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/nicsim/nicsim/steps/internal/scene"
	"github.com/nicsim/nicsim/steps/needs"
	"github.com/nicsim/nicsim/steps/target"
)

// facts are what a new document depends on beside the words of a step.
type facts struct {
	today  time.Time
	number string // of the document
	part   string // of the number, which no other document has
	home   home
	own    string                            // the GSTIN of the API user
	party  func(role string) (string, error) // the GSTIN of a taxpayer
	seller func(firm string) (string, error) // the GSTIN of the supplier that a step names; of the API user for none
}

// facts are those of the current document of a person.
func (c *calls) facts(ctx context.Context, p *scene.Person) (facts, error) {
	u, err := c.loggedIn(p)
	if err != nil {
		return facts{}, err
	}
	now, err := c.Now(ctx)
	if err != nil {
		return facts{}, err
	}
	return facts{
		today: now, number: c.run.prefix + c.run.part, part: c.run.part, home: c.home(), own: u.GSTIN, party: c.PartyOf,
		seller: func(firm string) (string, error) {
			switch {
			case firm == "":
				return u.GSTIN, nil
			case firm[0] == '"':
				return strings.Trim(firm, `"`), nil
			}
			t, err := c.Taxpayer(ctx, p, firm)
			return t.GSTIN, err
		},
	}, nil
}

// home is the state of the target's API user, and Karnataka where scenarios make their users.
func (c *calls) home() home {
	if own := c.Target.Sandbox.Credentials.GSTIN; c.Control == nil && own != "" {
		return home(own[:2])
	}
	return karnataka
}

// newNumber gives the next document a number.
func (c *calls) newNumber() {
	c.run.numbers++
	if c.run.prefix, c.run.part = "Asha/", strconv.Itoa(c.run.numbers); c.Control == nil {
		c.run.prefix, c.run.part = "a/", c.Target.Run.Number()
	}
}

// gstin is the GSTIN that a word stands for: a role, supplier, or the word itself.
func (f facts) gstin(word string) (string, error) {
	switch {
	case word == "supplier":
		return f.own, nil
	case target.IsRole(word):
		return f.party(word)
	case strings.HasPrefix(word, karnataka):
		return f.home.state(karnataka) + strings.TrimPrefix(word, karnataka), nil
	}
	return word, nil
}

func (f facts) valueOf(member, value string) (any, error) {
	if later, ok := strings.CutPrefix(value, "today"); ok {
		days, err := strconv.Atoi(cmp.Or(later, "0"))
		if err != nil {
			return nil, fmt.Errorf("%q is not a day: %w", value, err)
		}
		return written(f.today.In(scene.InIndia).AddDate(0, 0, days)), nil
	}
	if value == "null" {
		return nil, nil
	}
	if text, ok := strings.CutPrefix(value, "text "); ok {
		if member == "Pin" {
			text = f.home.pin(text)
		}
		return text, nil
	}
	if length, ok := strings.CutPrefix(value, "letters "); ok {
		n, err := strconv.Atoi(length)
		if err != nil {
			return nil, fmt.Errorf("%q is not a number of letters: %w", value, err)
		}
		if member == "No" {
			return strings.Repeat("a", n-len(f.part)) + f.part, nil
		}
		return strings.Repeat("a", n), nil
	}
	switch member {
	case "No":
		value = strings.ReplaceAll(value, "~", f.part)
	case "Stcd", "Pos":
		value = f.home.state(value)
	case "Pin":
		value = f.home.pin(value)
	case "Gstin", "EcmGstin", "TransId":
		return f.gstin(value)
	}
	if _, ok := new(big.Rat).SetString(value); ok && isNumeric(member) {
		return number(value), nil
	}
	return value, nil
}

var assignedWord = regexp.MustCompile(`=(\w+)`)

// neededBy are the parties and capabilities that changes of a document need.
func neededBy(changes string) (needed []needs.Need) {
	for _, m := range assignedWord.FindAllStringSubmatch(changes, -1) {
		if target.IsRole(m[1]) {
			needed = append(needed, needs.Party(m[1]))
		}
	}
	if strings.Contains(changes, "by=") {
		needed = append(needed, needs.EwayBill)
	}
	return needed
}

// neededToRegister are the needs of registering a document in the words of a step.
func neededToRegister(words, changes string) []needs.Need {
	needed := append(neededBy(changes), needs.Account)
	m := invoiceParts.FindStringSubmatch(words)
	if m == nil {
		return needed
	}
	if role := recipientRole(m[1], m[4] != ""); role != "" {
		needed = append(needed, needs.Party(role))
	}
	if m[3] != "" { // the supplier is another taxpayer
		needed = append(needed, needs.SecondAccount)
	}
	return needed
}
