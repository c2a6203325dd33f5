// Package browser is an engine for package pages that uses a real Chromium. It clicks with the mouse,
// types, and does not see elements that a page hides.
//
// One process serves a whole run. Each person at each portal has a browser context with cookies of its
// own. The protocol's Fetch domain hands the requests of a tab to the transport that the portal was opened
// with, so that addresses and cookies stay the same and a caller can record the traffic.
package browser
