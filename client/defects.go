package client

import (
	"context"
	"net/http"
)

// Defect is a way in which a simulator can be wrong on purpose, to prove that a suite of tests finds it.
type Defect struct {
	Name    string `json:"name"`
	Rule    string `json:"rule"`    // that it breaks
	LeftOut bool   `json:"leftOut"` // the rule is not enforced; otherwise the simulator deviates from it
	Says    string `json:"says"`
	Source  string `json:"source"` // of the rule
}

// Defects are those of a world, by name, and those that can be chosen.
type Defects struct {
	Names     []string `json:"names"`
	Catalogue []Defect `json:"catalogue"`
}

const defectsPath = controlPath + "defects"

// Defects reads how the world is wrong on purpose.
func (c *Control) Defects(ctx context.Context) (Defects, error) {
	return read[Defects](ctx, c.connection, get(defectsPath, "names"))
}

// SetDefects replaces the defects of the world. Without names the world is right again.
func (c *Control) SetDefects(ctx context.Context, names ...string) error {
	body := struct {
		Names []string `json:"names"`
	}{append([]string{}, names...)}
	return c.do(ctx, call{method: http.MethodPut, path: defectsPath, in: body, status: http.StatusOK})
}
