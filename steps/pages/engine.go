package pages

import (
	"context"

	"github.com/nicsim/nicsim/client"
)

// Engine opens browsers, each one person's at one portal, with cookies of its own.
type Engine interface {
	// Open is asked for a browser that reaches the portal by o. It need not start anything before
	// the first visit.
	Open(o client.Options) (Browser, error)
	Close() error
}

// Browser is what a person uses to see a portal. It is used by one goroutine at a time.
type Browser interface {
	// Visit opens an address as if it was typed in.
	Visit(ctx context.Context, address string) (*Screen, error)
	// Click clicks a link or a button and waits for the page that comes of it.
	Click(ctx context.Context, e Element) (*Screen, error)
	// Type puts a text into a field in place of what is in it.
	Type(ctx context.Context, field Element, text string) error
	// Choose picks a radio button, or an option of a list.
	Choose(ctx context.Context, e Element) error
	// Image fetches a picture that the screen shows.
	Image(ctx context.Context, address string) ([]byte, error)
	Close() error
}

// Photographer is a Browser that draws its pages.
type Photographer interface {
	// Photograph takes a picture of the whole page.
	Photograph(ctx context.Context, s Shot) ([]byte, error)
}

// Shot says how a picture is taken.
type Shot struct {
	PNG  bool      // else WebP
	Hide []Element // fields whose content is shown as dots
}
