/* The list of complaints by keyboard. Everything works without it.
   The keys move the real focus from link to link, so a screen reader says where one is; they can be turned off. */
"use strict";

const rows = () => [...document.querySelectorAll(".complaint-row")];
const here = () => document.activeElement?.closest(".complaint-row");
const dialog = document.getElementById("keys");
const kept = "remit-keys-off";

function off() {
  try { return localStorage.getItem(kept) === "1"; } catch { return false; }
}

function move(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(here());
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
  all[next].querySelector(".row-title").focus();
  all[next].scrollIntoView({ block: "nearest" });
}

// On a phone the lists are wider than the screen: the one that is shown is brought into sight.
const tabs = document.querySelector(".list-tabs");
const current = tabs?.querySelector("[aria-current]");
if (current) tabs.scrollLeft = current.offsetLeft - (tabs.clientWidth - current.offsetWidth) / 2;

document.addEventListener("change", (event) => {
  if (event.target.id === "keys-on") {
    try { localStorage.setItem(kept, event.target.checked ? "0" : "1"); } catch { /* not kept, then */ }
  }
});

const opener = document.querySelector("[data-keys]");
if (opener && dialog) {
  opener.hidden = false;
  opener.addEventListener("click", () => dialog.showModal());
  document.getElementById("keys-on").checked = !off();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input:not([type=checkbox]), textarea, select, dialog, [contenteditable]")) return;
  if (event.key !== "?" && off()) return;
  const acts = {
    j: () => move(1),
    k: () => move(-1),
    x: () => here()?.querySelector(".pick")?.click(),
    "/": () => document.getElementById("find")?.focus(),
    n: () => document.querySelector("a[href*='/complaints/new/']")?.click(),
    "?": () => dialog?.showModal(),
  };
  if (!acts[event.key]) return;
  event.preventDefault();
  acts[event.key]();
});
