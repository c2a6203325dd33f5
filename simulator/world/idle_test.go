package world_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/nicsim/nicsim/simulator/world"
)

func TestIdleWorldsAreDropped(t *testing.T) {
	ws, wall := open()
	kept, used, idle := get(t, ws, world.Default), get(t, ws, "used"), get(t, ws, "idle")
	use(t, kept)
	wall.wait(world.IdleLimit)
	if get(t, ws, "used") != used {
		t.Error("dropped at the limit, not after it")
	}
	wall.wait(1)
	if names := namesOf(ws); names != "default used" {
		t.Errorf("there are %s", names)
	}
	if get(t, ws, world.Default) != kept {
		t.Error("the default world was dropped")
	}
	wall.wait(world.IdleLimit + 1)
	if get(t, ws, "used") == used || get(t, ws, "idle") == idle {
		t.Error("an idle world is still open")
	}
	wall.wait(world.IdleLimit + 1)
	if err := ws.Delete(t.Context(), "idle"); !errors.Is(err, world.ErrNotFound) {
		t.Errorf("deleting a dropped world: %v", err)
	}
}

// When too many worlds are open, those that were never used are closed first, the oldest of them before others. Only
// worlds in use are kept, and then the error says how long an idle one lasts.
func TestTooManyWorlds(t *testing.T) {
	wall := &walls{at: time.Unix(1e9, 0)}
	ws := world.NewWorlds(world.Options{
		Wall: wall.now, Populate: populate, Max: 5, Origins: map[string]world.Origin{"named": {Populate: populate}},
	})
	use := func(name string) {
		t.Helper()
		if _, err := ws.Use(t.Context(), name); err != nil {
			t.Fatalf("using %s: %v", name, err)
		}
	}
	get(t, ws, "named")
	use("a")
	wall.wait(time.Minute)
	for _, name := range []string{"b", "c", "d"} {
		get(t, ws, name)
		wall.wait(time.Minute)
	}
	use("c")
	get(t, ws, "b") // d was named longer ago
	get(t, ws, "e")
	if got := namesOf(ws); got != "a b c e named" {
		t.Errorf("after e: %s", got)
	}
	use("f")
	use("g")
	if got := namesOf(ws); got != "a c f g named" {
		t.Errorf("after f and g: %s", got)
	}
	for _, open := range []func(context.Context, string) (*world.World, error){ws.Get, ws.Use} {
		_, err := open(t.Context(), "one-more")
		var full *world.FullError
		if !errors.As(err, &full) || full.RetryAfter != world.IdleLimit-4*time.Minute {
			t.Errorf("one more: %v, retry after %v", err, full)
		}
	}
	get(t, ws, world.Default) // which is always there
	wall.wait(world.IdleLimit + 1)
	get(t, ws, "one-more")
}
