// Who presses a button twice means it once. The second press of a double click, or of the Enter key, can
// meet the page that the first one led to, and a button, a link or a field there; it does nothing. A form
// that is sent twice from one page counts once without this.
"use strict";

{ // its names are its own: the dashboard has another script
  // What follows the page by less is taken for the end of what led to it, in milliseconds: a double click
  // takes half a second at most, and nobody reads a page in one.
  const moment = 1000;

  let shown = Infinity; // when the page came, in milliseconds
  let touched = false; // something was typed, chosen or clicked on this page

  addEventListener("pageshow", (event) => {
    shown = performance.now();
    if (event.persisted) touched = false; // out of the history
  });

  addEventListener("click", (event) => {
    if (event.detail > 1 && event.target.closest("button, a")) event.preventDefault();
    if (event.detail === 1) touched = true;
  }, true);

  addEventListener("input", () => { touched = true; }, true);

  // Enter in a field sends its form. The cursor may be in one that the page put it into, an OTP's, whose
  // form would go out empty and cost an attempt. So the Enter of who has done nothing yet on a page that has
  // just come counts for nothing, nor does one that is held down. On a button it is a click of its own, and
  // no page puts the cursor there.
  function tooSoon(event) {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    if (event.repeat || (!touched && performance.now() < shown + moment)) event.preventDefault();
  }
  addEventListener("keydown", tooSoon, true);
  addEventListener("keypress", tooSoon, true); // where a form is sent by it
}
