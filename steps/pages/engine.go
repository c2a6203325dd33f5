package pages

import (
	"context"

	"github.com/nicsim/nicsim/client"
)

// Engine opens browsers. Each serves one person at one portal and has cookies of its own.
type Engine interface {
	// Open returns a browser with the options o. It may wait for the first visit to start anything.
	Open(o client.Options) (Browser, error)
	Close() error
}

// Browser shows one person a portal. One goroutine at a time uses it.
type Browser interface {
	// Visit opens an address like one that is typed in.
	Visit(ctx context.Context, address string) (*Screen, error)
	// Click clicks a link or a button and waits for the page that it leads to.
	Click(ctx context.Context, e Element) (*Screen, error)
	// Type replaces the text of a field.
	Type(ctx context.Context, field Element, text string) error
	// Choose picks a radio button, or an option of a list.
	Choose(ctx context.Context, e Element) error
	// Image fetches a picture that the screen shows.
	Image(ctx context.Context, address string) ([]byte, error)
	Close() error
}

// Photographer is a Browser that draws pages.
type Photographer interface {
	// Photograph takes a picture of the whole page.
	Photograph(ctx context.Context, s Shot) ([]byte, error)
}

// Shot says how a picture is taken.
type Shot struct {
	PNG  bool      // else WebP
	Hide []Element // fields whose content is shown as dots
}
