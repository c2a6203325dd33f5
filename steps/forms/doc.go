// Package forms is an engine for package pages that needs no browser: it fetches pages over HTTP,
// keeps cookies, follows redirects, and sends a form as a browser without JavaScript would. It draws
// nothing and knows no style sheets: what a page hides by style is there for it.
package forms
