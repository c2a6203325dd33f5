package dashboard

import (
	"net/url"
	"time"

	"github.com/nicsim/nicsim/simulator/admin"
	"github.com/nicsim/nicsim/simulator/httpd"
	"github.com/nicsim/nicsim/simulator/httpd/layout"
	"github.com/nicsim/nicsim/simulator/world"
)

// worldView is a row of the list of worlds.
type worldView struct {
	Name                string
	Path                string // of its dashboard
	CreatedAt, LastUsed time.Time
	Here                bool
}

func worldsPage(v *visit) (layout.Page, error) {
	var shown []worldView
	worlds, err := admin.Worlds(v.ctx, v.Worlds)
	for _, w := range worlds {
		path := "/w/" + w.Name + "/"
		if w.Name == v.call.Root() {
			path = "/"
		}
		shown = append(shown, worldView{w.Name, path, w.CreatedAt, w.LastUsedAt, w.Name == v.world.Name})
	}
	return layout.Page{Title: "Worlds", Name: "worlds", Data: shown}, err
}

// confirmView is the question of a page that asks before it deletes, and the page that Cancel leads to.
type confirmView struct{ Text, Cancel, Where string }

func endWorldPage(v *visit) (layout.Page, error) {
	name := httpd.Var(v.r, "world")
	if err := admin.FindWorld(v.ctx, v.Worlds, name); err != nil {
		return layout.Page{}, err
	}
	after := " The next request that names it starts a new one."
	if name == world.Default {
		after = " It starts again with its next request."
	}
	return layout.Page{
		Title: "End the world " + name, Name: "confirm",
		Data: confirmView{"All its users, invoices, messages and journal entries are deleted." + after, "/worlds", "worlds"},
		Form: v.form("/worlds/"+name+"/end", "end", []layout.Button{{Text: "End it", Danger: true}}),
	}, nil
}

func endWorld(v *visit, _ url.Values) (string, error) {
	name := httpd.Var(v.r, "world")
	err := admin.EndWorld(v.ctx, v.Worlds, name)
	switch name {
	case world.Default:
		return did("/worlds", "restarted"), err
	case v.world.Name: // a page of the world itself would start it again
		return did("/w/"+world.Default+"/worlds", "ended"), err
	}
	return did("/worlds", "ended"), err
}

func resetPage(v *visit) (layout.Page, error) {
	return layout.Page{
		Title: "Reset the world " + v.world.Name, Name: "confirm",
		Data: confirmView{
			"All that was added to it is deleted, with invoices, messages and journal entries. Records, settings and clock " +
				"are as at its beginning.",
			"/", "overview",
		},
		Form: v.form("/reset", "reset", []layout.Button{{Text: "Reset", Danger: true}}),
	}, nil
}

func reset(v *visit, _ url.Values) (string, error) {
	return did("/", "reset"), admin.Reset(v.ctx, v.Worlds, v.world.Name)
}
