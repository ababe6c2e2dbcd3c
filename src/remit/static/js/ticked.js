/* How many lines of a list are ticked, and all of them at once. Everything works without it. */
"use strict";

const words = document.querySelector("[data-ticked]");
const all = document.querySelector("[data-all]");

function count() {
  const ticked = document.querySelectorAll(".pick:checked").length;
  if (words) words.textContent = ticked === 1 ? "With the one that is ticked" : `With the ${ticked} that are ticked`;
}

document.addEventListener("change", (event) => {
  if (event.target.matches(".pick")) count();
});

if (all) {
  all.hidden = false;
  all.addEventListener("click", () => {
    const boxes = [...document.querySelectorAll(".pick")];
    const tick = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = tick;
    all.textContent = tick ? "Tick none" : "Tick all";
    count();
  });
}

count();
