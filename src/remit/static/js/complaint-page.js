/* The page of a complaint: drafts are kept, and a reply that leaves says how long it can be taken back. */
"use strict";

const KEPT_FOR = 7 * 24 * 60 * 60 * 1000;
const nameOf = (area) => `draft:${area.dataset.draft}`;

function store(change) {
  try {
    change(window.localStorage);
  } catch {
    // A browser that keeps nothing: the form works all the same.
  }
}

// What was sent isn't a draft any more: the page came back with the message on it.
store((kept) => {
  if (/^#(message-|decided)/.test(location.hash)) {
    for (const sent of (kept.getItem("draft-sent") || "").split("\n")) kept.removeItem(sent);
  }
  kept.removeItem("draft-sent");
  for (const name of Object.keys(kept)) {
    if (!name.startsWith("draft:")) continue;
    const { at } = JSON.parse(kept.getItem(name) || "{}");
    if (!at || Date.now() - at > KEPT_FOR) kept.removeItem(name);
  }
});

for (const area of document.querySelectorAll("textarea[data-draft]")) {
  store((kept) => {
    const draft = JSON.parse(kept.getItem(nameOf(area)) || "null");
    if (draft && !area.value) {
      area.value = draft.text;
      const around = area.closest("details");
      if (around) around.open = true;
    }
  });
  area.addEventListener("input", () => {
    store((kept) => {
      if (area.value.trim()) kept.setItem(nameOf(area), JSON.stringify({ text: area.value, at: Date.now() }));
      else kept.removeItem(nameOf(area));
    });
  });
  area.form?.addEventListener("submit", () => {
    const sent = [...area.form.querySelectorAll("textarea[data-draft]")].map(nameOf);
    store((kept) => kept.setItem("draft-sent", sent.join("\n")));
  });
}

// Seconds that are left to take a reply back; then the button goes, since the server would refuse.
function tick() {
  let isCounting = false;
  for (const words of document.querySelectorAll("[data-leaves]")) {
    const left = Math.ceil((Date.parse(words.dataset.leaves) - Date.now()) / 1000);
    words.textContent = left > 0 ? `leaves in ${left} s` : "on its way";
    isCounting = isCounting || left > 0;
  }
  for (const form of document.querySelectorAll("form[data-until]")) {
    form.hidden = Date.parse(form.dataset.until) <= Date.now();
  }
  if (isCounting) setTimeout(tick, 500);
}
tick();
