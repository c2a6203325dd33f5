// Keeps the parts of a page that are marked data-live as they are now, and copies what is to be
// copied. Every page works without it.
"use strict";

const base = document.currentScript.dataset.base;

// What each part was when it was last loaded: the part itself has changed since, if only because
// its buttons are shown.
const shown = new WeakMap();
for (const part of document.querySelectorAll("[data-live]")) shown.set(part, part.innerHTML);

// Buttons that need a script show themselves.
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

// What a screen reader says.
function say(text) {
  const news = document.getElementById("news");
  if (news) news.textContent = text;
}

// Loads the page again and puts in what has changed, but for a part that somebody is typing in.
async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const now = fresh.getElementById(part.id);
    if (!now || now.innerHTML === shown.get(part)) continue;
    if (part.contains(document.activeElement) && document.activeElement.matches("input, select, textarea")) continue;
    const open = [...part.querySelectorAll("details[open][id]")].map((d) => d.id);
    const focused = document.activeElement?.id;
    const top = part.dataset.news && part.querySelector("[data-news-item]")?.dataset.newsItem;
    shown.set(part, now.innerHTML);
    part.replaceChildren(...now.childNodes);
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    const first = part.dataset.news && part.querySelector("[data-news-item]");
    if (first && first.dataset.newsItem !== top) say(part.dataset.news + ": " + first.dataset.newsText);
  }
  showButtons();
}

// Listens while the page can be seen: a browser has few connections for one host, and a hidden tab
// would keep one of them.
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
  look();
}

showButtons();
if (document.querySelector("[data-live]")) listen();
