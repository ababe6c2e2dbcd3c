// A why that says nothing is pointed out while it is typed, a moment after the last key. It is a hint, no more.
(() => {
  const waiting = new WeakMap();
  // Who was told once needn't be told again when it is sent.
  const tell = (area, place, words) => {
    place.textContent = words;
    const name = `${area.name}-told`;
    if (!words || area.form.elements[name]) return;
    const told = document.createElement("input");
    Object.assign(told, { type: "hidden", name, value: "1" });
    area.after(told);
  };
  const ask = async (area) => {
    const form = area.form;
    const place = area.parentElement.querySelector(".why-hint");
    const token = form && form.querySelector("[name=csrfmiddlewaretoken]");
    if (!place || !token) return;
    const typed = area.value;
    const body = new URLSearchParams({ why: typed, csrfmiddlewaretoken: token.value });
    for (const name of area.dataset.beside.split(" ")) {
      const other = name && form.elements[name];
      if (other) body.append("beside", other.value);
    }
    try {
      const answer = await fetch(area.dataset.whyHint, { method: "POST", body, headers: { "HX-Request": "true" } });
      if (answer.ok && !answer.redirected && area.value === typed) tell(area, place, await answer.text());
    } catch {
      place.textContent = ""; // without a connection there is no hint
    }
  };
  document.addEventListener("input", (event) => {
    const area = event.target.closest && event.target.closest("[data-why-hint]");
    if (!area) return;
    clearTimeout(waiting.get(area));
    waiting.set(area, setTimeout(() => ask(area), 900));
  });
})();
