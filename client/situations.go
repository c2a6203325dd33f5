package client

import (
	"context"
	"encoding/json"
	"net/http"
)

// Situation is what fails in a world: a named set of faults and settings.
type Situation struct {
	Name     string                     `json:"name"`
	Title    string                     `json:"title"`
	Happens  string                     `json:"happens"`
	Teaches  string                     `json:"teaches"`
	Settings map[string]json.RawMessage `json:"settings"`
	Faults   []Fault                    `json:"faults"` // the world has them under the name, a dot and their own name
}

const situationPath = controlPath + "situation"

// Situation returns the name of the situation that the world is in.
func (c *Control) Situation(ctx context.Context) (string, error) {
	return member[string](ctx, c.connection, get(situationPath, "name"))
}

// Situations returns the situations that the simulator knows.
func (c *Control) Situations(ctx context.Context) ([]Situation, error) {
	return member[[]Situation](ctx, c.connection, get(situationPath, "situations"))
}

// SetSituation puts the world into another situation. The faults of the former one are removed, and the settings that
// it changed have their values of before. Faults that were set on their own stay.
func (c *Control) SetSituation(ctx context.Context, name string) error {
	return c.do(ctx, call{
		method: http.MethodPut, path: situationPath, in: map[string]string{"name": name}, status: http.StatusOK,
	})
}
