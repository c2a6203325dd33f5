// Package backstage registers the sentences about what happens behind the portals: the control API, the
// inbox, the journal, the clock, the settings, the records and the worlds.
package backstage
