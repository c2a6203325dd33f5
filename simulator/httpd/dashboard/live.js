// Updates the parts of a page that are marked data-live when the world changes, and serves the copy
// buttons. Every page works without this script.
"use strict";

const base = document.currentScript.dataset.base;

// The markup of each part as it was loaded. The part itself differs, because its buttons are shown.
const shown = new WeakMap();
for (const part of document.querySelectorAll("[data-live]")) shown.set(part, part.innerHTML);

// Shows the buttons that need this script.
function showButtons() {
  for (const button of document.querySelectorAll("button[data-copy]")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy]");
  if (!button) return;
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    say("Copied");
    button.textContent = "Copied";
  } catch {
    say("The browser does not let pages copy; select the text instead");
    button.textContent = "Cannot copy: select it";
  }
});

// Announces a text to screen readers.
function say(text) {
  const news = document.getElementById("news");
  if (news) news.textContent = text;
}

// The rows that have an identity.
const rows = (root) => root.querySelectorAll("[data-news-item][id]");

// The first visible row, which keeps its place on the screen. At the top of the page nothing is kept in
// place, so that new rows are visible.
function readNow() {
  if (scrollY <= 0) return null;
  for (const row of rows(document)) {
    const { top, bottom } = row.getBoundingClientRect();
    if (top >= 0 && top < innerHeight || top < 0 && bottom > innerHeight / 2) return { id: row.id, top };
  }
  return null;
}

// Reports whether a part is in use: it has the cursor in a field, or selected text. It is not replaced then.
let waiting = false;
function inUse(part) {
  const selection = getSelection();
  if (!selection.isCollapsed && selection.containsNode(part, true)) return waiting = true;
  return part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");
}

// Describes the rows of a part that are newer than a row, for screen readers.
function newsOf(part, newest) {
  const items = [...rows(part)];
  const at = items.findIndex((row) => row.dataset.newsItem === newest);
  const count = at < 0 ? items.length : at;
  if (!count) return [];
  return [part.dataset.news + ": " + items[0].dataset.newsText + (count > 1 ? ", and " + (count - 1) + " more" : "")];
}

function replace(part, now) {
  const open = [...part.querySelectorAll("details[open][id]")].map((d) => d.id);
  const focused = part.contains(document.activeElement) && document.activeElement.id;
  shown.set(part, now.innerHTML);
  part.replaceChildren(...now.childNodes);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

// Loads the page again and replaces the parts that have changed.
async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const read = readNow(), news = [];
  waiting = false;
  for (const part of document.querySelectorAll("[data-live]")) {
    const now = fresh.getElementById(part.id);
    if (!now || now.innerHTML === shown.get(part) || inUse(part)) continue;
    const newest = rows(part)[0]?.dataset.newsItem;
    replace(part, now);
    if (part.dataset.news) news.push(...newsOf(part, newest));
  }
  for (const part of document.querySelectorAll("[data-live-hidden]")) {
    const now = fresh.getElementById(part.id);
    if (now) part.hidden = now.hidden;
  }
  showButtons();
  const row = read && document.getElementById(read.id);
  if (row) scrollBy({ top: row.getBoundingClientRect().top - read.top, behavior: "instant" });
  if (news.length) say(news.join(". "));
}

// Listens to events while the page is visible. A browser has few connections to a host, and a hidden tab
// would keep one.
function listen() {
  let busy = false, again = false;
  async function follow() {
    if (busy) { again = true; return; }
    busy = true;
    do { again = false; await refresh().catch(() => {}); } while (again);
    busy = false;
  }
  let events = null;
  function look() {
    if (document.hidden) {
      events?.close();
      events = null;
    } else if (!events) {
      events = new EventSource(base + "/events");
      events.addEventListener("open", () => { document.body.dataset.connected = "yes"; follow(); });
      events.addEventListener("changed", follow);
    }
  }
  document.addEventListener("visibilitychange", look);
  document.addEventListener("selectionchange", () => { if (waiting && getSelection().isCollapsed) follow(); });
  look();
}

showButtons();
if (document.querySelector("[data-live]")) listen();
