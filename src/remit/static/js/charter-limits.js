// A limit can be dragged as well as typed: a slider over each typed amount, and a handle on each end of a rung of the
// ladder itself. What is typed stays what is sent. Both scales are square roots, as the ladders are drawn, so that
// small amounts get room. Arrow keys go by round amounts; Home and End come with the browser's own slider.
(() => {
  "use strict";
  const STEPS = 1000;
  const FAST = 10;
  const round = (units) => (units < 20 ? 1 : units < 200 ? 5 : units < 1000 ? 10 : units < 5000 ? 50 : 100);
  const nice = (units) => Math.round(units / round(units)) * round(units);
  const number = (text) => {
    const typed = text.replace(/[^\d.,]/g, "").replace(/,(?=\d{3}\b)/g, "").replace(",", ".");
    return typed === "" || Number.isNaN(Number(typed)) ? null : Number(typed);
  };
  const keys = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: FAST, PageDown: -FAST };

  // One limit: what is typed, and everything that it can be dragged by.
  const limitOf = (form) => {
    const input = form.querySelector("input[name=limit]");
    if (!input) return null;
    const first = number(input.value);
    const views = [];
    const say = () => (input.value ? `${form.dataset.currency} ${input.value}` : form.dataset.empty);
    const show = () => {
      for (const view of views) view(number(input.value), say(), number(input.value) !== first);
    };
    const set = (units) => {
      input.value = String(Math.max(nice(units), 0));
      show();
    };
    input.addEventListener("input", show);
    return { form, input, first, say, set, show, views };
  };

  const sliderOf = (limit, label, largest) => {
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = 0;
    slider.max = STEPS;
    slider.setAttribute("aria-label", label);
    slider.addEventListener("input", () => limit.set((slider.value / STEPS) ** 2 * largest));
    slider.addEventListener("keydown", (event) => {
      const way = keys[event.key];
      if (!way) return;
      event.preventDefault();
      const units = number(limit.input.value) ?? (slider.value / STEPS) ** 2 * largest;
      limit.set(units + way * round(way < 0 ? units - 0.001 : units));
    });
    const empty = limit.form.dataset.empty === "always" ? 0 : STEPS;
    limit.views.push((units, said) => {
      const place = units === null ? empty : Math.min(STEPS, Math.sqrt(units / largest) * STEPS);
      if (document.activeElement !== slider || Math.abs(nice((slider.value / STEPS) ** 2 * largest) - units) > 0.001) {
        slider.value = place;
      }
      slider.setAttribute("aria-valuetext", said);
    });
    return slider;
  };

  const limits = new Map();
  for (const form of document.querySelectorAll("form.limit[data-scale]")) {
    const limit = limitOf(form);
    if (!limit) continue;
    limits.set(form.id, limit);
    const about = limit.input.labels[0] ? limit.input.labels[0].firstChild.textContent.trim() : "amount";
    const around = document.createElement("div");
    around.className = "limit-slider";
    around.append(sliderOf(limit, `Drag: ${about}`, Math.max(Number(form.dataset.scale), 2 * (limit.first ?? 0))));
    form.append(around);
    limit.show();
  }

  // A handle lies over its ladder, as wide as it; where the drawing ends is where the limit is.
  for (const mark of document.querySelectorAll(".ladder-to-drag > .handle")) {
    const limit = limits.get(`limit-${mark.dataset.rule}`);
    const place = Number(mark.dataset.place);
    if (!limit || !limit.first || !place) continue;
    const largest = limit.first / place ** 2;
    const slider = sliderOf(limit, `Drag on the ladder: ${mark.dataset.who}`, largest);
    slider.className = "ladder-handle";
    const said = document.createElement("output");
    const keep = document.createElement("button");
    keep.className = "btn main small";
    keep.setAttribute("form", limit.form.id);
    keep.textContent = "Keep";
    const changed = document.createElement("p");
    changed.className = "row small ladder-changed";
    changed.append(said, keep);
    limit.views.push((units, words, isChanged) => {
      changed.hidden = !isChanged;
      said.textContent = isChanged ? `${mark.dataset.who}: ${words} instead of ${limit.form.dataset.currency} ${limit.first}` : "";
    });
    mark.parentElement.append(slider);
    mark.parentElement.after(changed);
    limit.show();
  }
})();
