// A double click counts as one click. Its second click, or a second Enter, can meet the page that the first one led
// to, and a button, a link or a field there; this script ignores it. The server makes a form that is sent twice from
// one page count once, without this script.
"use strict";

{ // a block keeps the names apart from those of the dashboard's script
  // In milliseconds. A press that follows the page within this time belongs to the double click that led to the page:
  // a double click takes at most half a second, and reading a page takes more than a second.
  const moment = 1000;

  let shown = Infinity; // when the page was shown, in milliseconds
  let touched = false; // the person typed, chose or clicked something on this page

  addEventListener("pageshow", (event) => {
    shown = performance.now();
    if (event.persisted) touched = false; // from the history
  });

  addEventListener("click", (event) => {
    if (event.detail > 1 && event.target.closest("button, a")) event.preventDefault();
    if (event.detail === 1) touched = true;
  }, true);

  addEventListener("input", () => { touched = true; }, true);

  // Enter in a field sends its form. A page may put the cursor into a field, such as an OTP's, whose form would be
  // sent empty and cost an attempt. So Enter is ignored on a new page before anything else was done there, and while
  // the key is held down. Enter on a button is a click, and no page puts the cursor on a button.
  function tooSoon(event) {
    if (event.key !== "Enter" || !event.target.matches("input")) return;
    if (event.repeat || (!touched && performance.now() < shown + moment)) event.preventDefault();
  }
  addEventListener("keydown", tooSoon, true);
  addEventListener("keypress", tooSoon, true); // some browsers send the form at this event
}
