// Package browser is an engine for package pages that lets a real Chromium do what a person does: it
// clicks with the mouse, types, and sees nothing that a page hides.
//
// One process serves a whole run. Each person at each portal has a browser context, which keeps
// cookies apart. What a tab asks for is carried by the transport that the portal was opened with, by
// way of the protocol's Fetch domain, so that addresses and cookies stay as they are and a caller can
// record the traffic.
package browser
