/* New notices without reloading, and switching on notices in this browser. Every page works without it. */
"use strict";

(() => {
  const SECONDS = 20;

  // A tab that nobody looks at asks for nothing; looked at again, it asks at once.
  let asked = Date.now();
  const look = () => {
    if (document.hidden || Date.now() - asked < SECONDS * 900) return;
    asked = Date.now();
    for (const id of ["bell", "notices"]) document.getElementById(id)?.dispatchEvent(new Event("look"));
  };
  setInterval(look, SECONDS * 1000);
  document.addEventListener("visibilitychange", look);

  // The title of the tab says how many wait.
  const title = document.title;
  const count = () => {
    const waiting = document.getElementById("bell")?.dataset.count;
    document.title = waiting && waiting !== "0" ? `(${waiting}) ${title}` : title;
  };
  count();
  document.addEventListener("htmx:after:swap", count);

  const card = document.getElementById("push");
  if (!card) return;

  const show = (state) => {
    for (const part of card.querySelectorAll("[data-push]")) part.hidden = part.dataset.push !== state;
  };
  const problem = (words) => {
    const place = card.querySelector("[data-push-problem]");
    place.hidden = !words;
    place.textContent = words;
  };
  const send = async (address, values) => {
    const body = new URLSearchParams({ ...values, csrfmiddlewaretoken: card.dataset.token });
    const answer = await fetch(address, { method: "POST", body });
    if (!answer.ok) throw new Error(answer.status === 422 ? await answer.text() : "Remit didn't answer. Try again.");
  };
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const base64 = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  const tell = (browser) =>
    send(card.dataset.on, {
      endpoint: browser.endpoint,
      public_key: base64(browser.getKey("p256dh")),
      auth_secret: base64(browser.getKey("auth")),
    });
  const switchOn = async () => {
    if ((await Notification.requestPermission()) !== "granted") return show("denied");
    await navigator.serviceWorker.register(card.dataset.worker, { scope: "/" });
    const worker = await navigator.serviceWorker.ready;
    const before = await worker.pushManager.getSubscription();
    if (before) await before.unsubscribe();
    const browser = await worker.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: bytes(card.dataset.key),
    });
    await tell(browser);
    show("on");
  };
  const switchOff = async () => {
    const worker = await navigator.serviceWorker.getRegistration("/");
    const browser = await worker?.pushManager.getSubscription();
    if (browser) {
      await send(card.dataset.off, { endpoint: browser.endpoint });
      await browser.unsubscribe();
    }
    show("off");
  };

  card.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-switch]");
    if (!button) return;
    problem("");
    button.disabled = true;
    try {
      await (button.dataset.switch === "on" ? switchOn() : switchOff());
    } catch (error) {
      problem(error.message || "This browser refused.");
    }
    button.disabled = false;
  });

  const begin = async () => {
    if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return show("impossible");
    if (Notification.permission === "denied") return show("denied");
    const worker = await navigator.serviceWorker.getRegistration("/");
    const browser = await worker?.pushManager.getSubscription();
    // A browser that Remit forgot, or that somebody else switched on, is made known again.
    if (browser) await tell(browser);
    show(browser ? "on" : "off");
  };
  begin().catch((error) => {
    show("off");
    problem(error.message);
  });
})();
