/* Photos of a checklist: chosen or taken they count at once, and reach Remit when there is a connection.
   What waits is kept by this browser, for whoever took it, until Remit has said that it has it: it is sent from
   any list, and from the first page. Each has a mark of its own, so that one which is sent again counts once. */
"use strict";

(() => {
  const list = document.querySelector("[data-ticks]");
  const whose = list?.dataset.ticks || document.querySelector("[data-ticks-of]")?.dataset.ticksOf;
  const forms = list ? [...list.querySelectorAll("form[data-photo]")] : [];
  const AGAIN = 5000;
  const REFUSED = new Set([404, 409, 413, 422]);
  let kept = null; // the store of the browser; null where it keeps nothing: then what waits lives as long as the page
  let memory = [];
  let isSending = false;

  function opened() {
    return new Promise((done) => {
      try {
        const asked = window.indexedDB.open(`photos:${whose}`, 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore("waiting", { keyPath: "key" });
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => done(null);
      } catch {
        done(null);
      }
    });
  }

  function within(mode, act) {
    return new Promise((done, failed) => {
      const asked = act(kept.transaction("waiting", mode).objectStore("waiting"));
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  }

  async function keep(photo) {
    memory.push(photo);
    if (kept) await within("readwrite", (store) => store.put(photo)).catch(() => {});
  }

  async function forget(key) {
    if (kept) await within("readwrite", (store) => store.delete(key)).catch(() => {});
  }

  function formOf(photo) {
    return forms.find((each) => each.getAttribute("action") === photo.address);
  }

  function tickOf(photo) {
    return formOf(photo)?.closest("li").querySelector("button[aria-pressed]");
  }

  function say(photo, words) {
    const form = formOf(photo);
    if (form) form.querySelector("[data-photo-say]").textContent = words;
  }

  function draw(tick, isOn, isOpen) {
    tick.disabled = !isOpen;
    tick.setAttribute("aria-pressed", String(isOn));
    tick.form.elements.is.value = isOn ? "off" : "on";
    list.dispatchEvent(new Event("drawn")); // see ticks.js: how many are ticked is said there
  }

  function show(photo) {
    const tick = tickOf(photo);
    if (!tick) return;
    tick.dataset.before ??= `${tick.getAttribute("aria-pressed")} ${!tick.disabled}`;
    draw(tick, true, true);
  }

  /* As the line stood before, unless another photo of it still waits. */
  function undo(photo) {
    const tick = tickOf(photo);
    if (!tick || memory.some((each) => each.address === photo.address)) return;
    const [isOn, isOpen] = tick.dataset.before.split(" ");
    delete tick.dataset.before;
    draw(tick, isOn === "true", isOpen === "true");
  }

  /* Remit has one: whatever else waits, the line is ticked. */
  function settle(photo) {
    const tick = tickOf(photo);
    if (!tick) return;
    if (memory.some((each) => each.address === photo.address)) tick.dataset.before = "true true";
    else delete tick.dataset.before;
  }

  /* Why Remit can't take a photo, in its words; "" where it has it. What else goes wrong is tried again. */
  async function send(photo) {
    const body = new FormData();
    body.append("key", photo.key);
    body.append("at", photo.at);
    body.append("photo", photo.file, "photo");
    const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(photo.address, { method: "POST", headers: { Accept: "application/json", "X-CSRFToken": token }, body, redirect: "error" });
    if (answer.ok) return "";
    if (!REFUSED.has(answer.status)) throw new Error(answer.statusText);
    const told = await answer.json().catch(() => ({}));
    return told.said || "It is too large, or the list isn't there any more. Reload the page.";
  }

  async function sendAll() {
    if (isSending) return;
    isSending = true;
    try {
      while (memory.length) {
        const photo = memory[0];
        const said = await send(photo);
        memory = memory.filter((each) => each.key !== photo.key);
        // Refused on another page than its own it stays kept: it is told where its line is.
        if (!said || formOf(photo)) await forget(photo.key);
        if (said) undo(photo);
        else settle(photo);
        say(photo, said ? `This photo can't be taken. ${said}` : "The photo is there.");
      }
    } catch {
      for (const photo of memory) say(photo, "The photo waits for the connection; it is kept here.");
      setTimeout(sendAll, AGAIN);
    } finally {
      isSending = false;
    }
  }

  async function begin() {
    kept = await opened();
    if (kept) memory = await within("readonly", (store) => store.getAll()).catch(() => []);
    for (const form of forms) {
      const file = form.elements.photo;
      form.querySelector("button[type=submit]").hidden = true;
      file.addEventListener("change", async () => {
        if (!file.files.length) return;
        const mark = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        const photo = { key: mark, address: form.getAttribute("action"), at: Date.now(), file: file.files[0] };
        await keep(photo);
        file.value = "";
        show(photo);
        say(photo, "Sending …");
        sendAll();
      });
    }
    for (const photo of memory) show(photo);
    window.addEventListener("online", sendAll);
    sendAll();
  }

  if (whose) begin();
})();
