/* A checklist with one thumb: a press counts at once, and reaches Remit when there is a connection.
   What waits is kept by this browser, for whoever pressed it, and is sent in its order until Remit has said that
   it has it. Each press has a mark of its own, so that one which is sent again counts once. */
"use strict";

const list = document.querySelector("[data-ticks]");
const says = document.querySelector("[data-ticks-say]");
const RETRY = 5000;
let isSending = false;
let lost = "";

const name = list ? `ticks:${list.dataset.ticks}` : "";
let memory = [];

function waiting() {
  try {
    memory = JSON.parse(window.localStorage.getItem(name) || "[]");
  } catch {
    // A browser that keeps nothing: what waits is kept as long as the page is open.
  }
  return memory;
}

function keep(presses) {
  memory = presses;
  try {
    if (presses.length) window.localStorage.setItem(name, JSON.stringify(presses));
    else window.localStorage.removeItem(name);
  } catch {
    // As above.
  }
}

function show(button, isOn) {
  button.setAttribute("aria-pressed", String(isOn));
  button.form.elements.is.value = isOn ? "off" : "on";
}

function say() {
  const buttons = [...list.querySelectorAll("button[aria-pressed]")];
  const ticked = buttons.filter((each) => each.getAttribute("aria-pressed") === "true").length;
  const left = waiting().length;
  const rest = left === 1 ? "One tick waits for the connection; it is kept here." : `${left} ticks wait for the connection; they are kept here.`;
  says.textContent = `${ticked} of ${buttons.length} ticked. ${left ? rest : lost || (ticked === buttons.length ? "All of it. Thank you." : "")}`;
  says.dataset.waiting = String(left);
}

async function send(press) {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(press.address, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": token },
    body: new URLSearchParams({ is: press.is, key: press.key, at: press.at }),
    redirect: "error",
  });
  // Gone, or let go by somebody meanwhile: sent again it would be the same. All else is tried again.
  if (answer.status === 404 || answer.status === 409) lost = "A tick came too late: somebody let the list go. Reload the page.";
  else if (!answer.ok) throw new Error(answer.statusText);
}

async function sendAll() {
  if (isSending) return;
  isSending = true;
  try {
    for (let left = waiting(); left.length; left = waiting()) {
      await send(left[0]);
      keep(waiting().filter((each) => each.key !== left[0].key));
      say();
    }
  } catch {
    setTimeout(sendAll, RETRY);
  } finally {
    isSending = false;
  }
}

if (list) {
  for (const press of waiting()) {
    const form = [...list.querySelectorAll("form")].find((each) => each.getAttribute("action") === press.address);
    if (form) show(form.querySelector("button"), press.is === "on");
  }
  list.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.photo !== undefined) return; // see photos.js
    event.preventDefault();
    const press = { address: form.getAttribute("action"), is: form.elements.is.value, key: form.elements.key.value, at: Date.now() };
    form.elements.key.value = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    show(form.querySelector("button"), press.is === "on");
    keep([...waiting(), press]);
    say();
    sendAll();
  });
  window.addEventListener("online", sendAll);
  say();
  sendAll();
}
