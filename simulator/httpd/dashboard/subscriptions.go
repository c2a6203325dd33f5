package dashboard

import (
	"net/url"
	"slices"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/subscription"
)

// subscriptionRoutes registers the pages of what ERPs (Enterprise Resource Planning systems) hold at GSPs. Each face of
// a gateway has a form of its own, since each has other secrets.
func subscriptionRoutes(page func(string, show), form func(path string, show show, do submit)) {
	page("/subscriptions", subscriptions)
	form("/subscriptions/{id}", subscriptionPage, removeSubscription)
	for _, face := range subscription.Faces() {
		one := subscriptionForm(face)
		form(one.add, one.addPage, one.added)
	}
}

// subscriptionsView lists the subscriptions, and the faces of which one can be added.
type subscriptionsView struct {
	listed[admin.Subscription]
	Faces []subscription.Face
}

func subscriptions(v *visit) (layout.Page, error) {
	list, next, err := admin.Subscriptions(v.ctx, v.world, v.pageOf("after"))
	return layout.Page{Title: "Subscriptions", Name: "subscriptions",
		Data: subscriptionsView{newListed(v, "after", list, next), subscription.Faces()}}, err
}

// subscriptionForm only adds: a subscription is changed by removing it and adding it again with its name.
func subscriptionForm(f subscription.Face) record[admin.SubscriptionChange, admin.Subscription] {
	environments := options("sandbox", "Sandbox", "production", "Production")
	if !f.ByHost {
		environments = append(environments, options("", "Both, by the path")...)
	}
	members := []member{
		choose("face", "Gateway", "", options(f.Name, f.Name)...),
		text("companyName", "GSP", "The company name of a provider of this world"),
		optional(text("subscriber", "ERP", "The name of who calls the gateway")),
		choose("environment", "Environment", "", environments...),
	}
	for _, name := range f.Secrets {
		members = append(members, code("secrets."+name, name, ""))
	}
	for _, name := range f.Optional {
		m := optional(code("secrets."+name, name, "The PEM of a key"))
		m.Kind = layout.Area
		members = append(members, m)
	}
	if len(f.Variants) > 0 {
		variants := choose("variants", "Variant", "", options("", "none")...)
		for _, name := range f.Variants {
			variants.Options = append(variants.Options, layout.Option{Value: name, Label: name})
		}
		variants.of = asList
		members = append(members, variants)
	}
	return record[admin.SubscriptionChange, admin.Subscription]{
		noun: "subscription", add: "/add/subscription/" + f.Name,
		members: append(members, optional(code("id", "Name", "Empty: the name of the gateway, with a number"))),
		make:    admin.Add[admin.SubscriptionChange],
		next:    func(admin.Subscription) string { return "/subscriptions" },
	}
}

// subscriptionPage shows one subscription, with a button that removes it.
func subscriptionPage(v *visit) (layout.Page, error) {
	s, err := admin.ReadSubscription(v.ctx, v.world, httpd.Var(v.r, "id"))
	return layout.Page{Title: "Subscription " + s.ID, Name: "subscription", Data: s,
		Form: v.form("/subscriptions/"+url.PathEscape(s.ID), "remove", []layout.Button{{Text: "Remove it", Danger: true}}),
	}, err
}

func removeSubscription(v *visit, _ url.Values) (string, error) {
	return did("/subscriptions", "subscription removed"),
		admin.DeleteSubscription(v.ctx, v.world, httpd.Var(v.r, "id"))
}

// secretNames returns the names of the secrets of a subscription, in the order of its face.
func secretNames(s admin.Subscription) []string {
	face, _ := subscription.Named(s.Face)
	return slices.DeleteFunc(slices.Concat(face.Secrets, face.Optional),
		func(name string) bool { return s.Secrets[name] == "" })
}
