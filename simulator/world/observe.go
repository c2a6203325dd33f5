package world

import (
	"context"
	"fmt"
)

// Reach returns an error if the stores of the worlds do not answer.
func (ws *Worlds) Reach(ctx context.Context) error {
	if ws.inMemory() {
		return nil
	}
	if _, err := ws.options.Stores.Names(ctx); err != nil {
		return fmt.Errorf("asking for the names of the worlds: %w", err)
	}
	return nil
}

// Count returns how many worlds are open.
func (ws *Worlds) Count() int {
	ws.mu.RLock()
	defer ws.mu.RUnlock()
	return len(ws.byName)
}

// Kept returns how many bytes the journals and inboxes of all worlds keep.
func (ws *Worlds) Kept() int64 { return ws.kept.Used() }
