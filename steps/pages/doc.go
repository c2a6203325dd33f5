// Package pages does on the portals' web pages what a person does: it follows links and presses
// buttons by their text, fills in fields by their labels, and reads what is shown by the marks that
// docs/portal-pages.md lays down. It knows the guide's pages and their order; how a page is fetched
// and a form is sent is an Engine's business, without a browser (package forms) or in one (package
// browser).
//
// What a page does not offer, a person cannot do: that is an error which says what was looked for and
// what is there. A refusal on a page is a *client.Problem, as in JSON.
package pages
