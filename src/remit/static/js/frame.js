/* What the frame around the pages does more smoothly with a script. Every page works without it. */
"use strict";

// The navigation may be longer than a screen is high: where one is stands in sight.
for (const list of document.querySelectorAll(".side .ways")) {
  const here = list.querySelector("[aria-current]");
  if (here) list.scrollTop = here.offsetTop - list.offsetTop - list.clientHeight / 2;
}

// A panel that was opened closes by Escape, and when something else is touched.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const open of document.querySelectorAll("details[data-closes][open]")) {
    open.open = false;
    open.querySelector("summary")?.focus();
  }
});
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details[data-closes][open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

// A form that is on its way is not sent twice; the server would do no harm, but people should see that it goes.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (event.defaultPrevented || !button || event.target.method === "get") return;
  setTimeout(() => {
    button.setAttribute("aria-disabled", "true");
    if (!button.dataset.busy) return;
    button.dataset.idle = button.textContent;
    button.textContent = button.dataset.busy;
  }, 0);
});
document.addEventListener("click", (event) => {
  if (event.target.closest("button[aria-disabled=true]")) event.preventDefault();
});
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button[type=submit][aria-disabled=true], button[data-idle]")) {
    button.removeAttribute("aria-disabled");
    if (button.dataset.idle) button.textContent = button.dataset.idle;
  }
});
