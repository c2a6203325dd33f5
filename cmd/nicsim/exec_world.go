package main

import (
	"context"
	"errors"
	"slices"

	"github.com/nicsim/nicsim/client"
	"github.com/nicsim/nicsim/simulator/world"
	"github.com/nicsim/nicsim/simulator/worldfile"
)

// joinWorld gives the cast the identity that the default world of a world file has: its first API user whose password
// is written there, and the first user of the same taxpayer and client in the other environment. Without one, it is
// the usual taxpayer and client, or else the first ones of the world.
func (c *cast) joinWorld(ctx context.Context, of *client.Control, file *worldfile.Document) error {
	if file == nil {
		return nil
	}
	c.users = map[string]client.APIUserRecord{}
	for _, user := range usersOf(file) {
		if len(c.users) == 0 {
			c.gstin, c.clientID = user.GSTIN, user.ClientID
		}
		if _, taken := c.users[user.Environment]; !taken && user.GSTIN == c.gstin && user.ClientID == c.clientID {
			c.users[user.Environment] = user
		}
	}
	providers, err := of.Providers(ctx)
	if err != nil {
		return err
	}
	taxpayers, err := of.Taxpayers(ctx)
	if err != nil {
		return err
	}
	if len(providers) == 0 || len(taxpayers) == 0 {
		return wrongUse{errors.New("--world-file: the default world has no taxpayer or no provider, so an API user cannot " +
			"be made"), "add one of each, or leave out extends: empty"}
	}
	provider := max(0, slices.IndexFunc(providers, func(p client.Provider) bool { return p.ClientID == c.clientID }))
	c.clientID, c.clientSecret = providers[provider].ClientID, providers[provider].ClientSecret
	if len(c.users) == 0 && !slices.ContainsFunc(taxpayers, func(t client.Taxpayer) bool { return t.GSTIN == c.gstin }) {
		c.gstin = taxpayers[0].GSTIN
	}
	return nil
}

// usersOf returns the API users of the default world of a file whose passwords are written there.
func usersOf(file *worldfile.Document) (users []client.APIUserRecord) {
	for _, w := range file.Worlds {
		if w.Name != world.Default {
			continue
		}
		for _, u := range w.APIUsers {
			if u.Password == nil || u.Frozen != nil && *u.Frozen {
				continue
			}
			users = append(users, client.APIUserRecord{
				Environment: *u.Environment, Username: *u.Username, Password: *u.Password, GSTIN: *u.GSTIN, ClientID: *u.ClientID,
			})
		}
	}
	return users
}
