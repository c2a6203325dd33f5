// The second click of a double click can meet the page that the first one led to, and a button there.
// It presses none. A form that is sent twice from one page counts once without this.
"use strict";

addEventListener("click", (event) => {
  if (event.detail > 1 && event.target.closest("button")) event.preventDefault();
}, true);
