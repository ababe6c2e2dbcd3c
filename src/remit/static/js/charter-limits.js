// A limit can be dragged as well as typed: a slider over each typed amount, which stays what is sent.
// The scale is a square root, as the ladders are drawn, so that small amounts get room. Arrow keys, Page Up and
// Page Down come with the browser's own slider.
(() => {
  "use strict";
  const STEPS = 200;
  const nice = (units) => {
    const size = units < 20 ? 1 : units < 200 ? 5 : units < 1000 ? 10 : units < 5000 ? 50 : 100;
    return Math.round(units / size) * size;
  };
  const number = (text) => {
    const typed = text.replace(/[^\d.,]/g, "").replace(/,(?=\d{3}\b)/g, "").replace(",", ".");
    return typed === "" ? null : Number(typed);
  };
  for (const form of document.querySelectorAll("form.limit[data-scale]")) {
    const input = form.querySelector("input[name=limit]");
    if (!input) continue;
    const largest = Number(form.dataset.scale);
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = 0;
    slider.max = STEPS;
    slider.setAttribute("aria-label", `Drag: ${input.labels[0] ? input.labels[0].textContent.trim() : "amount"}`);
    const place = () => {
      const units = number(input.value);
      slider.value = units === null || Number.isNaN(units) ? STEPS : Math.min(STEPS, Math.sqrt(units / largest) * STEPS);
      slider.setAttribute("aria-valuetext", input.value ? `${form.dataset.currency} ${input.value}` : "without a limit");
    };
    slider.addEventListener("input", () => {
      input.value = String(nice((slider.value / STEPS) ** 2 * largest));
      slider.setAttribute("aria-valuetext", `${form.dataset.currency} ${input.value}`);
    });
    input.addEventListener("input", place);
    place();
    const around = document.createElement("div");
    around.className = "limit-slider";
    around.append(slider);
    form.append(around);
  }
})();
