// Package scene holds the state of one scenario while it is performed: its world, its people with their
// portals, the trace of all exchanges, and the answer to the last act. The packages portal, irp and
// backstage register the sentences that work on it.
package scene
