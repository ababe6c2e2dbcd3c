/* Photos of a checklist: chosen or taken they count at once, and reach Remit when there is a connection.
   What waits is kept by this browser, for whoever took it, until Remit has said that it has it. Each has a mark
   of its own, so that one which is sent again counts once. */
"use strict";

(() => {
  const list = document.querySelector("[data-ticks]");
  const forms = list ? [...list.querySelectorAll("form[data-photo]")] : [];
  const AGAIN = 5000;
  const LOST = new Set([404, 409, 413, 422]);
  let kept = null; // the store of the browser; null where it keeps nothing: then what waits lives as long as the page
  let memory = [];
  let isSending = false;

  function opened() {
    return new Promise((done) => {
      try {
        const asked = window.indexedDB.open(`photos:${list.dataset.ticks}`, 1);
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
    memory = memory.filter((each) => each.key !== key);
    if (kept) await within("readwrite", (store) => store.delete(key)).catch(() => {});
  }

  function formOf(photo) {
    return forms.find((each) => each.getAttribute("action") === photo.address);
  }

  function say(photo, words) {
    const form = formOf(photo);
    if (form) form.querySelector("[data-photo-say]").textContent = words;
  }

  function show(photo) {
    const form = formOf(photo);
    const tick = form && form.closest("li").querySelector("button[aria-pressed]");
    if (!tick) return;
    tick.disabled = false;
    tick.setAttribute("aria-pressed", "true");
    tick.form.elements.is.value = "off";
  }

  async function send(photo) {
    const body = new FormData();
    body.append("key", photo.key);
    body.append("at", photo.at);
    body.append("photo", photo.file, "photo");
    const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(photo.address, { method: "POST", headers: { Accept: "application/json", "X-CSRFToken": token }, body, redirect: "error" });
    if (LOST.has(answer.status)) say(photo, "This photo can't be taken: it is too large, no picture, or the list was let go. Reload the page.");
    else if (!answer.ok) throw new Error(answer.statusText);
    else say(photo, "The photo is there.");
  }

  async function sendAll() {
    if (isSending) return;
    isSending = true;
    try {
      while (memory.length) {
        const photo = memory[0];
        await send(photo);
        await forget(photo.key);
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

  if (forms.length) begin();
})();
