package admin

import (
	"cmp"
	"context"
	"crypto/x509"
	"encoding/pem"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/nicsim/nicsim/simulator/store"
	"github.com/nicsim/nicsim/simulator/subscription"
	"github.com/nicsim/nicsim/simulator/world"
)

// Subscription is what an ERP holds at a GSP (GST Suvidha Provider) to call its gateway.
type Subscription struct {
	ID          string            `json:"id"`
	CompanyName string            `json:"companyName"` // of the GSP
	Subscriber  string            `json:"subscriber"`
	Face        string            `json:"face"`
	Environment string            `json:"environment"` // sandbox or production; empty for both
	Secrets     map[string]string `json:"secrets"`     // by the name of the header or parameter
	Variants    []string          `json:"variants"`    // in which the gateway differs for the subscription
}

func subscriptionOf(s store.Subscription) Subscription {
	return Subscription{s.ID, s.CompanyName, s.Subscriber, s.Face, string(s.Environment), s.Secrets,
		append([]string{}, s.Variants...)}
}

// Subscriptions returns the subscriptions of a world in the order in which they were added.
func Subscriptions(ctx context.Context, w *world.World, p Page) (page []Subscription, next string, err error) {
	return List(ctx, w, p, store.Reader.Subscriptions, func(s store.Subscription) string { return s.ID },
		all(subscriptionOf))
}

// ReadSubscription returns one subscription.
func ReadSubscription(ctx context.Context, w *world.World, id string) (Subscription, error) {
	s, err := view(ctx, w, func(r store.Reader) (store.Subscription, error) { return r.Subscription(id) })
	return subscriptionOf(s), found(err, "such subscription")
}

// SubscriptionChange is a new subscription. A nil field has its default.
type SubscriptionChange struct {
	ID          *string           `json:"id,omitzero"`
	CompanyName *string           `json:"companyName,omitzero"`
	Subscriber  *string           `json:"subscriber,omitzero"`
	Face        *string           `json:"face,omitzero"`
	Environment *string           `json:"environment,omitzero"`
	Secrets     map[string]string `json:"secrets,omitzero"`
	Variants    []string          `json:"variants,omitzero"`
}

// Add adds a subscription at a company that the world has. Without an id it is named after its face.
func (c SubscriptionChange) Add(tx store.Tx, _ *world.World) (Subscription, error) {
	var violations findings
	s := store.Subscription{Subscriber: "An ERP"}
	violations.needed("subscriber", c.Subscriber, &s.Subscriber)
	violations.needed("companyName", c.CompanyName, &s.CompanyName)
	providers, err := tx.Providers(store.Page{})
	if err != nil {
		return Subscription{}, err
	}
	at := slices.IndexFunc(providers, func(p store.Provider) bool { return p.CompanyName == s.CompanyName })
	if at >= 0 {
		s.ClientID = providers[at].ClientID
	} else if s.CompanyName != "" {
		violations.add("companyName", "company-unknown", "no provider has the name; add one first")
	}
	c.atFace(&s, &violations)
	if c.ID != nil {
		violations.name("id", c.ID, &s.ID)
	} else if s.ID, err = freeSubscriptionID(tx, s.Face); err != nil {
		return Subscription{}, err
	}
	if err := violations.refusal(); err != nil {
		return Subscription{}, err
	}
	if _, err := tx.SubscriptionOf(s.Face, s.Caller); err == nil {
		face, _ := subscription.Named(s.Face)
		field := "secrets." + face.Secrets[0]
		return Subscription{}, &Refusal{Exists, "Another subscription of the face has the same " + face.Secrets[0] + ".",
			[]Violation{{field, "exists", "is taken"}}}
	}
	return subscriptionOf(s), free(tx.AddSubscription(s), "subscription "+s.ID, "id")
}

// atFace sets what depends on the face: the environment and the secrets.
func (c SubscriptionChange) atFace(s *store.Subscription, violations *findings) {
	set(c.Face, &s.Face)
	face, ok := subscription.Named(s.Face)
	if !ok {
		violations.add("face", "value-invalid", "must be one of "+strings.Join(subscription.Names(), ", "))
		return
	}
	s.Face = face.Name
	set(c.Environment, (*string)(&s.Environment))
	if _, err := EnvironmentOrBoth(string(s.Environment)); err != nil {
		violations.add("environment", "environment-invalid", environmentRule)
	} else if s.Environment == "" && face.ByHost {
		violations.add("environment", "value-missing",
			"is needed: the face has the same paths in both environments")
	}
	s.Secrets = map[string]string{}
	allowed := slices.Concat(face.Secrets, face.Optional)
	for _, name := range slices.Sorted(maps.Keys(c.Secrets)) {
		value := c.Secrets[name]
		at := slices.IndexFunc(allowed, func(a string) bool { return strings.EqualFold(a, name) })
		if at < 0 {
			violations.add("secrets", "value-invalid", "can have "+strings.Join(allowed, ", "))
			continue
		}
		if name = allowed[at]; name == "public_key" {
			violations.key("secrets."+name, value)
			s.Secrets[name] = value
			continue
		}
		var kept string
		violations.secret("secrets."+name, &value, &kept)
		s.Secrets[name] = kept
	}
	for _, name := range face.Secrets {
		if _, given := s.Secrets[name]; !given {
			violations.add("secrets."+name, "value-missing", "must not be empty")
		}
	}
	s.Caller = face.Caller(s.Secrets)
	for _, name := range c.Variants {
		if !slices.Contains(face.Variants, name) {
			violations.add("variants", "value-invalid",
				"can have, at this face: "+cmp.Or(strings.Join(face.Variants, ", "), "nothing"))
		} else if !slices.Contains(s.Variants, name) {
			s.Variants = append(s.Variants, name)
		}
	}
}

// key checks a public key.
func (f *findings) key(field, value string) {
	const longest = 8 << 10 // bytes
	block, _ := pem.Decode([]byte(value))
	if block != nil && len(value) <= longest {
		if _, err := x509.ParsePKIXPublicKey(block.Bytes); err == nil {
			return
		}
	}
	f.add(field, "value-invalid", "must be the PEM of an RSA public key")
}

// freeSubscriptionID is the first free id of a face.
func freeSubscriptionID(r store.Reader, face string) (string, error) {
	for n := 1; ; n++ {
		id := face
		if n > 1 {
			id += "-" + strconv.Itoa(n)
		}
		if _, err := r.Subscription(id); store.IsMissing(err) {
			return id, nil
		} else if err != nil {
			return "", err
		}
	}
}

// DeleteSubscription deletes a subscription. Its callers are refused from then on.
func DeleteSubscription(ctx context.Context, w *world.World, id string) error {
	return w.Store.Update(ctx, func(tx store.Tx) error {
		if _, err := tx.Subscription(id); err != nil {
			return found(err, "such subscription")
		}
		return tx.DeleteSubscription(id)
	})
}
