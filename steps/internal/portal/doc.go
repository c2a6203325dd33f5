// Package portal registers the sentences about the two portals: sections 1 and 2 of the guide, and the
// portals' refusals.
package portal
