package dashboard

import (
	"errors"
	"net/url"
	"slices"
	"time"

	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/world"
)

// worldView is a world that can be opened.
type worldView struct {
	Name                string
	Path                string // of its dashboard
	CreatedAt, LastUsed time.Time
	Here                bool
}

func worldsPage(v *visit) (layout.Page, error) {
	var shown []worldView
	for _, w := range v.Worlds.All() {
		path := "/w/" + w.Name + "/"
		if w.Name == world.Default {
			path = "/"
		}
		shown = append(shown, worldView{w.Name, path, w.CreatedAt, w.LastUsedAt(), w.Name == v.world.Name})
	}
	return layout.Page{Title: "Worlds", Name: "worlds", Data: shown}, nil
}

// confirmView is what a person is asked, and where they go who do not want it.
type confirmView struct{ Text, Cancel, Where string }

func endWorldPage(v *visit) (layout.Page, error) {
	name := httpd.Var(v.r, "world")
	if !slices.ContainsFunc(v.Worlds.All(), func(w *world.World) bool { return w.Name == name }) {
		return layout.Page{}, notFound
	}
	after := " The next request that names it begins a new one."
	if name == world.Default {
		after = " It begins anew with its next request."
	}
	return layout.Page{
		Title: "End the world " + name, Name: "confirm",
		Data: confirmView{"All its users, invoices, messages and journal entries are deleted." + after, "/worlds", "worlds"},
		Form: v.form("/worlds/"+name+"/end", "end", []layout.Button{{Text: "End it", Danger: true}}),
	}, nil
}

func endWorld(v *visit, _ url.Values) (string, error) {
	name := httpd.Var(v.r, "world")
	err := v.Worlds.Delete(name)
	if errors.Is(err, world.ErrNotFound) {
		err = notFound
	}
	what := "ended"
	if name == world.Default {
		what = "anew"
	}
	if name == v.world.Name {
		return did("/../../worlds", what), err // out of /w/{world}, which would begin anew, into the default world
	}
	return did("/worlds", what), err
}

func resetPage(v *visit) (layout.Page, error) {
	return layout.Page{
		Title: "Reset the world " + v.world.Name, Name: "confirm",
		Data: confirmView{
			"All its users, invoices, messages and journal entries are deleted. Taxpayers and settings are as at the start, " +
				"and the clock shows real time.",
			"/", "overview",
		},
		Form: v.form("/reset", "reset", []layout.Button{{Text: "Reset", Danger: true}}),
	}, nil
}

func reset(v *visit, _ url.Values) (string, error) {
	return did("/", "reset"), v.Worlds.Reset(v.ctx, v.world.Name)
}
