/* Buttons that print the page; without scripts they aren't there, and the browser's own way is. */
"use strict";

for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
